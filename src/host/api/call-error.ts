import { asSentence } from '../../core/base/as-sentence.ts';
import { UserError } from '../../core/base/user-error.ts';

/** All that is wrong with what another extension gave to a call, as one sentence. */
export function callError(call: string, problems: readonly string[]): UserError {
  return new UserError(asSentence(`${call}: ${problems.join('; ')}`));
}
