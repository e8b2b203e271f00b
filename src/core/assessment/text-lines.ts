import type { Place } from './finding.ts';
import type { RuffPlace } from './ruff-diagnostic.ts';

/** Line ends as Python and editors know them. */
export function textLines(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/);
}

/** A place of ruff's in the units of editors. */
export function placeIn(lines: readonly string[], { row, column }: RuffPlace): Place {
  const line = row - 1;
  return { line, character: codeUnits(lines[line] ?? '', column - 1) };
}

/** Code units that the first `points` code points of a text take. */
function codeUnits(text: string, points: number): number {
  let units = 0;
  for (let point = 0; point < points && units < text.length; point++) units += text.codePointAt(units)! > 0xffff ? 2 : 1;
  // Places behind the end of the text keep their distance.
  return Math.max(units, Math.min(points, text.length));
}
