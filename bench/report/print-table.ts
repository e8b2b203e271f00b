import type { Figure } from '../figure.ts';
import type { SectionResult } from '../section.ts';
import type { Machine } from './describe-machine.ts';
import { formatValue } from './format-value.ts';

type Row = readonly [what: string, value: string, target: string, ratio: string, beside: string];

const HEAD: Row = ['', 'measured', 'target', 'of target', 'beside'];

/** All figures, aligned; the missed targets once more at the end. */
export function printTable(machine: Machine, results: readonly SectionResult[]): void {
  console.log(`${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB · ${machine.system} · Node ${machine.node} · load ${machine.load}`);
  const rows = results.flatMap((result) => result.figures.map(rowOf));
  const widths = HEAD.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  const print = (row: Row): void => console.log(`  ${row.map((cell, column) => (column === 0 || column === 4 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join('  ')}`.trimEnd());
  print(HEAD);
  for (const { title, figures, notes, failure } of results) {
    console.log(title);
    if (failure !== undefined) console.log(`  not measured: ${failure}`);
    for (const figure of figures) print(rowOf(figure));
    for (const note of notes) console.log(`  ${note}`);
  }
  const aimed = results.flatMap((result) => result.figures.filter((figure) => figure.target !== undefined));
  const missed = aimed.filter((figure) => figure.value > figure.target!);
  console.log(`${aimed.length - missed.length} of ${aimed.length} targets reached${missed.length === 0 ? '' : `; missed: ${missed.map((figure) => `${figure.what} (${ratioOf(figure)})`).join(', ')}`}`);
}

function rowOf(figure: Figure): Row {
  const target = figure.target === undefined ? '' : `≤ ${formatValue(figure.target, figure.unit)}`;
  return [figure.what, formatValue(figure.value, figure.unit), target, ratioOf(figure), figure.beside ?? ''];
}

function ratioOf({ value, target }: Figure): string {
  if (target === undefined) return '';
  // None asked for and none found is as asked.
  return value === target ? '1.00 ×' : `${(value / target).toFixed(2)} ×`;
}
