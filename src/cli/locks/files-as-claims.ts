import path from 'node:path';
import { UserError } from '../../core/base/user-error.ts';
import { nodeSpecContext } from '../../core/engine/submission/node-spec-context.ts';
import { globProblem } from '../../core/locks/glob-overlap.ts';
import type { Claim, ClaimMode } from '../../core/model/files/claim.ts';
import { readClaim } from '../../core/spec/read-claim.ts';

/** What the words of a command line mean, as in a task's `files`: files, folders, or globs. */
export function filesAsClaims(words: readonly string[], mode: ClaimMode, cwd: string): readonly Claim[] {
  const facts = nodeSpecContext(cwd, [], []);
  return words.map((word) => {
    if (word.trim() === '') throw new UserError('Expected the name of a file, got an empty text.');
    const claim = readClaim(path.resolve(cwd, word), mode, facts);
    const problem = claim.glob === undefined ? undefined : globProblem(claim.glob);
    if (problem !== undefined) throw new UserError(`\`${word}\`: ${problem}.`);
    return claim;
  });
}
