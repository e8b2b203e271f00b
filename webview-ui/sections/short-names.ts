/** The last part of each path, with as many folders before it as tell it from the others. */
export function shortNames(paths: readonly string[]): ReadonlyMap<string, string> {
  const parts = new Map(paths.map((path) => [path, path.split(/[\\/]/).filter((part) => part !== '')]));
  const names = new Map<string, string>();
  for (let depth = 1, open = [...parts.keys()]; open.length > 0; depth++) {
    const taken = new Map<string, string[]>();
    for (const path of open) {
      const name = parts.get(path)!.slice(-depth).join('/');
      taken.set(name, [...(taken.get(name) ?? []), path]);
    }
    open = [];
    for (const [name, same] of taken) {
      const longer = same.length === 1 ? [] : same.filter((path) => parts.get(path)!.length > depth);
      for (const path of same) if (!longer.includes(path)) names.set(path, name);
      open.push(...longer);
    }
  }
  return names;
}
