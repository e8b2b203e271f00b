import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import { notText } from './text-files.ts';

/** Lines of a text, counted from 1. */
export interface LineRange {
  readonly from: number;
  readonly count: number;
}

export interface Lines {
  readonly lines: readonly string[];
  /** Of the whole file; `undefined` when it was not read to its end. */
  readonly total: number | undefined;
}

/** A longer line is cut: one line of a data file must not fill the model's memory. */
export const LONGEST_LINE = 2000;
const MOST_CHARACTERS = 100_000;
/** Once it has its lines, the reader goes on to count the rest of a file up to here. */
const COUNTED_BYTES = 64 * 1024 * 1024;

/**
 * Lines of a file of any size, held in memory no longer than needed.
 * @throws UserError when the file is no text.
 */
export async function readLines(file: string, range: LineRange, shown: string): Promise<Lines> {
  const collector = new LineCollector(range);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  let isWhole = true;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    collector.add(decoded(decoder, chunk, shown));
    if (collector.isFull && bytes > COUNTED_BYTES) {
      isWhole = false;
      break;
    }
  }
  if (isWhole) collector.add(decoded(decoder, undefined, shown));
  return collector.end(isWhole);
}

/** Lines of a text that is in memory. */
export function linesOf(text: string, range: LineRange): Lines {
  const collector = new LineCollector(range);
  collector.add(text);
  return collector.end(true);
}

function decoded(decoder: TextDecoder, chunk: Buffer | undefined, shown: string): string {
  // Bytes that are valid UTF-8 and still no text.
  if (chunk?.includes(0) === true) throw notText(shown);
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch {
    throw notText(shown);
  }
}

class LineCollector {
  private readonly range: LineRange;
  private readonly lines: string[] = [];
  private number = 1;
  private line = '';
  private isStarted = false;
  private characters = 0;

  constructor(range: LineRange) {
    this.range = range;
  }

  get isFull(): boolean {
    return this.number >= this.range.from + this.range.count || this.characters >= MOST_CHARACTERS;
  }

  add(text: string): void {
    let at = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', at)) {
      this.part(text, at, end);
      this.endLine();
      at = end + 1;
    }
    if (at < text.length) this.part(text, at, text.length);
  }

  end(isWhole: boolean): Lines {
    if (this.isStarted) this.endLine();
    return { lines: this.lines, total: isWhole ? this.number - 1 : undefined };
  }

  private part(text: string, from: number, to: number): void {
    this.isStarted = true;
    if (this.isWanted && this.line.length <= LONGEST_LINE) this.line += text.slice(from, Math.min(to, from + LONGEST_LINE + 1));
  }

  private endLine(): void {
    if (this.isWanted) {
      const line = this.line.endsWith('\r') ? this.line.slice(0, -1) : this.line;
      this.lines.push(line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}… (line cut)` : line);
      this.characters += line.length + 1;
    }
    this.line = '';
    this.isStarted = false;
    this.number++;
  }

  private get isWanted(): boolean {
    return this.number >= this.range.from && !this.isFull;
  }
}
