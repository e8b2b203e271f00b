// eslint-disable-next-line no-control-regex -- terminal sequences are made of them
const COLOURS = /\u001b\[[\d;:]*m/g;
const CLEAR_LINE = '\r\u001b[K';

/**
 * Output as a terminal takes it: LF becomes CRLF, and of a line that was redrawn by carriage returns only its last state
 * is kept, with the colours that were set on the way.
 */
export function foldRedraws(text: string): string {
  const lines = text.split('\n');
  return lines.map((line, index) => foldLine(index < lines.length - 1 && line.endsWith('\r') ? line.slice(0, -1) : line)).join('\r\n');
}

function foldLine(line: string): string {
  if (!line.includes('\r')) return line;
  const states = line.split('\r');
  const last = states.findLastIndex((state) => state !== '');
  if (last < 0) return '\r';
  const overwritten = states.slice(0, last).join('');
  const start = overwritten !== '' ? CLEAR_LINE + (overwritten.match(COLOURS) ?? []).join('') : last > 0 ? '\r' : '';
  return `${start}${states[last]!}${last < states.length - 1 ? '\r' : ''}`;
}
