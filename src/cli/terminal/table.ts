import { plainStyle, type Look, type Style } from './style.ts';
import { cut, printable, textWidth } from './text-width.ts';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** May be cut to as little as this when the terminal is too narrow. */
  readonly shrinksTo?: number;
}

export type Cell = string | { readonly text: string; readonly look: Look };

export interface TableOptions {
  readonly style?: Style;
  /** Columns of the terminal; nothing is cut without. */
  readonly width?: number | undefined;
  readonly titles?: boolean;
}

const GAP = '  ';

/** Rows in aligned columns, one line each, without blanks at their ends. */
export function renderTable(columns: readonly Column[], rows: readonly (readonly Cell[])[], { style = plainStyle, width, titles = true }: TableOptions = {}): string[] {
  const head: readonly Cell[] = columns.map(({ title }) => ({ text: title, look: 'bold' }));
  const lines = (titles ? [head, ...rows] : rows).map((row) => columns.map((_, index) => asCell(row[index])));
  const widths = fitted(columns, lines, width);
  return lines.map((line) => {
    const last = line.findLastIndex(({ text }) => text !== '');
    return line.slice(0, last + 1).map((cell, index) => drawn(cell, columns[index]!, widths[index]!, index === last, style)).join(GAP);
  });
}

function drawn({ text, look }: { text: string; look: Look | undefined }, { align }: Column, width: number, isLast: boolean, style: Style): string {
  const shown = cut(text, width);
  const blank = ' '.repeat(width - textWidth(shown));
  const styled = look === undefined || shown === '' ? shown : style(look, shown);
  if (align === 'right') return blank + styled;
  return isLast ? styled : styled + blank;
}

function asCell(cell: Cell | undefined): { text: string; look: Look | undefined } {
  if (cell === undefined || typeof cell === 'string') return { text: printable(cell ?? ''), look: undefined };
  return { text: printable(cell.text), look: cell.look };
}

/** Natural widths, taken from the widest columns that may shrink until the line fits. */
function fitted(columns: readonly Column[], lines: readonly (readonly { text: string }[])[], width: number | undefined): number[] {
  const widths = columns.map((_, index) => Math.max(0, ...lines.map((line) => textWidth(line[index]!.text))));
  if (width === undefined) return widths;
  let excess = widths.reduce((sum, each) => sum + each, 0) + GAP.length * (columns.length - 1) - width;
  while (excess > 0) {
    let widest = -1;
    columns.forEach(({ shrinksTo }, index) => {
      if (shrinksTo !== undefined && widths[index]! > shrinksTo && (widest < 0 || widths[index]! > widths[widest]!)) widest = index;
    });
    if (widest < 0) return widths;
    widths[widest]!--;
    excess--;
  }
  return widths;
}
