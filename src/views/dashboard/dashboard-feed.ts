import type { Clock } from '../../core/base/clock.ts';
import { messageOf } from '../../core/base/user-error.ts';
import { Ticker } from '../ticker.ts';
import type { PartSource } from './part-source.ts';
import type { ToPage } from './protocol.ts';
import type { Look, PartName } from './shown.ts';

const TICK_MS = 500;
/** What could not be read is tried again this soon. */
const RETRY_MS = 5000;

/** Reads what a page shows and sends it the parts that changed. While nobody sees the page, nothing is read and nothing is sent. */
export class DashboardFeed {
  private readonly sources: readonly PartSource[];
  private readonly clock: Clock;
  private readonly send: (message: ToPage) => unknown;
  private readonly ticker: Ticker;
  private readonly readAt = new Map<PartName, number>();
  private readonly sent = new Map<PartName, string>();
  private readonly changed = new Set<PartName>();
  private readonly troubles = new Map<PartName, string>();
  private look: Look | undefined;
  private isVisible = false;
  private isReading = false;
  private revision = 0;
  /** Counts what was asked for, so that an answer to an older question is not sent. */
  private question = 0;

  constructor(sources: readonly PartSource[], clock: Clock, send: (message: ToPage) => unknown) {
    this.sources = sources;
    this.clock = clock;
    this.send = send;
    this.ticker = new Ticker(clock, () => void this.readDue());
  }

  /** Starts anew with all parts: the page is new or has missed something. */
  start(look: Look): void {
    this.sent.clear();
    this.readAt.clear();
    this.lookAt(look);
  }

  /** Another span, or another part of it. */
  lookAt(look: Look): void {
    const before = this.look;
    this.look = look;
    this.question++;
    const stale: readonly PartName[] = before?.span === look.span ? ['detail'] : ['history', 'tail', 'detail', 'runs', 'decisions', 'shadow'];
    for (const name of stale) this.readAt.delete(name);
    this.arm();
    void this.readDue();
  }

  setVisible(isVisible: boolean): void {
    if (isVisible === this.isVisible) return;
    this.isVisible = isVisible;
    this.arm();
    void this.readDue();
  }

  /** Tasks changed, in this window or elsewhere. */
  tasksChanged(): void {
    for (const { name, afterChangeMs } of this.sources) if (afterChangeMs !== undefined) this.changed.add(name);
  }

  /** Reads a part again at once, since something was done about it. */
  again(...names: readonly PartName[]): void {
    for (const name of names) this.readAt.delete(name);
    void this.readDue();
  }

  dispose(): void {
    this.isVisible = false;
    this.look = undefined;
    this.ticker.dispose();
  }

  private arm(): void {
    this.ticker.setPeriod(this.isVisible && this.look !== undefined ? TICK_MS : undefined);
  }

  private async readDue(): Promise<void> {
    const { look, question } = this;
    if (!this.isVisible || look === undefined || this.isReading) return;
    const due = this.sources.filter((source) => this.isDue(source, look));
    if (due.length === 0) return;
    this.isReading = true;
    const isWhole = this.sent.size === 0;
    const now = this.clock.now();
    for (const { name } of due) {
      this.readAt.set(name, now);
      this.changed.delete(name);
    }
    const read = await Promise.all(
      due.map(async ({ name, read: readPart, periodMs }): Promise<readonly [PartName, unknown] | undefined> => {
        try {
          const part = await readPart(look);
          this.troubles.delete(name);
          return [name, part];
        } catch (error) {
          this.troubles.set(name, messageOf(error));
          this.readAt.set(name, now - Math.max(periodMs(look) - RETRY_MS, 0));
          return undefined;
        }
      }),
    );
    this.isReading = false;
    // Asked anew meanwhile: what was read answers another question.
    if (question !== this.question) for (const { name } of due) this.readAt.delete(name);
    else if (this.isVisible) this.pass([...read.flatMap((part) => (part === undefined ? [] : [part])), ['trouble', [...this.troubles.values()][0] ?? '']], isWhole);
    if (question !== this.question) void this.readDue();
  }

  private pass(read: readonly (readonly [PartName, unknown])[], isWhole: boolean): void {
    const parts = read.filter(([name, part]) => {
      const text = JSON.stringify(part);
      if (this.sent.get(name) === text) return false;
      this.sent.set(name, text);
      return true;
    });
    if (parts.length > 0) this.send({ type: 'update', revision: ++this.revision, isWhole, parts: Object.fromEntries(parts) });
  }

  private isDue({ name, periodMs, afterChangeMs }: PartSource, look: Look): boolean {
    const readAt = this.readAt.get(name);
    if (readAt === undefined) return true;
    const age = this.clock.now() - readAt;
    // A clock that was set back must not silence the page.
    return age < 0 || age >= periodMs(look) || (this.changed.has(name) && age >= afterChangeMs!);
  }
}
