import type { CommandContext } from './command-context.ts';
import type { GLOBAL_OPTIONS, OptionTable } from './command-option.ts';
import type { ParsedLine } from './parse-options.ts';

/** One command of the program: what its help says, what it takes, what it does. */
export interface Command<T extends OptionTable = OptionTable> {
  readonly usage: readonly string[];
  /** A few sentences below the usage. */
  readonly about: readonly string[];
  readonly options: T;
  /** Whether these words are about what there is already: a state folder named by `--home` has to be there then, and is not made. */
  readonly needsState?: (positionals: readonly string[]) => boolean;
  /** Resolves with the exit code. */
  run(context: CommandContext, line: ParsedLine<T & typeof GLOBAL_OPTIONS>): Promise<number>;
}

/** For `needsState`. */
export const always = (): boolean => true;
export const unlessOrdered = ([action = 'list']: readonly string[]): boolean => action === 'list';

/** Checks a command against its own table and forgets the table's exact type, so that all commands fit one list. */
export function command<const T extends OptionTable>(definition: Command<T>): Command {
  return definition;
}
