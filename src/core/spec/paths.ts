import path from 'node:path';

/** Whether `inner` is `outer` or lies below it. Both absolute. */
export function isInside(inner: string, outer: string): boolean {
  const relative = path.relative(outer, inner);
  return relative === '' || (relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative));
}

/** Whether a name is that of a folder below the one it is taken from. */
export function isFolderBelow(folder: string): boolean {
  const normal = path.normalize(folder.trim());
  return folder.trim() !== '' && normal !== '.' && !path.isAbsolute(normal) && normal !== '..' && !normal.startsWith(`..${path.sep}`);
}
