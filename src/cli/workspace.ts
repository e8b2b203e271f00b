import { readdirSync, realpathSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { UserError } from '../core/base/user-error.ts';
import { isInside } from '../core/spec/paths.ts';

/**
 * The root of the workspace that a folder belongs to: that of a live engine which contains it (the innermost, if
 * several do), else the nearest ancestor that looks like a workspace, else the folder itself.
 */
export function workspaceOf(folder: string, liveRoots: readonly string[], home = os.homedir()): string {
  return rootAround(folder, liveRoots) ?? markedAncestor(folder, home) ?? folder;
}

/** The innermost of the roots that contains a folder, spelled as it is, so that others' tasks and ours lie in one workspace even when links lead there. */
export function rootAround(folder: string, roots: readonly string[]): string | undefined {
  const real = realPath(folder);
  return roots
    .filter((root) => isInside(real, realPath(root)))
    .sort((a, b) => realPath(b).length - realPath(a).length)[0];
}

/** A folder that a person named: by `--workspace`, unless another way out is told. */
export function givenWorkspace(folder: string, wayOut = 'give `--workspace` the root folder of a workspace.'): string {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return folder;
  throw new UserError(`There is no folder \`${folder}\`;`, wayOut);
}

function markedAncestor(folder: string, home: string): string | undefined {
  for (let current = folder; ; ) {
    // The editor keeps its extensions in `.vscode` of the home folder, which makes that no workspace.
    const isMark = (name: string): boolean => name === '.git' || (name === '.vscode' && current !== home) || name.endsWith('.code-workspace');
    if (namesIn(current).some(isMark)) return current;
    const parent = path.dirname(current);
    if (parent === current) return undefined;
    current = parent;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function realPath(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch {
    return path.resolve(folder);
  }
}
