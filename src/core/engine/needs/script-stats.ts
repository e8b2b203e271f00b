import type { ScriptStats } from '../../model/script-stats.ts';
import { median, quantile } from '../../model/quantile.ts';
import type { StoredScriptRun } from '../../store/script-run-table.ts';

/** With fewer runs nothing is said of a trend. */
const FEWEST_FOR_TREND = 8;

/** Figures of each script, the one that ran last first. `runs` are in the order in which they ended; pure. */
export function scriptStats(runs: readonly StoredScriptRun[]): ScriptStats[] {
  const byScript = new Map<string, StoredScriptRun[]>();
  for (const run of runs) {
    const known = byScript.get(run.script);
    if (known === undefined) byScript.set(run.script, [run]);
    else known.push(run);
  }
  return [...byScript.values()].map(statsOf).sort((a, b) => b.lastAt - a.lastAt);
}

function statsOf(runs: readonly StoredScriptRun[]): ScriptStats {
  const good = runs.filter((run) => run.asExpected);
  // A run that fails ends too early to tell how long the script takes.
  const durations = (good.length > 0 ? good : runs).map((run) => run.wallMs);
  return {
    script: runs.at(-1)!.path,
    runs: runs.length,
    success: good.length / runs.length,
    wallMedian: median(durations)!,
    wallP95: quantile(durations, 0.95)!,
    peakMemory: Math.max(0, ...runs.flatMap((run) => run.peakMemory ?? [])),
    cores: coresOf(runs),
    trend: trendOf(good.map((run) => run.wallMs)),
    lastAt: Math.max(...runs.map((run) => run.startedAt + run.wallMs)),
  };
}

/** Of all runs together, so that a long one weighs more than a short one. */
function coresOf(runs: readonly StoredScriptRun[]): number {
  const known = runs.filter((run) => run.cpuMs !== undefined);
  const wall = known.reduce((sum, run) => sum + run.wallMs, 0);
  return wall === 0 ? 0 : known.reduce((sum, run) => sum + run.cpuMs!, 0) / wall;
}

/** Median of the latest quarter against that of the rest. */
function trendOf(durations: readonly number[]): number | undefined {
  if (durations.length < FEWEST_FOR_TREND) return undefined;
  const latest = Math.floor(durations.length / 4);
  const before = median(durations.slice(0, -latest))!;
  return before === 0 ? undefined : median(durations.slice(-latest))! / before;
}
