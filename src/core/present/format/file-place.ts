import path from 'node:path';
import { isInside } from '../../spec/paths.ts';

/** Where a file is, as short as it stays clear: from its workspace folder on, headed by that folder's name when there are several; else absolute. */
export function filePlace(file: string, roots: readonly string[]): string {
  const [root] = roots.filter((folder) => isInside(file, folder)).sort((a, b) => b.length - a.length);
  if (root === undefined) return file;
  const below = path.relative(root, file);
  if (below === '') return path.basename(root);
  return roots.length > 1 ? path.join(path.basename(root), below) : below;
}

/** The place of what a use or a claim covers, such as `data/**`. */
export function claimPlace({ path: start, glob = '' }: { readonly path: string; readonly glob?: string }, roots: readonly string[]): string {
  if (glob === '') return filePlace(start, roots);
  // A glob from the workspace folder itself needs no folder in front of it.
  return roots.length === 1 && path.relative(roots[0]!, start) === '' ? glob : path.join(filePlace(start, roots), glob);
}
