import { existsSync } from 'node:fs';
import path from 'node:path';
import { globProblem, splitGlob } from '../../core/locks/glob-overlap.ts';
import type { Claim, ClaimMode } from '../../core/model/claim.ts';
import { UsageError } from '../usage-error.ts';

/** What the words of a command line mean: files, folders, or globs. A file with this very name is meant before a glob. */
export function filesAsClaims(words: readonly string[], mode: ClaimMode, cwd: string): readonly Claim[] {
  return words.map((word): Claim => {
    if (word.trim() === '') throw new UsageError('Expected the name of a file, got an empty text.');
    const file = path.resolve(cwd, word);
    const parts = existsSync(file) ? undefined : splitGlob(file);
    if (parts === undefined) return { path: file, mode };
    const problem = globProblem(parts.glob);
    if (problem !== undefined) throw new UsageError(`\`${word}\`: ${problem}.`);
    return { path: parts.folder, glob: parts.glob, mode };
  });
}
