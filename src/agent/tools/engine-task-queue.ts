import { open } from 'node:fs/promises';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Clock } from '../../core/base/clock.ts';
import { err, ok, type Result } from '../../core/base/result.ts';
import type { EnginePort, TaskView } from '../../core/engine/engine-port.ts';
import type { TaskId } from '../../core/model/ids.ts';
import { isAsExpected } from '../../core/model/outcome.ts';
import { describeOutcome } from '../../core/present/tasks/describe-outcome.ts';
import { describeWait } from '../../core/present/tasks/describe-wait.ts';
import { formatProblem } from '../../core/spec/problem.ts';
import type { TaskQueue, TaskStanding } from './task-queue.ts';

interface Parts {
  readonly engine: Pick<EnginePort, 'submit' | 'views' | 'onDidChange'>;
  readonly clock: Clock;
  readonly workspace: string;
  readonly cwd: string;
  /** The prompt's own task: whoever waits for that one must not be waited for. */
  readonly task: TaskId;
}

const TAIL_BYTES = 8192;

/** Gives tasks to the engine in the name of a prompt, and waits for them. */
export class EngineTaskQueue implements TaskQueue {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  async queue(fields: Readonly<Record<string, unknown>>): Promise<Result<TaskId, string>> {
    const { engine, workspace, cwd, task } = this.parts;
    const submitted = await engine.submit({ workspace, base: cwd, name: `from #${task}`, tasks: [fields], confine: true });
    return submitted.ok ? ok(submitted.value.tasks[0]!) : err(submitted.error.map(formatProblem).join('; '));
  }

  async standing(id: TaskId, patienceMs: number, signal: AbortSignal): Promise<TaskStanding | undefined> {
    const { engine, clock } = this.parts;
    let isOver = signal.aborted;
    let rouse = (): void => undefined;
    let heard: boolean;
    const wake = (): void => {
      heard = true;
      rouse();
    };
    const giveUp = (): void => {
      isOver = true;
      wake();
    };
    const listening = engine.onDidChange(wake);
    const stopTimer = clock.after(patienceMs, giveUp);
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      for (;;) {
        heard = false;
        const [view] = await engine.views([id]);
        if (view === undefined) return undefined;
        if (view.task.state.status === 'finished' || isOver || this.waitsForUs(view)) return await this.describe(view);
        // What was told of while we looked is looked at again.
        if (!heard) await new Promise<void>((resolve) => (rouse = resolve));
      }
    } finally {
      listening.dispose();
      stopTimer();
      signal.removeEventListener('abort', giveUp);
    }
  }

  private waitsForUs({ wait }: TaskView): boolean {
    return wait?.type === 'lock' && wait.holder.type === 'task' && wait.holder.id === this.parts.task;
  }

  private async describe({ task, run, wait }: TaskView): Promise<TaskStanding> {
    const { state, spec } = task;
    if (state.status === 'queued') return { type: 'waits', why: wait === undefined ? 'starts next' : describeWait(wait, this.parts.clock.now()) };
    if (state.status !== 'finished') return { type: 'runs' };
    const parts = run === undefined ? [] : await Promise.all([endOf(path.join(run.folder, 'stdout')), endOf(path.join(run.folder, 'stderr'))]);
    const output = parts.filter((text) => text !== '').join('\n');
    return { type: 'ended', outcome: describeOutcome(state.outcome), succeeded: isAsExpected(state.outcome, spec.expect), output };
  }
}

/** The last lines of a log; empty when there is none. */
async function endOf(file: string): Promise<string> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (handle === undefined) return '';
  try {
    const { size } = await handle.stat();
    const from = Math.max(0, size - TAIL_BYTES);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
    const text = stripVTControlCharacters(buffer.toString('utf8', 0, bytesRead)).trimEnd();
    return from === 0 ? text : text.slice(text.indexOf('\n') + 1);
  } finally {
    await handle.close();
  }
}
