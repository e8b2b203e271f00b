/**
 * Offset of the value (of the key, for a field) at a place such as `tasks[2].files[0].mode` in a valid JSON text; of its
 * nearest ancestor that is there, when the place itself is not.
 */
export function locateInJson(text: string, where: string): number | undefined {
  const wanted = where.split(/[.[\]]+/).filter((part) => part !== '');
  let best: { readonly depth: number; readonly offset: number } | undefined;
  const path: (string | number)[] = [];
  const open: { readonly isList: boolean; expectsKey: boolean }[] = [];
  let keyOffset = 0;

  const arrive = (offset: number): void => {
    const isPrefix = path.length <= wanted.length && path.every((part, index) => String(part) === wanted[index]);
    if (isPrefix && path.length > 0 && path.length > (best?.depth ?? 0)) best = { depth: path.length, offset: typeof path.at(-1) === 'number' ? offset : keyOffset };
  };

  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs)) {
    const top = open.at(-1);
    if (token === '}' || token === ']') {
      open.pop();
      path.pop();
    } else if (token === ',') {
      if (top!.isList) path[path.length - 1] = Number(path.at(-1)) + 1;
      else top!.expectsKey = true;
    } else if (token === ':') {
      top!.expectsKey = false;
    } else if (top?.expectsKey === true) {
      path[path.length - 1] = JSON.parse(token) as string;
      keyOffset = index;
    } else {
      arrive(index);
      if (token === '{' || token === '[') {
        open.push({ isList: token === '[', expectsKey: token === '{' });
        path.push(token === '[' ? 0 : '');
      }
    }
  }
  return best?.offset;
}
