import { assertNever } from '../../core/base/assert-never.ts';
import type { Clock } from '../../core/base/clock.ts';
import type { Disposable } from '../../core/base/disposable.ts';
import { Emitter } from '../../core/base/emitter.ts';
import { messageOf } from '../../core/base/user-error.ts';
import type { TaskView } from '../../core/engine/engine-port.ts';
import type { TaskId } from '../../core/model/ids.ts';
import type { Run } from '../../core/model/run.ts';
import { describeWait } from '../../core/present/tasks/describe-wait.ts';
import { RunOutput } from './output/run-output.ts';
import type { TaskWatch } from './task-watch.ts';
import { attemptFooter, errorText, exitCodeOf, footer, header, logName, waitingLine } from './terminal-text.ts';

/** How the task of a terminal ended; `undefined` when it could not be queued, or went away. */
export type Ending = TaskView | undefined;

interface TaskPtyParts {
  readonly watch: Pick<TaskWatch, 'follow'>;
  readonly clock: Clock;
  /** The task to show; it may have to be queued first. */
  readonly begin: () => Promise<TaskId>;
  readonly cancel: (id: TaskId) => void;
}

/**
 * A pseudoterminal that shows a task until it is finished: why it waits, the output of each of its runs, how it ended.
 * It is a view: closing it ends nothing, Ctrl+C cancels the task.
 */
export class TaskPty {
  private readonly parts: TaskPtyParts;
  private readonly writeEmitter = new Emitter<string>();
  private readonly closeEmitter = new Emitter<number>();
  private readonly endEmitter = new Emitter<Ending>();
  private id: TaskId | undefined;
  private following: Disposable | undefined;
  private shown: { readonly run: Run; readonly output: RunOutput } | undefined;
  private runsShown = 0;
  private columns: number | undefined;
  /** Updates are worked off one after the other, since the last output of a run comes before what is said of its end. */
  private work: Promise<void> = Promise.resolve();
  private isClosed = false;

  readonly onDidWrite = this.writeEmitter.event;
  readonly onDidClose = this.closeEmitter.event;
  /** The task is finished and its terminal has said so. */
  readonly onDidEnd = this.endEmitter.event;

  constructor(parts: TaskPtyParts) {
    this.parts = parts;
  }

  open(dimensions: { readonly columns: number } | undefined): void {
    this.columns = dimensions?.columns;
    this.parts.begin().then(
      (id) => {
        this.id = id;
        if (!this.isClosed) this.following = this.parts.watch.follow(id, (view) => this.enqueue(view));
      },
      (error: unknown) => {
        this.writeEmitter.fire(errorText(messageOf(error)));
        this.end(undefined, 1);
      },
    );
  }

  setDimensions({ columns }: { readonly columns: number }): void {
    this.columns = columns;
  }

  handleInput(data: string): void {
    if (data !== '\u0003' || this.id === undefined) return;
    this.writeEmitter.fire('^C\r\n');
    this.parts.cancel(this.id);
  }

  close(): void {
    this.isClosed = true;
    this.following?.dispose();
    this.shown?.output.dispose();
  }

  private enqueue(view: TaskView | undefined): void {
    this.work = this.work
      .then(() => (this.isClosed ? undefined : this.update(view)))
      .catch((error: unknown) => {
        // Whoever waits for the terminal must not wait for ever.
        this.writeEmitter.fire(errorText(messageOf(error)));
        this.end(view, 1);
      });
  }

  private async update(view: TaskView | undefined): Promise<void> {
    if (view === undefined) {
      await this.finishRun();
      this.writeEmitter.fire(errorText('The task was cleared away.'));
      this.end(undefined, 1);
      return;
    }
    const { task, run } = view;
    const { state } = task;
    switch (state.status) {
      case 'queued':
        if (this.shown !== undefined && run !== undefined) {
          await this.finishRun();
          this.writeEmitter.fire(attemptFooter(run));
        }
        this.writeEmitter.fire(waitingLine(this.reason(view), this.columns));
        return;
      case 'starting':
        return;
      case 'running':
      case 'paused':
      case 'stopping':
        await this.show(view, run);
        return;
      case 'finished':
        if (task.attempts > this.runsShown) await this.show(view, run);
        await this.finishRun();
        this.writeEmitter.fire(footer(view, state));
        this.end(view, exitCodeOf(state.outcome));
        return;
      default:
        assertNever(state);
    }
  }

  private async show(view: TaskView, run: Run | undefined): Promise<void> {
    if (run === undefined || this.shown?.run.id === run.id) return;
    await this.finishRun();
    this.writeEmitter.fire(header(view, run, this.runsShown === 0));
    this.runsShown = run.attempt;
    this.shown = { run, output: new RunOutput(run.folder, logName(view.task.id), this.parts.clock, (text) => this.writeEmitter.fire(text)) };
  }

  private async finishRun(): Promise<void> {
    const { shown } = this;
    this.shown = undefined;
    await shown?.output.finish();
  }

  private reason({ wait }: TaskView): string {
    return wait === undefined ? 'waits' : describeWait(wait, this.parts.clock.now()).replaceAll('`', '');
  }

  private end(ending: Ending, exitCode: number): void {
    if (this.isClosed) return;
    this.close();
    this.endEmitter.fire(ending);
    this.closeEmitter.fire(exitCode);
  }
}
