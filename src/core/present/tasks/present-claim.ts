import path from 'node:path';
import type { Claim } from '../../model/files/claim.ts';
import type { FileUse } from '../../model/files/file-use.ts';
import { isInside } from '../../spec/paths.ts';
import { describeHolders, useState } from '../files/describe-users.ts';
import type { Face } from '../face.ts';
import { claimPlace } from '../format/file-place.ts';
import { oneLine, shortLabel } from '../format/one-line.ts';
import type { Icon } from './state-icon.ts';

/**
 * A file, a folder or a glob that a task declares to use.
 * @param inTheWay Others that hold it while the task waits.
 */
export function presentClaim(claim: Claim, workspace: string, inTheWay: Pick<FileUse, 'holders'> = { holders: [] }): Face {
  const isGlob = (claim.glob ?? '') !== '';
  const name = isGlob ? claimPlace(claim, [workspace]) : path.basename(claim.path);
  const folder = path.dirname(claim.path);
  const where = isGlob ? '' : isInside(folder, workspace) ? path.relative(workspace, folder) : folder;
  const use = claim.mode === 'write' ? 'writes' : 'reads';
  const held = inTheWay.holders.length === 0 ? undefined : describeHolders(inTheWay);
  return {
    label: shortLabel(name),
    description: [use, held, where === '' ? undefined : oneLine(where)].filter((part) => part !== undefined).join(' · '),
    ...claimIcon(claim, inTheWay),
    accessibility: `${use} ${oneLine(name)}${where === '' ? '' : ` in ${oneLine(where)}`}${held === undefined ? '' : `, ${held}`}`,
    contextValue: held === undefined || isGlob ? 'file' : 'file held',
  };
}

function claimIcon({ mode, glob }: Claim, inTheWay: Pick<FileUse, 'holders'>): Icon {
  if (inTheWay.holders.length > 0) return { icon: useState(inTheWay) === 'read' ? 'eye' : 'lock' };
  if (mode === 'write') return { icon: 'edit' };
  return { icon: (glob ?? '') === '' ? 'file' : 'files' };
}
