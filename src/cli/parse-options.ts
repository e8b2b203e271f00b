import { parseArgs } from 'node:util';
import { UserError } from '../core/base/user-error.ts';
import { nearest } from '../core/spec/nearest.ts';
import type { OptionTable, OptionValues } from './command-option.ts';

export interface ParsedLine<T extends OptionTable> {
  readonly options: OptionValues<T>;
  readonly positionals: readonly string[];
  /** What follows `--`; `undefined` when there is no `--`. */
  readonly rest: readonly string[] | undefined;
}

/** The words of a command line, sorted by a table of options. A value may begin with a dash (`--timeout -5`), so that its own check can name it. `takesArguments`: those of a script stand behind `--`. */
export function parseOptions<T extends OptionTable>(words: readonly string[], table: T, command: string, takesArguments = false): ParsedLine<T> {
  const end = words.indexOf('--');
  const { tokens } = parseArgs({ args: [...(end < 0 ? words : words.slice(0, end))], options: table, strict: false, allowPositionals: true, tokens: true });
  const values: Record<string, boolean | string | string[] | undefined> = {};
  for (const [name, option] of Object.entries(table)) values[name] = option.type === 'boolean' ? false : option.multiple === true ? [] : undefined;
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const option = table[token.name];
    if (option === undefined) throw unknownOption(token.rawName, table, command, takesArguments);
    if (option.type === 'boolean') {
      if (token.value !== undefined) throw new UserError(`\`${token.rawName}\` takes no value, got \`${token.value}\`.`);
      values[token.name] = true;
      continue;
    }
    if (token.value === undefined || (!token.inlineValue && isOptionOf(token.value, table))) throw new UserError(`\`${token.rawName}\` needs a value: ${token.rawName} ${option.value ?? 'VALUE'}.`);
    if (option.multiple === true) (values[token.name] as string[]).push(token.value);
    else values[token.name] = token.value;
  }
  return { options: values as OptionValues<T>, positionals, rest: end < 0 ? undefined : words.slice(end + 1) };
}

function isOptionOf(word: string, table: OptionTable): boolean {
  return word.startsWith('--') && word.slice(2) in table;
}

function unknownOption(rawName: string, table: OptionTable, command: string, takesArguments: boolean): UserError {
  const near = rawName.startsWith('--') ? nearest(rawName.slice(2), Object.keys(table)) : undefined;
  const hint = near === undefined ? `\`parallel-workflow ${command === 'help' ? 'help' : `${command} --help`}\` lists them` : `did you mean \`--${near}\``;
  const end = near === undefined ? `.${takesArguments ? ' What is meant for the script stands behind `--`.' : ''}` : '?';
  return new UserError(`Unknown option \`${rawName}\`; ${hint}${end}`);
}
