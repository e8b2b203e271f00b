import type { FSWatcher } from 'node:fs';
import path from 'node:path';
import type { Clock } from '../../../core/base/clock.ts';
import { formatBytes } from '../../../core/present/format/format-bytes.ts';
import { watchFolder } from '../../../core/base/watch-folder.ts';
import { FileTail, type Skipped } from './file-tail.ts';
import { foldRedraws } from './fold-redraws.ts';

/** Between two redraws; eight a second. */
const REDRAW_MS = 125;
/** Some file systems tell nothing: one more look, rarely where changes are told, often where not. */
const LOOK_WATCHED_MS = 1000;
const LOOK_BLIND_MS = 250;
/** Per stream. The first look may show more: it is the past of a run that is already going on. */
const FIRST_BYTES = 128 * 1024;
const REDRAW_BYTES = 16 * 1024;

/** Passes the output of a run on as it grows, gathered into a few writes a second and bounded in size. */
export class RunOutput {
  private readonly streams: readonly FileTail[];
  private readonly clock: Clock;
  private readonly write: (text: string) => void;
  /** Where a person finds what was left out. */
  private readonly whole: string;
  private readonly watcher: FSWatcher | undefined;
  private budget = FIRST_BYTES;
  private isAtLineStart = true;
  private cancelLook: (() => void) | undefined;
  private dueAt = Number.POSITIVE_INFINITY;
  private reading: Promise<void> = Promise.resolve();
  private isReading = false;
  private hasChanged = false;
  private isStopped = false;
  private isDisposed = false;

  constructor(folder: string, whole: string, clock: Clock, write: (text: string) => void) {
    this.streams = [new FileTail(path.join(folder, 'stdout')), new FileTail(path.join(folder, 'stderr'))];
    this.whole = whole;
    this.clock = clock;
    this.write = write;
    this.watcher = watchFolder(folder, () => this.changed());
    this.look(0);
  }

  /** Passes on what is left; nothing comes after it resolves. */
  async finish(): Promise<void> {
    this.stop();
    this.budget = FIRST_BYTES;
    this.reading = this.reading.then(() => this.read());
    await this.reading;
    if (!this.isAtLineStart && !this.isDisposed) this.write('\r\n');
  }

  /** Nothing more is passed on. */
  dispose(): void {
    this.isDisposed = true;
    this.stop();
  }

  private changed(): void {
    if (this.isReading) this.hasChanged = true;
    else this.look(REDRAW_MS);
  }

  private look(delay: number): void {
    const dueAt = this.clock.now() + delay;
    if (this.isStopped || dueAt >= this.dueAt) return;
    this.cancelLook?.();
    this.dueAt = dueAt;
    this.cancelLook = this.clock.after(delay, () => {
      this.isReading = true;
      this.hasChanged = false;
      this.reading = this.read().then(() => {
        this.isReading = false;
        this.dueAt = Number.POSITIVE_INFINITY;
        this.look(this.hasChanged ? REDRAW_MS : this.watcher === undefined ? LOOK_BLIND_MS : LOOK_WATCHED_MS);
      });
    });
  }

  private async read(): Promise<void> {
    let text = '';
    for (const stream of this.streams) {
      const addition = await stream.read(this.budget);
      if (addition === undefined) continue;
      const isAtLineStart = text === '' ? this.isAtLineStart : text.endsWith('\n');
      if (addition.skipped !== undefined) text += `${isAtLineStart ? '' : '\n'}${this.leftOut(addition.skipped)}\n`;
      text += addition.text;
    }
    this.budget = REDRAW_BYTES;
    if (text === '' || this.isDisposed) return;
    this.isAtLineStart = text.endsWith('\n');
    this.write(foldRedraws(text));
  }

  private leftOut({ bytes, lines }: Skipped): string {
    const amount = lines === undefined ? formatBytes(bytes) : `${lines.toLocaleString('en')} ${lines === 1 ? 'line' : 'lines'}`;
    return `\u001b[0m\u001b[2m… ${amount} left out here, all in the ${this.whole} …\u001b[0m`;
  }

  private stop(): void {
    this.isStopped = true;
    this.cancelLook?.();
    this.watcher?.close();
  }
}
