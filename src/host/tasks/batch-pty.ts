import { Emitter } from '../../core/base/emitter.ts';
import type { Disposable } from '../../core/base/disposable.ts';
import type { Clock } from '../../core/base/clock.ts';
import { messageOf } from '../../core/base/user-error.ts';
import { Coalesced } from '../../core/engine/changes/coalesced.ts';
import type { EnginePort, Submitted, TaskView } from '../../core/engine/engine-port.ts';
import type { TaskId } from '../../core/model/ids.ts';
import { isAsExpected } from '../../core/model/outcome.ts';
import { oneLine } from '../../core/present/format/one-line.ts';
import { presentTask } from '../../core/present/tasks/present-task.ts';
import { errorText } from './terminal-text.ts';

const GATHER_MS = 250;

interface BatchPtyParts {
  readonly engine: Pick<EnginePort, 'batchTasks' | 'cancel' | 'onDidChange'>;
  readonly clock: Clock;
  readonly begin: () => Promise<Submitted>;
}

/** A pseudoterminal that tells of each task of a batch as it ends, and ends with 0 when all ended as they should. */
export class BatchPty {
  private readonly parts: BatchPtyParts;
  private readonly writeEmitter = new Emitter<string>();
  private readonly closeEmitter = new Emitter<number>();
  private readonly told = new Set<TaskId>();
  private readonly due: Coalesced;
  private submitted: Submitted | undefined;
  private subscription: Disposable | undefined;
  private looking: Promise<void> = Promise.resolve();

  readonly onDidWrite = this.writeEmitter.event;
  readonly onDidClose = this.closeEmitter.event;

  constructor(parts: BatchPtyParts) {
    this.parts = parts;
    this.due = new Coalesced(parts.clock, () => {
      // The next change asks again.
      this.looking = this.looking.then(() => this.look()).catch(() => undefined);
    });
  }

  open(): void {
    this.parts.begin().then(
      (submitted) => {
        this.submitted = submitted;
        this.writeEmitter.fire(`Queued ${submitted.tasks.length} tasks. Ctrl+C cancels them, closing this terminal does not.\r\n\r\n`);
        this.subscription = this.parts.engine.onDidChange(() => this.due.request(GATHER_MS));
        this.due.request(0);
      },
      (error: unknown) => {
        this.writeEmitter.fire(errorText(messageOf(error)));
        this.end(1);
      },
    );
  }

  handleInput(data: string): void {
    if (data === '\u0003' && this.submitted !== undefined) void this.parts.engine.cancel(this.submitted.tasks).catch(() => undefined);
  }

  close(): void {
    this.subscription?.dispose();
    this.due.dispose();
  }

  private async look(): Promise<void> {
    if (this.submitted === undefined) return;
    const views = await this.parts.engine.batchTasks(this.submitted.batch);
    const finished = views.filter(({ task }) => task.state.status === 'finished');
    for (const view of finished) {
      if (this.told.has(view.task.id)) continue;
      this.told.add(view.task.id);
      const { label, description } = presentTask(view, this.parts.clock.now());
      this.writeEmitter.fire(`${isFine(view) ? '\u001b[32m✔' : '\u001b[31m✖'}\u001b[0m ${label} \u001b[2m${oneLine(description)}\u001b[0m\r\n`);
    }
    if (finished.length < views.length) return;
    const wrong = finished.filter((view) => !isFine(view)).length;
    this.writeEmitter.fire(`\r\n${wrong === 0 ? 'All tasks ended as they should.' : `${wrong} of ${views.length} tasks did not end as they should.`}\r\n`);
    this.end(wrong === 0 ? 0 : 1);
  }

  private end(code: number): void {
    this.close();
    this.closeEmitter.fire(code);
  }
}

function isFine({ task: { state, spec } }: TaskView): boolean {
  return state.status === 'finished' && isAsExpected(state.outcome, spec.expect);
}
