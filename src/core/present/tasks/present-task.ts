import { assertNever } from '../../base/assert-never.ts';
import type { TaskView } from '../../engine/engine-port.ts';
import { isAsExpected, type Outcome } from '../../model/outcome.ts';
import { runOfEnd } from '../../model/run-of-end.ts';
import type { Task } from '../../model/task.ts';
import { describeExpectation, describeOutcome } from './describe-outcome.ts';
import { conflictMark, unclaimedWrites } from './describe-run-files.ts';
import { turnWords } from '../agents/describe-turns.ts';
import { describeWait } from './describe-wait.ts';
import type { Face } from '../face.ts';
import { formatBytes } from '../format/format-bytes.ts';
import { formatCores } from '../format/format-cores.ts';
import { formatAgo, formatClock } from '../format/format-duration.ts';
import { oneLine, rowLabel } from '../format/one-line.ts';
import { agentOfPrompt } from '../agents/prompt-facts.ts';
import { formatSpan, runSpan } from '../format/run-span.ts';
import { scriptOf } from '../../model/script-of.ts';
import { stateIcon } from './state-icon.ts';

const MINUTE = 60_000;

/** The row of a task: its state as the icon, its name, and behind it what matters now. */
export function presentTask(view: TaskView, now: number): Face {
  const { task } = view;
  return {
    label: rowLabel(task.spec.name),
    description: join(describe(view, now)),
    ...stateIcon(view),
    accessibility: `${oneLine(task.spec.name)}, ${spoken(view, now)}`,
    contextValue: ['task', ...capabilities(view)].join(' '),
  };
}

/** What menus may offer for it. */
export function capabilities({ task, run, wait }: TaskView): readonly string[] {
  const words = run === undefined ? [] : ['hasLog'];
  if (unclaimedWrites({ task, run }).length > 0) words.push('claimable');
  if (scriptOf(task.spec.work) !== undefined) words.push('hasScript');
  if (wait?.type === 'editor') words.push('editorBlocked');
  const { state } = task;
  switch (state.status) {
    case 'queued':
      return ['cancelable', state.held ? 'releasable' : 'holdable', ...words];
    case 'starting':
    case 'running':
    case 'paused':
      return ['cancelable', 'hasTerminal', ...words];
    case 'stopping':
      return [...(state.cause.type === 'cancel' ? [] : ['cancelable']), 'hasTerminal', ...words];
    case 'finished':
      return ['retryable', ...(task.spec.work.kind === 'prompt' && run !== undefined ? ['followable'] : []), ...words];
    default:
      return assertNever(state);
  }
}

/** How it ended, said together with what was expected where the two need each other. */
export function describeEnd(task: Task, outcome: Outcome): string {
  const { expect } = task.spec;
  const text = describeOutcome(outcome);
  if (isAsExpected(outcome, expect)) return outcome.type === 'failed' ? `${text}, as expected` : text;
  return expect.type === 'succeeded' ? text : `${text}, expected ${describeExpectation(expect)}`;
}

/** The state in half a sentence, for a page of its own. */
export function describeState(view: TaskView, now: number): string {
  const { task } = view;
  return task.state.status === 'running' ? `running for ${formatClock(now - task.state.startedAt)}` : spoken(view, now);
}

function describe(view: TaskView, now: number): readonly (string | undefined)[] {
  const { task, run } = view;
  const { state } = task;
  switch (state.status) {
    case 'queued':
      // The icon says that it waits.
      return [waiting(view, now).replace(/^waits /, ''), attempt(task)];
    case 'starting':
      return ['starting', kindOf(view), attempt(task)];
    case 'running':
      // What changes stands first: a narrow side bar cuts off the end.
      return [
        formatClock(now - state.startedAt),
        conflictMark(run),
        ...(task.spec.work.kind === 'prompt' ? [kindOf(view), ...turnsOf(view)] : [run?.cores === undefined ? undefined : formatCores(run.cores), run?.memory === undefined ? undefined : formatBytes(run.memory), kindOf(view)]),
        attempt(task),
      ];
    case 'paused':
      return [`paused for ${formatClock(now - state.pausedAt)}, the machine is short of memory`, conflictMark(run), run?.memory === undefined ? undefined : formatBytes(run.memory), kindOf(view)];
    case 'stopping':
      return [stopping(state), formatClock(now - state.startedAt)];
    case 'finished': {
      const span = runSpan(runOfEnd(view), now);
      // The icon says that it succeeded.
      const end = describeEnd(task, state.outcome);
      return [conflictMark(run), end === 'succeeded' ? undefined : end, span === undefined ? undefined : formatSpan(span), ...turnsOf(view), ago(now - state.finishedAt)];
    }
    default:
      return assertNever(state);
  }
}

function spoken(view: TaskView, now: number): string {
  const { task } = view;
  const { state } = task;
  const mark = conflictMark(view.run);
  const conflict = mark === undefined ? '' : `, ${mark}`;
  switch (state.status) {
    case 'queued':
      // The figures behind `schedule` and `lock` count up or down: the moment asked for does not.
      return view.wait?.type === 'schedule' ? 'scheduled' : waiting(view, view.wait?.type === 'lock' || view.wait?.type === 'editor' ? (view.wait.since ?? now) : now);
    case 'starting':
    case 'running':
      return `${state.status}, ${kindOf(view)}${conflict}`;
    case 'paused':
      return `paused, the machine is short of memory${conflict}`;
    case 'stopping':
      return stopping(state);
    case 'finished':
      return `${describeEnd(task, state.outcome)}${conflict}`;
    default:
      return assertNever(state);
  }
}

/** Who carries out a prompt says more than its class. */
function kindOf(view: TaskView): string {
  return agentOfPrompt(view) ?? view.task.spec.type;
}

function turnsOf({ spent }: TaskView): readonly string[] {
  return spent === undefined ? [] : turnWords(spent);
}

function waiting({ task, wait }: TaskView, now: number): string {
  if (task.state.status === 'queued' && task.state.held) return describeWait(wait?.type === 'setAside' ? wait : { type: 'held' }, now);
  if (wait === undefined) return 'waiting';
  if (wait.type === 'schedule' && task.attempts > 0) return wait.until > now ? `tries again in ${formatClock(wait.until - now + 999)}` : 'tries again now';
  // Backticks are for texts that render them.
  return describeWait(wait, now).replaceAll('`', '');
}

function stopping(state: Extract<Task['state'], { status: 'stopping' }>): string {
  switch (state.cause.type) {
    case 'cancel':
      return 'stopping';
    case 'timeout':
      return 'stopping, timed out';
    case 'memory-pressure':
      return 'stopping, the machine is short of memory';
    case 'memory-limit':
      return `stopping, used ${formatBytes(state.cause.used)} of at most ${formatBytes(state.cause.limit)}`;
    default:
      return assertNever(state.cause);
  }
}

function attempt(task: Task): string | undefined {
  return task.attempts > (task.state.status === 'queued' ? 0 : 1) ? `attempt ${task.state.status === 'queued' ? task.attempts + 1 : task.attempts}` : undefined;
}

function ago(ms: number): string {
  return ms < MINUTE ? 'just now' : formatAgo(ms);
}

function join(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}
