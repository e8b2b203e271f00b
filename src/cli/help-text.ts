import type { Command } from './command.ts';
import { GLOBAL_OPTIONS, type OptionTable } from './command-option.ts';
import type { CommandEntry } from './command-table.ts';
import type { Style } from './terminal/style.ts';
import { renderTable } from './terminal/table.ts';

export function overviewText(commands: readonly CommandEntry[], style: Style): string {
  const rows = commands.map(({ name, summary }) => [`  ${name}`, summary]);
  return [
    `${style('bold', 'parallel-workflow')}: run scripts in parallel, never more than the machine can take, never two on one file.`,
    '',
    style('bold', 'Usage'),
    '  parallel-workflow COMMAND [OPTIONS]',
    '',
    style('bold', 'Commands'),
    ...renderTable([{ title: '' }, { title: '' }], rows, { titles: false }),
    '',
    style('bold', 'Options of every command'),
    ...optionLines(GLOBAL_OPTIONS),
    '',
    '`parallel-workflow COMMAND --help` says more; `--version` prints the version.',
    '',
  ].join('\n');
}

export function commandText(entry: CommandEntry, command: Command, style: Style): string {
  const own = optionLines(command.options);
  return [
    `${style('bold', `parallel-workflow ${entry.name}`)}: ${entry.summary}.`,
    '',
    style('bold', 'Usage'),
    ...command.usage.map((line) => `  parallel-workflow ${line}`),
    ...(command.about.length > 0 ? ['', ...command.about] : []),
    ...(own.length > 0 ? ['', style('bold', 'Options'), ...own] : []),
    '',
    style('bold', 'Options of every command'),
    ...optionLines(GLOBAL_OPTIONS),
    '',
  ].join('\n');
}

function optionLines(table: OptionTable): string[] {
  const rows = Object.entries(table).map(([name, option]) => {
    const short = option.short === undefined ? '' : `-${option.short}, `;
    const value = option.type === 'string' ? ` ${option.value ?? 'VALUE'}` : '';
    return [`  ${short}--${name}${value}`, option.multiple === true ? `${option.help} (repeatable)` : option.help];
  });
  return renderTable([{ title: '' }, { title: '' }], rows, { titles: false });
}
