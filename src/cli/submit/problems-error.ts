import { UserError } from '../../core/base/user-error.ts';

/** All that is wrong with what was to be queued, one line each. */
export function problemsError(lines: readonly string[]): UserError {
  const [only] = lines;
  if (lines.length === 1 && only !== undefined) return new UserError(`${only}\nNothing was queued.`);
  return new UserError(`${lines.length} problems, so nothing was queued:\n${lines.map((line) => `  ${line}`).join('\n')}`);
}
