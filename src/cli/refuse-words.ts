import { UserError } from '../core/base/user-error.ts';
import type { ParsedLine } from './parse-options.ts';

/** For commands that are about nothing in particular: a word that would change nothing is a misunderstanding. */
export function refuseWords(name: string, { positionals, rest }: Pick<ParsedLine<never>, 'positionals' | 'rest'>, hint?: string): void {
  const words = [...positionals, ...(rest ?? [])];
  if (words.length > 0) throw new UserError(`\`${name}\` takes no words, got \`${words.join(' ')}\`${hint === undefined ? '.' : `; ${hint}`}`);
}
