import path from 'node:path';
import { median } from '../../model/quantile.ts';
import type { Recommendation } from '../../model/recommendation.ts';
import { isInside } from '../../spec/paths.ts';
import type { StoredScriptRun } from '../../store/script-run-table.ts';
import { duration, megabytes, percent } from './figures.ts';

const FLAKY = { fewest: 8, least: 0.5, most: 0.95, turns: 3 };
const SLOWER = { fewest: 12, trend: 1.3, certainty: 2.4 };
const TIGHT = { near: 0.9, fewest: 5, failures: 3 };

/** What stands out in each script's past. `runs` are in the order in which they ended. */
export function scriptAdvice(runs: readonly StoredScriptRun[]): Recommendation[] {
  const scripts = groupBy(runs, (run) => run.script);
  return scripts.flatMap((own) => {
    const sameArguments = groupBy(own, (run) => run.args);
    return [first(sameArguments, flaky), first(sameArguments, slower), tightLimit(own)].flatMap((advice) => advice ?? []);
  });
}

/** With the same arguments it fails at one time and succeeds at another, back and forth; a script that broke, or was mended, does so once. */
function flaky(runs: readonly StoredScriptRun[]): Recommendation | undefined {
  const good = runs.filter((run) => run.asExpected).length;
  const turns = runs.filter((run, index) => index > 0 && run.asExpected !== runs[index - 1]!.asExpected).length;
  const success = good / runs.length;
  if (runs.length < FLAKY.fewest || success < FLAKY.least || success > FLAKY.most || turns < FLAKY.turns) return undefined;
  return advice('flaky', runs, `\`${nameOf(runs)}\` fails now and then`, `With the same arguments ${good} of ${runs.length} runs ended as expected (${percent(success)}), and it changed ${turns} times between the two.`);
}

/** The latest quarter of good runs took longer than those before: by their medians, and too clearly for chance. */
function slower(runs: readonly StoredScriptRun[]): Recommendation | undefined {
  const durations = runs.filter((run) => run.asExpected).map((run) => run.wallMs);
  if (durations.length < SLOWER.fewest) return undefined;
  const latest = durations.slice(-Math.floor(durations.length / 4));
  const before = durations.slice(0, durations.length - latest.length);
  const [now, then] = [median(latest)!, median(before)!];
  if (then === 0 || now < SLOWER.trend * then || certainty(latest, before) < SLOWER.certainty) return undefined;
  return advice('slower', runs, `\`${nameOf(runs)}\` has become slower`, `The latest ${latest.length} runs took ${duration(now)}, the ${before.length} before ${duration(then)} (medians): ${(now / then).toFixed(1)} times as long.`);
}

/** How far the sum of ranks is from chance, in standard deviations; Mann and Whitney 1947. */
function certainty(latest: readonly number[], before: readonly number[]): number {
  const [m, n] = [latest.length, before.length];
  const wins = latest.reduce((sum, one) => sum + before.reduce((more, other) => more + (one > other ? 1 : one === other ? 0.5 : 0), 0), 0);
  return (wins - (m * n) / 2) / Math.sqrt((m * n * (m + n + 1)) / 12);
}

function tightLimit(runs: readonly StoredScriptRun[]): Recommendation | undefined {
  const limit = runs.at(-1)!.memoryLimit;
  if (limit === undefined) return undefined;
  // Runs under another limit tell nothing of this one.
  const own = runs.filter((run) => run.memoryLimit === limit && run.peakMemory !== undefined);
  const near = own.filter((run) => run.peakMemory! >= TIGHT.near * limit);
  const over = near.filter((run) => !run.asExpected && run.peakMemory! > limit);
  if (near.length < TIGHT.fewest && over.length < TIGHT.failures) return undefined;
  const peak = Math.max(...near.map((run) => run.peakMemory!));
  return advice(
    'memory-limit', runs, `The memory limit of \`${nameOf(runs)}\` is tight`,
    `${near.length} of ${own.length} runs used ${percent(TIGHT.near)} or more of its limit of ${megabytes(limit)}, ${over.length} were ended for it; the highest peak was ${megabytes(peak)}.`,
  );
}

function advice(kind: Recommendation['kind'], runs: readonly StoredScriptRun[], title: string, evidence: string): Recommendation {
  return { id: `${kind} ${runs.at(-1)!.path}`, kind, title, evidence, change: undefined };
}

function nameOf(runs: readonly StoredScriptRun[]): string {
  const { path: shown, workspace } = runs.at(-1)!;
  if (isInside(shown, workspace)) return path.relative(workspace, shown);
  return path.isAbsolute(shown) ? path.basename(shown) : shown;
}

/** One word about a script is enough. */
function first(groups: readonly (readonly StoredScriptRun[])[], adviceOn: (runs: readonly StoredScriptRun[]) => Recommendation | undefined): Recommendation | undefined {
  for (const group of groups) {
    const found = adviceOn(group);
    if (found !== undefined) return found;
  }
  return undefined;
}

function groupBy(runs: readonly StoredScriptRun[], keyOf: (run: StoredScriptRun) => string): StoredScriptRun[][] {
  const groups = new Map<string, StoredScriptRun[]>();
  for (const run of runs) {
    const group = groups.get(keyOf(run));
    if (group === undefined) groups.set(keyOf(run), [run]);
    else group.push(run);
  }
  return [...groups.values()];
}
