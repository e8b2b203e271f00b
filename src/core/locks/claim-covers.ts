import { restBelow, type Extent } from './claims-overlap.ts';
import { globMatches } from './glob-overlap.ts';

/** Whether what is in use takes in all of a claim; for one glob against another, where that is plain. */
export function claimCovers(use: Extent, claim: Extent): boolean {
  const rest = restBelow(use.key, claim.key);
  if (rest === undefined) return false;
  if (use.glob === '' || use.glob === '**') return true;
  if (claim.glob !== '') return rest === '' && use.glob === claim.glob;
  return globMatches(use.glob, rest);
}
