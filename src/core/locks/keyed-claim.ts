import type { Claim, ClaimMode } from '../model/files/claim.ts';
import { nodePathFacts, pathKey, type PathFacts } from './path-key.ts';

/** A claim with the identity of its file. */
export interface KeyedClaim {
  /** See `pathKey()`. */
  readonly key: string;
  /** What below `key` is meant; empty for a file, or for what may become a folder. */
  readonly glob: string;
  /** As it was claimed; absolute. */
  readonly path: string;
  readonly mode: ClaimMode;
}

const ALL_BELOW = '**';

/** Looks at the file system: not to be called while the store is held. */
export function keyedClaim(claim: Claim, facts: PathFacts = nodePathFacts): KeyedClaim {
  const glob = claim.glob ?? (facts.isFolder(claim.path) ? ALL_BELOW : '');
  return { key: pathKey(claim.path, facts), glob: facts.ignoresCase ? glob.toLowerCase() : glob, path: claim.path, mode: claim.mode };
}
