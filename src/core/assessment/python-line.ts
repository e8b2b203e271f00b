/** What may be known of a line of Python without parsing it. Columns are those of the line itself. */
export interface PythonLine {
  /** The line with its comment and the inside of its strings blanked: words in it are code. */
  readonly code: string;
  /** Its comment, from the `#` on. */
  readonly comment: string | undefined;
  /** Why the next line belongs to it: a text in triple quotes, a plain string with a backslash at its end, a backslash, a bracket. */
  readonly continues: 'text' | 'string' | 'backslash' | 'bracket' | undefined;
}

/** Where something begins or ends. */
const MARK = /["'#()[\]{}]/g;
const OPENING = '([{';

/** Tells strings, comments and code apart. A text that is no Python gives lines too, of no use. */
export function pythonLines(lines: readonly string[]): readonly PythonLine[] {
  const scan = { quote: '', depth: 0 };
  return lines.map((line) => scanLine(line, scan));
}

interface Scan {
  /** What ends the string we are in; empty outside of strings. */
  quote: string;
  depth: number;
}

function scanLine(line: string, scan: Scan): PythonLine {
  let code = '';
  let comment: string | undefined;
  let at = 0;
  while (at < line.length) {
    if (scan.quote !== '') {
      const end = stringEnd(line, at, scan.quote);
      const inside = end ?? line.length;
      code += ' '.repeat(inside - at) + (end === undefined ? '' : scan.quote);
      at = inside + (end === undefined ? 0 : scan.quote.length);
      if (end !== undefined) scan.quote = '';
      continue;
    }
    MARK.lastIndex = at;
    const next = MARK.exec(line)?.index ?? line.length;
    code += line.slice(at, next);
    at = next;
    const char = line[at];
    if (char === undefined) break;
    if (char === '#') {
      comment = line.slice(at);
      break;
    }
    if (char === '"' || char === "'") {
      scan.quote = line.startsWith(char.repeat(3), at) ? char.repeat(3) : char;
      code += scan.quote;
      at += scan.quote.length;
      continue;
    }
    if (OPENING.includes(char)) scan.depth++;
    else scan.depth = Math.max(0, scan.depth - 1);
    code += char;
    at++;
  }
  // A plain string ends with its line, unless a backslash carries it on.
  const hasBackslash = comment === undefined && /(?:^|[^\\])(?:\\\\)*\\$/.test(line);
  if (scan.quote.length === 1 && !hasBackslash) scan.quote = '';
  const continues = scan.quote !== '' ? (scan.quote.length === 3 ? 'text' : 'string') : hasBackslash ? 'backslash' : scan.depth > 0 ? 'bracket' : undefined;
  return { code: code.padEnd(line.length), comment, continues };
}

/** Where the quote that ends a string stands; a backslash takes the next character along, in raw strings too. */
function stringEnd(line: string, from: number, quote: string): number | undefined {
  for (let at = from; at < line.length; at++) {
    if (line[at] === '\\') at++;
    else if (line.startsWith(quote, at)) return at;
  }
  return undefined;
}
