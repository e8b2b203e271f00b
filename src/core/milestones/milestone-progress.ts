import type { TaskView } from '../engine/engine-port.ts';
import type { Blocker, Milestone, MilestoneProgress } from '../model/roles/milestone.ts';
import { isAsExpected } from '../model/outcome.ts';
import { scriptOf } from '../model/script-of.ts';
import type { ScriptStats } from '../model/script-stats.ts';
import { describeOutcome } from '../present/tasks/describe-outcome.ts';
import { describeWait } from '../present/tasks/describe-wait.ts';
import { belongsTo } from '../spec/belongs-to.ts';

export interface ProgressFacts {
  readonly tasks: readonly TaskView[];
  /** Further ones of it that are done; they are only counted. */
  readonly done?: number;
  readonly stats: readonly ScriptStats[];
  /** How many of them run at once, at best. */
  readonly width: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Blockers that are named; more do not help anybody. */
const MOST_BLOCKERS = 10;
/** Reasons to wait that go away by themselves as tasks end. */
const USUAL_WAITS: readonly string[] = ['next', 'typeLimit', 'totalLimit', 'backfill', 'schedule', 'resources', 'strategy'];

/**
 * How far a milestone is, from what its tasks came to. Pure. The rest is expected to take the sum of what the remaining scripts
 * took before (their medians; of unknown ones the mean of the known), spread over as many as run at once, and never less than
 * the longest of them.
 */
export function milestoneProgress(milestone: Milestone, facts: ProgressFacts): MilestoneProgress {
  const latest = new Map<string, TaskView>();
  for (const view of facts.tasks) {
    const { name } = view.task.spec;
    const other = latest.get(name);
    if (belongsTo(milestone, view.task.spec) && (other === undefined || other.task.id < view.task.id)) latest.set(name, view);
  }
  const views = [...latest.values()];
  const done = views.filter(isDone).length + (facts.done ?? 0);
  const rest = views.filter((view) => !isDone(view));
  const failed = rest.filter(({ task }) => task.state.status === 'finished');
  const cancelled = failed.filter(({ task: { state } }) => state.status === 'finished' && state.outcome.type === 'cancelled');
  const waiting = rest.filter(({ task }) => task.state.status === 'queued');
  const running = rest.length - failed.length - waiting.length;
  const blockers = blockersOf([...failed, ...waiting], facts.now);
  const expectedEnd = rest.length === 0 ? undefined : expected(rest, facts);
  const dueAt = milestone.due === undefined ? undefined : endOfDay(milestone.due);
  const isLate = dueAt !== undefined && (expectedEnd ?? facts.now) > dueAt;
  const state = done + rest.length === 0 ? 'empty' : rest.length === 0 ? 'reached' : failed.length > 0 || (running === 0 && blockers.length === rest.length) ? 'blocked' : isLate ? 'late' : 'onTrack';
  return { milestone, total: done + rest.length, succeeded: done, failed: failed.length, cancelled: cancelled.length, running, waiting: waiting.length, expectedEnd, dueAt, state, blockers: blockers.slice(0, MOST_BLOCKERS) };
}

function isDone({ task: { state, spec } }: TaskView): boolean {
  return state.status === 'finished' && isAsExpected(state.outcome, spec.expect) && state.outcome.type !== 'skipped';
}

function blockersOf(views: readonly TaskView[], now: number): Blocker[] {
  return views.flatMap(({ task, wait }) => {
    const blocker = (why: string): Blocker => ({ task: task.id, name: task.spec.name, why });
    if (task.state.status === 'finished') return [blocker(describeOutcome(task.state.outcome))];
    return wait === undefined || USUAL_WAITS.includes(wait.type) ? [] : [blocker(describeWait(wait, now))];
  });
}

function expected(rest: readonly TaskView[], { stats, width, now }: ProgressFacts): number | undefined {
  const medians = new Map(stats.map(({ script, wallMedian }) => [script, wallMedian]));
  const known = rest.map((view) => ({ view, took: medians.get(scriptOf(view.task.spec.work) ?? '') }));
  const times = known.flatMap(({ took }) => took ?? []);
  if (times.length === 0) return undefined;
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  const left = known.map(({ view: { task }, took = mean }) => Math.max(0, took - (task.state.status === 'running' ? now - task.state.startedAt : 0)));
  const sum = left.reduce((total, time) => total + time, 0);
  return now + Math.max(sum / Math.max(1, Math.min(width, rest.length)), ...left);
}

/** The last moment of a day, where this machine is. */
function endOfDay(date: string): number {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(year, month - 1, day + 1).getTime() - 1;
}
