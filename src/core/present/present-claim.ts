import path from 'node:path';
import { isInside } from '../spec/paths.ts';
import type { Claim } from '../model/claim.ts';
import type { Face } from './face.ts';
import { oneLine, shortLabel } from './one-line.ts';

/** A file that a task declares to use. */
export function presentClaim(claim: Claim, workspace: string): Face {
  const name = path.basename(claim.path);
  const folder = path.dirname(claim.path);
  const where = isInside(folder, workspace) ? path.relative(workspace, folder) : folder;
  const use = claim.mode === 'write' ? 'writes' : 'reads';
  return {
    label: shortLabel(name),
    description: where === '' ? use : `${use} · ${oneLine(where)}`,
    icon: claim.mode === 'write' ? 'edit' : 'file',
    accessibility: `${use} ${oneLine(name)}${where === '' ? '' : ` in ${oneLine(where)}`}`,
    contextValue: 'file',
  };
}
