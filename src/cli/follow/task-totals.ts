import type { EnginePort, TaskView } from '../../core/engine/engine-port.ts';
import type { Run } from '../../core/model/run.ts';
import type { TaskId } from '../../core/model/ids.ts';

/** What all the runs of a task took together; milliseconds and bytes. */
export interface TaskTotals {
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly wallMs: number;
  readonly cpuMs: number | undefined;
  readonly peakMemory: number | undefined;
}

/** Totals by task. Only tasks tried more than once need another look at the store. */
export async function totalsOf(engine: EnginePort, views: readonly TaskView[]): Promise<ReadonlyMap<TaskId, TaskTotals>> {
  const totals = new Map<TaskId, TaskTotals>();
  for (const { task, run } of views) {
    const runs = task.attempts > 1 ? (await engine.detail(task.id))?.runs : undefined;
    totals.set(task.id, sum(runs ?? (run === undefined ? [] : [run])));
  }
  return totals;
}

function sum(runs: readonly Run[]): TaskTotals {
  const begun = runs.filter((run) => run.startedAt !== undefined);
  return {
    startedAt: least(begun.map((run) => run.startedAt)),
    endedAt: most(begun.map((run) => run.endedAt)),
    wallMs: begun.reduce((all, run) => all + Math.max(0, (run.endedAt ?? run.startedAt!) - run.startedAt!), 0),
    cpuMs: total(begun.map((run) => (run.userMs === undefined ? undefined : run.userMs + (run.systemMs ?? 0)))),
    peakMemory: most(begun.map((run) => run.peakMemory)),
  };
}

function known(values: readonly (number | undefined)[]): readonly number[] {
  return values.filter((value) => value !== undefined);
}

function least(values: readonly (number | undefined)[]): number | undefined {
  return known(values).reduce<number | undefined>((best, value) => (best === undefined || value < best ? value : best), undefined);
}

function most(values: readonly (number | undefined)[]): number | undefined {
  return known(values).reduce<number | undefined>((best, value) => (best === undefined || value > best ? value : best), undefined);
}

function total(values: readonly (number | undefined)[]): number | undefined {
  const numbers = known(values);
  return numbers.length === 0 ? undefined : numbers.reduce((all, value) => all + value, 0);
}

/** From the first start to the last end, and the sum of the parts; milliseconds. */
export function spanAndSum(totals: Iterable<TaskTotals>): { readonly spanMs: number; readonly sumMs: number } {
  const each = [...totals];
  const first = least(each.map(({ startedAt }) => startedAt));
  const last = most(each.map(({ endedAt }) => endedAt));
  return { spanMs: first === undefined || last === undefined ? 0 : Math.max(0, last - first), sumMs: each.reduce((all, { wallMs }) => all + wallMs, 0) };
}
