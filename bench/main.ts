import { describeMachine } from './report/describe-machine.ts';
import { printTable } from './report/print-table.ts';
import { runSection } from './run-section.ts';
import { makeScratch, removeScratch } from './scratch.ts';
import type { SectionResult } from './section.ts';
import { SECTIONS } from './sections.ts';

/** For all sections together, milliseconds. */
const PATIENCE_MS = 900_000;

// A timing is never a reason to fail: only a wrong argument is.
const args = process.argv.slice(2);
const asJson = args.includes('--json');
const only = args.flatMap((arg, index) => (arg === '--only' ? [args[index + 1] ?? ''] : []));
const names = SECTIONS.map((section) => section.name);
const wrong = [...only.filter((name) => !names.includes(name)), ...args.filter((arg, index) => !['--json', '--only'].includes(arg) && args[index - 1] !== '--only')];
if (wrong.length > 0) {
  console.error(`Expected \`--json\` and \`--only NAME\`, got \`${wrong.join(' ')}\`. Names: ${names.join(', ')}.`);
  process.exit(2);
}

const machine = describeMachine();
const results: SectionResult[] = [];
const scratch = makeScratch();
process.on('exit', () => removeScratch(scratch));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
for (const section of SECTIONS) {
  if (only.length > 0 && !only.includes(section.name)) continue;
  const leftMs = PATIENCE_MS - performance.now();
  if (leftMs <= 0) {
    results.push({ name: section.name, title: section.title, figures: [], notes: [], failure: `the time for all was over; \`--only ${section.name}\` measures it alone` });
    continue;
  }
  process.stderr.write(`${section.title} …\n`);
  results.push(await runSection(section, scratch, leftMs));
}
if (asJson) process.stdout.write(`${JSON.stringify({ machine, sections: results }, undefined, 2)}\n`);
else printTable(machine, results);
