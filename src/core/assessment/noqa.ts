import type { Edit } from './finding.ts';
import type { PythonLine } from './python-line.ts';

const CODES = String.raw`[A-Z]+[0-9]+(?:[\s,]+[A-Z]+[0-9]+)*`;
const INLINE = new RegExp(String.raw`#\s*noqa(?:\s*:\s*(?<codes>${CODES}))?`, 'i');
const WHOLE_FILE = new RegExp(String.raw`^\s*#\s*(?:ruff|flake8)\s*:\s*noqa(?:\s*:\s*(?<codes>${CODES}))?`, 'i');

/** Codes that a comment silences; all of them, where it names none. */
function silenced(pattern: RegExp, comment: string | undefined): readonly string[] | 'all' | undefined {
  const match = comment === undefined ? null : pattern.exec(comment);
  if (match === null) return undefined;
  const codes = match.groups?.codes;
  return codes === undefined ? 'all' : codes.toUpperCase().split(/[\s,]+/);
}

/** Whether a comment at that line, or one for the whole file, silences a rule. */
export function isSilenced(lines: readonly PythonLine[], noqaLine: number | undefined, code: string): boolean {
  const covers = (codes: readonly string[] | 'all' | undefined): boolean => codes === 'all' || codes?.includes(code) === true;
  const comment = noqaLine === undefined ? undefined : lines[noqaLine]?.comment;
  return covers(silenced(INLINE, comment)) || lines.some(({ code: text, comment }) => text.trim() === '' && covers(silenced(WHOLE_FILE, comment)));
}

/**
 * The line at whose end a comment counts for what stands in a line: texts in triple quotes and backslashes leave no room
 * before. There is none where a plain string goes on in the next line: ruff looks for the comment inside of it.
 */
export function noqaLine(lines: readonly PythonLine[], line: number): number | undefined {
  let at = line;
  while (at < lines.length - 1 && (lines[at]?.continues === 'text' || lines[at]?.continues === 'backslash')) at++;
  return lines[at]?.continues === 'string' ? undefined : at;
}

/** The edit of a line that silences one rule there; `undefined` where a comment says so already. */
export function silence(line: number, text: string, code: string): Edit | undefined {
  const known = INLINE.exec(text);
  const codes = silenced(INLINE, text);
  if (codes === 'all' || codes?.includes(code) === true) return undefined;
  const end = known === null ? text.trimEnd().length : known.index + known[0].length;
  const place = { line, character: end };
  return { span: { from: place, to: known === null ? { line, character: text.length } : place }, text: known === null ? `  # noqa: ${code}` : `, ${code}` };
}
