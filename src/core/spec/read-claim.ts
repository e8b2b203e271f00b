import { splitGlob } from '../locks/glob-overlap.ts';
import type { Claim, ClaimMode } from '../model/files/claim.ts';
import type { SpecContext } from './spec-context.ts';

/** The claim that an absolute path stands for. A file of that very name comes before the glob that its name may look like. */
export function readClaim(file: string, mode: ClaimMode, context: Pick<SpecContext, 'isFile' | 'isFolder'>): Claim {
  const split = context.isFile(file) || context.isFolder(file) ? undefined : splitGlob(file);
  return split === undefined ? { path: file, mode } : { path: split.folder, mode, glob: split.glob };
}
