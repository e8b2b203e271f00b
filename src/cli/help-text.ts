import type { Command } from './command.ts';
import { GLOBAL_OPTIONS, type OptionTable } from './command-option.ts';
import type { CommandEntry } from './command-table.ts';
import { EXIT, EXIT_BY_SIGNAL } from './exit-code.ts';
import type { Style } from './terminal/style.ts';
import { renderTable } from './terminal/table.ts';

const EXIT_CODES: readonly (readonly [code: number, meaning: string])[] = [
  [EXIT.ok, 'all is well'],
  [EXIT.failed, 'what was done did not come out well: a task did not end as expected, a script is graded below the threshold'],
  [EXIT.refused, 'the request was refused: wrong words, no such task or file, a batch with mistakes; the error says which'],
  [EXIT.fault, 'a fault of Parallel Workflow itself'],
  [EXIT.gaveUp, '`lock` had to wait longer than its `--timeout`'],
  [EXIT_BY_SIGNAL.SIGINT, 'left with Ctrl-C; the tasks go on'],
];

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
    style('bold', 'Workspaces'),
    '  Tasks belong to the root folder of a workspace. Without --workspace it is found from the current folder: the root of a VS Code window',
    '  or a `parallel-workflow serve` that contains it, else the nearest folder upwards with a .git, a .vscode or a *.code-workspace in it, else',
    '  the current folder itself. So below a folder that has none of these each folder is a workspace of its own. A batch belongs to the',
    '  folder of its file, unless a window or `serve` contains that. `status` says which workspace it is.',
    '',
    style('bold', 'Exit codes'),
    ...renderTable([{ title: '' }, { title: '' }], EXIT_CODES.map(([code, meaning]) => [`  ${code}`, meaning]), { titles: false }),
    '  With --json the last line of the error output says why: {"error":{"exitCode":2,"message":"…"}}. Orders that reach some tasks and not',
    '  others say so in their data.',
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
