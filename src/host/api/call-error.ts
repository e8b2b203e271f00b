import { UserError } from '../../core/base/user-error.ts';

/** All that is wrong with what another extension gave to a call, as one sentence. */
export function callError(call: string, problems: readonly string[]): UserError {
  const said = problems.join('; ');
  return new UserError(`${call}: ${said}${said.endsWith('?') ? '' : '.'}`);
}
