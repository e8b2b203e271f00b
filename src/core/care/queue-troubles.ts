import type { TaskView } from '../engine/engine-port.ts';
import type { TaskId } from '../model/ids.ts';
import { isFailure } from '../model/outcome.ts';
import { scriptOf } from '../model/script-of.ts';
import type { ScriptStats } from '../model/script-stats.ts';
import type { Task } from '../model/task.ts';
import { describeWait } from '../present/tasks/describe-wait.ts';
import { formatDuration } from '../present/format/format-duration.ts';

/** Something in the queue that a person should look at. */
export interface QueueTrouble {
  readonly task: TaskId;
  readonly name: string;
  /** Stuck: it runs far longer than ever, and does nothing. Stale: it waits for so long that it may be forgotten. Retried: it fails again and again. */
  readonly type: 'stuck' | 'stale' | 'retried';
  /** As half a sentence, with the figures. */
  readonly why: string;
}

const HOUR = 3_600_000;
/** A run is suspected after so many times what 95 of 100 runs of its script took, and when it uses next to nothing. */
const FACTOR = 3;
const LEAST_MS = 10 * 60_000;
const IDLE_CORES = 0.02;
/** Without past runs to compare with. */
const UNKNOWN_MS = 6 * HOUR;
const STALE_MS = 24 * HOUR;
const MANY_TRIES = 3;
/** Reasons to wait that somebody has wished. */
const WISHED: readonly string[] = ['schedule', 'paused'];

/** What of these tasks needs a person. Pure. */
export function queueTroubles(views: readonly TaskView[], stats: readonly ScriptStats[], now: number): readonly QueueTrouble[] {
  const usual = new Map(stats.map((each) => [each.script, each]));
  return views.flatMap((view) => {
    const { task, run, wait } = view;
    const trouble = (type: QueueTrouble['type'], why: string): QueueTrouble => ({ task: task.id, name: task.spec.name, type, why });
    if (task.state.status === 'running') {
      const known = usual.get(scriptOf(task.spec.work) ?? '');
      const ran = now - task.state.startedAt;
      const longest = known === undefined ? UNKNOWN_MS : Math.max(LEAST_MS, known.wallP95 * FACTOR);
      if (ran < longest || (run?.cores ?? 1) > IDLE_CORES) return [];
      return [trouble('stuck', `runs for ${formatDuration(ran)} and does nothing${known === undefined ? '' : `; its past runs took up to ${formatDuration(known.wallP95)}`}`)];
    }
    if (task.state.status === 'finished') {
      if (!isFailure(task.state.outcome, task.spec.expect) || !isTriedOften(task) || views.some((other) => isLaterOf(task, other.task))) return [];
      return [trouble('retried', `failed ${task.tries} times and is not tried again`)];
    }
    if (task.state.status !== 'queued') return [];
    const troubles: QueueTrouble[] = [];
    const waited = now - Math.max(task.submittedAt, task.state.readyAt);
    if (waited >= STALE_MS && !WISHED.includes(wait?.type ?? '')) troubles.push(trouble('stale', `queued ${formatDuration(waited)} ago; ${wait === undefined ? 'waits' : describeWait(wait, now)}`));
    if (isTriedOften(task)) troubles.push(trouble('retried', `failed ${task.tries} times and is tried again`));
    return troubles;
  });
}

function isTriedOften({ tries, spec }: Task): boolean {
  return tries >= MANY_TRIES && spec.work.kind !== 'prompt';
}

/** Somebody has queued the same again since. */
function isLaterOf(task: Task, other: Task): boolean {
  return other.id > task.id && other.spec.name === task.spec.name && other.workspace === task.workspace;
}
