import path from 'node:path';
import type { ForeignSession } from '../../model/agents/agents-view.ts';
import { isInside } from '../../spec/paths.ts';
import { coarseAge } from '../format/coarse-age.ts';
import type { Face } from '../face.ts';
import { oneLine, shortLabel } from '../format/one-line.ts';

/** A session of Claude Code that none of our tasks runs: it may write files without asking anybody. */
export function presentForeignSession({ pid, cwd, name, status, startedAt }: ForeignSession, roots: readonly string[], now: number): Face {
  const label = name === undefined ? 'Claude Session' : shortLabel(name);
  const age = startedAt === undefined ? undefined : coarseAge(Math.max(0, now - startedAt));
  const place = oneLine(placeOf(cwd, roots));
  const known = [oneLine(status), place];
  return {
    label,
    description: [...known, age, `process ${pid}`].filter((part) => part !== undefined && part !== '').join(' · '),
    icon: 'account',
    accessibility: [`Session of Claude Code that is not one of ours: ${label}`, ...known, `process ${pid}`].filter((part) => part !== '').join(', '),
    contextValue: 'session',
  };
}

/** Below the folder of the window that it lies in, else as it is. */
function placeOf(cwd: string, roots: readonly string[]): string {
  const root = roots.find((folder) => isInside(cwd, folder));
  if (root === undefined) return cwd;
  return roots.length === 1 ? path.relative(root, cwd) : path.join(path.basename(root), path.relative(root, cwd));
}
