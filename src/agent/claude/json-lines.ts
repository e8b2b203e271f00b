/** A longer line is left out: no event of use is that long, and memory is not endless. In UTF-16 units. */
const LONGEST_LINE = 32 * 1024 * 1024;

/** Puts chunks of text together to lines, each a JSON value. */
export class JsonLines {
  private readonly onValue: (value: unknown) => void;
  private readonly onGarbage: (text: string) => void;
  private parts: string[] = [];
  private length = 0;

  /**
   * @param onValue gets each line's value.
   * @param onGarbage gets the start of each line that holds none.
   */
  constructor(onValue: (value: unknown) => void, onGarbage: (text: string) => void) {
    this.onValue = onValue;
    this.onGarbage = onGarbage;
  }

  push(chunk: string): void {
    let from = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', from)) {
      this.keep(chunk.slice(from, end));
      this.flush();
      from = end + 1;
    }
    this.keep(chunk.slice(from));
  }

  /** The end of the stream: what is left is a line, too. */
  end(): void {
    this.flush();
  }

  private keep(part: string): void {
    this.length += part.length;
    if (this.length <= LONGEST_LINE) this.parts.push(part);
    else this.parts.splice(1);
  }

  private flush(): void {
    const line = this.parts.join('').trim();
    const isWhole = this.length <= LONGEST_LINE;
    this.parts = [];
    this.length = 0;
    if (line === '') return;
    let value: unknown;
    try {
      if (!isWhole) throw new Error('too long');
      value = JSON.parse(line);
    } catch {
      this.onGarbage(line.slice(0, 500));
      return;
    }
    this.onValue(value);
  }
}
