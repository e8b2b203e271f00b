interface Row {
  text: string;
  /** Goes on where the row above ended. */
  readonly continues: boolean;
}

/** A terminal's screen, as far as redrawing a few lines goes: it wraps, also anew when its width changes, and knows the sequences for up, clear and the cursor. */
export class VirtualScreen {
  isCursorShown = true;
  private columns: number;
  private rows: Row[] = [{ text: '', continues: false }];
  private row = 0;
  private column = 0;

  constructor(columns: number) {
    this.columns = columns;
  }

  get text(): string {
    return this.rows.map((row) => row.text.trimEnd()).join('\n').trimEnd();
  }

  write(text: string): void {
    // eslint-disable-next-line no-control-regex -- that is what a terminal reads
    for (const [token] of text.matchAll(/\u001b\[\??[\d;]*[A-Za-z]|[^]/gu)) this.take(token);
  }

  resize(columns: number): void {
    const lines: string[] = [];
    for (const row of this.rows) {
      if (row.continues) lines[lines.length - 1] += row.text;
      else lines.push(row.text);
    }
    this.columns = columns;
    this.rows = [{ text: '', continues: false }];
    this.row = 0;
    this.column = 0;
    this.write(lines.join('\r\n'));
  }

  private take(token: string): void {
    if (token === '\n') this.down(false);
    else if (token === '\r') this.column = 0;
    else if (token.startsWith('\u001b')) this.control(token);
    else this.print(token);
  }

  private print(character: string): void {
    if (this.column >= this.columns) this.down(true);
    const row = this.rows[this.row]!;
    const text = row.text.padEnd(this.column);
    row.text = text.slice(0, this.column) + character + text.slice(this.column + 1);
    this.column++;
  }

  private control(token: string): void {
    const parameter = token.slice(2, -1);
    if (token.endsWith('A')) this.row = Math.max(0, this.row - Number(parameter));
    else if (token.endsWith('J')) {
      this.rows.splice(this.row + 1);
      this.rows[this.row]!.text = this.rows[this.row]!.text.slice(0, this.column);
    } else if (parameter === '?25') this.isCursorShown = token.endsWith('h');
  }

  /** A terminal's line discipline makes a new line start at the left. */
  private down(continues: boolean): void {
    this.row++;
    this.column = 0;
    if (this.row === this.rows.length) this.rows.push({ text: '', continues });
  }
}
