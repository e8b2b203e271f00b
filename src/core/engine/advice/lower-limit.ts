import { median } from '../../model/quantile.ts';
import type { Recommendation } from '../../model/recommendation.ts';
import type { TaskType } from '../../model/task-type.ts';
import type { StoredScriptRun } from '../../store/script-run-table.ts';
import { changeType } from './change-type.ts';
import { duration, percent } from './figures.ts';
import { FEWEST_OF_TYPE, type History } from './history.ts';
import { occupancyOf } from './occupancy.ts';

const SLOWER = 1.3;
/** Runs of one script, with the same arguments, on each side of a comparison. */
const FEWEST_OF_SIDE = 3;
/** Each run is held against all others. */
const MOST_COMPARED = 1000;
/** So long the memory threshold must have been reached; milliseconds. */
const LEAST_FULL_MS = 60_000;

/** Fewer places for types whose tasks slow each other down, or fill the memory together. */
export function lowerLimits(history: History): Recommendation[] {
  return history.limits.types.flatMap((type) => (type.limit < 2 ? [] : (slowedDown(type, history) ?? filled(type, history) ?? [])));
}

function slowedDown(type: TaskType, { allRuns, limits }: History): Recommendation | undefined {
  const own = allRuns.filter((run) => run.type === type.name && run.asExpected).slice(-MOST_COMPARED);
  const groups = new Map<string, { readonly run: StoredScriptRun; readonly beside: number }[]>();
  for (const run of own) {
    const key = `${run.script}\n${run.args}`;
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push({ run, beside: meanBeside(run, own) });
  }
  let compared = 0;
  const ratios: number[] = [];
  for (const group of groups.values()) {
    const half = (type.limit - 1) / 2;
    const wall = (isOn: (beside: number) => boolean): number[] => group.filter(({ beside }) => isOn(beside)).map(({ run }) => run.wallMs);
    const [quiet, crowded] = [wall((beside) => beside < half), wall((beside) => beside >= half)];
    if (quiet.length < FEWEST_OF_SIDE || crowded.length < FEWEST_OF_SIDE || median(quiet) === 0) continue;
    compared += group.length;
    // Each group weighs as much as it has runs.
    ratios.push(...group.map(() => median(crowded)! / median(quiet)!));
  }
  const ratio = median(ratios);
  if (ratio === undefined || compared < FEWEST_OF_TYPE || ratio <= SLOWER) return undefined;
  return lower(type, limits, `Runs of the same \`${type.name}\` scripts took ${ratio.toFixed(1)} times as long when others of the type ran beside them (${compared} runs compared).`);
}

/** How many others ran beside it, on average over its time. */
function meanBeside(run: StoredScriptRun, all: readonly StoredScriptRun[]): number {
  const end = run.startedAt + run.wallMs;
  const shared = all.reduce((sum, other) => (other === run ? sum : sum + Math.max(0, Math.min(end, other.startedAt + other.wallMs) - Math.max(run.startedAt, other.startedAt))), 0);
  return run.wallMs === 0 ? 0 : shared / run.wallMs;
}

function filled(type: TaskType, { bars, points, limits, allRuns }: History): Recommendation | undefined {
  const own = bars.filter((bar) => bar.type === type.name);
  if (own.length < FEWEST_OF_TYPE) return undefined;
  const taken = limits.types.map(({ name }) => {
    const { running } = occupancyOf(bars.filter((bar) => bar.type === name), points);
    return { name, running, peak: median(allRuns.flatMap((run) => (run.type === name ? (run.peakMemory ?? []) : []))) ?? 0 };
  });
  let fullMs = 0;
  points.forEach((point, index) => {
    if (point.memory < limits.memoryThreshold) return;
    // The type that takes the most is the one to have fewer of.
    const most = taken.reduce((best, other) => (other.running[index]! * other.peak > best.running[index]! * best.peak ? other : best));
    if (most.name === type.name && most.peak > 0 && most.running[index]! >= 2) fullMs += point.lasts;
  });
  if (fullMs < LEAST_FULL_MS) return undefined;
  return lower(type, limits, `Memory was above ${percent(limits.memoryThreshold)} for ${duration(fullMs)} of the last day while several \`${type.name}\` tasks ran, which took the most of it (${own.length} runs).`);
}

function lower(type: TaskType, limits: History['limits'], evidence: string): Recommendation {
  const limit = type.limit - 1;
  return {
    id: `lower-limit ${type.name} ${limit}`,
    kind: 'lower-limit',
    title: `Let only ${limit} \`${type.name}\` ${limit === 1 ? 'task' : 'tasks'} run at once`,
    evidence,
    change: changeType(limits, type.name, { limit }),
  };
}
