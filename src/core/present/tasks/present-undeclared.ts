import path from 'node:path';
import type { UndeclaredWrite } from '../../model/files/run-files.ts';
import { isInside } from '../../spec/paths.ts';
import type { Face } from '../face.ts';
import { oneLine, shortLabel } from '../format/one-line.ts';

/** A file that a run wrote without a claim. */
export function presentUndeclared(write: UndeclaredWrite, workspace: string, isClaimedNow: boolean): Face {
  const name = path.basename(write.path);
  const folder = path.dirname(write.path);
  const where = isInside(folder, workspace) ? path.relative(workspace, folder) : folder;
  const parts = [`without a claim${write.guess ? ' (guess)' : ''}`, isClaimedNow ? 'claimed from the next run on' : undefined, where === '' ? undefined : oneLine(where)];
  return {
    label: `wrote ${shortLabel(name)}`,
    description: parts.filter((part) => part !== undefined).join(' · '),
    icon: isClaimedNow ? 'pass' : 'unverified',
    ...(!isClaimedNow && { iconColor: 'list.warningForeground' as const }),
    accessibility: `wrote ${oneLine(name)} ${parts.slice(0, 2).filter((part) => part !== undefined).join(', ')}`,
    contextValue: isClaimedNow ? 'undeclared' : 'undeclared unclaimed',
  };
}

/** The row behind the first ones: `and 80 more files`. */
export function presentMoreUndeclared(count: number, areClaimable: boolean): Face {
  const label = `wrote ${count.toLocaleString('en')} more ${count === 1 ? 'file' : 'files'}`;
  return { label, description: 'without a claim', icon: 'ellipsis', accessibility: `${label} without a claim`, contextValue: areClaimable ? 'undeclared unclaimed' : 'undeclared' };
}
