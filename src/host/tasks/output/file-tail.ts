import { open, type FileHandle } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';

const PIECE = 256 * 1024;
/** Left-out output beyond this is told in bytes: counting its lines would mean reading all of it. */
const MOST_COUNTED = 16 * 2 ** 20;
const NEWLINE = 0x0a;

/** Output that was passed over to keep up. */
export interface Skipped {
  readonly bytes: number;
  readonly lines: number | undefined;
}

export interface Addition {
  readonly text: string;
  /** What was left out before `text`. */
  readonly skipped: Skipped | undefined;
}

/** Reads what a growing file gains; when that is more than asked for, the newest part of it. */
export class FileTail {
  private readonly file: string;
  private offset = 0;
  private decoder = new StringDecoder('utf8');

  constructor(file: string) {
    this.file = file;
  }

  /** The file's growth since the last call, `undefined` when there is none. */
  async read(budget: number): Promise<Addition | undefined> {
    const from = this.offset;
    try {
      return await this.grown(budget);
    } catch {
      // Not written yet, deleted with the old logs, or on a disk that does not answer just now: another look comes.
      if (this.offset !== from) this.restart(from);
      return undefined;
    }
  }

  private async grown(budget: number): Promise<Addition | undefined> {
    const handle = await open(this.file, 'r');
    try {
      const { size } = await handle.stat();
      if (size < this.offset) this.restart(0);
      if (size === this.offset) return undefined;
      const skipped = size - this.offset > budget + 1 ? await this.skip(handle, size - budget - 1) : undefined;
      const text = this.decoder.write(await this.take(handle, size - this.offset));
      return { text, skipped };
    } finally {
      await handle.close();
    }
  }

  /** Goes to the first line that begins behind `target`. */
  private async skip(handle: FileHandle, target: number): Promise<Skipped> {
    const from = this.offset;
    const counts = target - from <= MOST_COUNTED;
    let lines = 0;
    if (!counts) this.restart(target);
    while (this.offset < target) {
      const piece = await this.take(handle, Math.min(PIECE, target - this.offset));
      if (piece.length === 0) break;
      lines += newlines(piece);
    }
    const rest = await this.take(handle, PIECE);
    const end = rest.indexOf(NEWLINE) + 1;
    // A line that is longer than a piece is broken rather than searched for its end.
    this.restart(this.offset - rest.length + end);
    return { bytes: this.offset - from, lines: counts ? lines + (end > 0 ? 1 : 0) : undefined };
  }

  private async take(handle: FileHandle, length: number): Promise<Buffer> {
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(length), 0, length, this.offset);
    this.offset += bytesRead;
    return buffer.subarray(0, bytesRead);
  }

  private restart(offset: number): void {
    this.offset = offset;
    this.decoder = new StringDecoder('utf8');
  }
}

function newlines(buffer: Buffer): number {
  let count = 0;
  for (let at = buffer.indexOf(NEWLINE); at >= 0; at = buffer.indexOf(NEWLINE, at + 1)) count++;
  return count;
}
