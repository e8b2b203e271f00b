import type { Clock } from '../../core/base/clock.ts';
import { disposable, type Disposable } from '../../core/base/disposable.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import { runId, taskId, type RunId, type TaskId } from '../../core/model/ids.ts';
import type { AdviceBook } from './advice-book.ts';
import { DashboardFeed } from './dashboard-feed.ts';
import { partSources, type DashboardData } from './part-source.ts';
import type { Format, PageCommand, ToHost, ToPage } from './protocol.ts';
import { readToHost } from './read-to-host.ts';

/** The page at the other end, in a view or in a tab. */
export interface PageChannel {
  send(message: ToPage): unknown;
  onMessage(listener: (message: unknown) => void): Disposable;
}

/** What a page may have done; each shows its own errors through `onError`. */
export interface PageActions {
  openLog(task: TaskId, run: RunId): PromiseLike<unknown>;
  command(command: Exclude<PageCommand, 'export'>): PromiseLike<unknown>;
  /** Asks for a format; `undefined` when a person changed their mind. */
  pickFormat(): PromiseLike<Format | undefined>;
  save(format: Format, data: string): PromiseLike<unknown>;
}

export interface DashboardParts extends Omit<DashboardData, 'engine' | 'advice'> {
  readonly engine: DashboardData['engine'] & Pick<EnginePort, 'pinStrategy' | 'onDidChange'>;
  readonly book: AdviceBook;
  readonly actions: PageActions;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

/** One page and what it is told; lives as long as its view or tab. */
export class DashboardSession implements Disposable {
  private readonly parts: DashboardParts;
  private readonly channel: PageChannel;
  private readonly feed: DashboardFeed;
  private readonly subscriptions: readonly Disposable[];

  constructor(parts: DashboardParts, channel: PageChannel) {
    this.parts = parts;
    this.channel = channel;
    const sources = partSources({ ...parts, advice: (given) => parts.book.list(given) });
    this.feed = new DashboardFeed(sources, parts.clock, (message) => channel.send(message));
    this.subscriptions = [
      channel.onMessage((value) => this.receive(value)),
      parts.engine.onDidChange(() => this.feed.tasksChanged()),
      disposable(() => this.feed.dispose()),
    ];
  }

  setVisible(isVisible: boolean): void {
    this.feed.setVisible(isVisible);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private receive(value: unknown): void {
    const message = readToHost(value);
    if (message === undefined) return;
    void this.obey(message).catch(this.parts.onError);
  }

  private async obey(message: ToHost): Promise<void> {
    const { engine, book, actions } = this.parts;
    switch (message.type) {
      case 'ready':
        this.feed.start(message.look);
        return;
      case 'look':
        this.feed.lookAt(message.look);
        return;
      case 'pin':
        await engine.pinStrategy(message.strategy);
        this.feed.again('strategy', 'decisions');
        return;
      case 'apply':
      case 'undo':
      case 'dismiss':
        try {
          if (message.type === 'apply') await book.apply(message.id, await engine.recommendations(this.parts.roots()));
          else await book[message.type](message.id);
        } finally {
          this.feed.again('advice', 'thresholds');
        }
        return;
      case 'openLog':
        await actions.openLog(taskId(message.task), runId(message.run));
        return;
      case 'save':
        await actions.save(message.format, message.data);
        return;
      case 'command':
        await this.run(message.command);
    }
  }

  private async run(command: PageCommand): Promise<void> {
    const { actions } = this.parts;
    if (command === 'export') {
      const format = await actions.pickFormat();
      if (format !== undefined) await this.channel.send({ type: 'render', format });
      return;
    }
    await actions.command(command);
    this.feed.again('queue');
  }
}
