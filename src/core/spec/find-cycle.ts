/** A cycle in a graph given as lists of successors, closed (first node repeated at the end); `undefined` when there is none. Iterative, so depth is no limit. */
export function findCycle(successors: readonly (readonly number[])[]): readonly number[] | undefined {
  const UNSEEN = 0;
  const OPEN = 1;
  const DONE = 2;
  const mark = new Uint8Array(successors.length);
  for (let root = 0; root < successors.length; root++) {
    if (mark[root] !== UNSEEN) continue;
    const path: { node: number; next: number }[] = [{ node: root, next: 0 }];
    mark[root] = OPEN;
    while (path.length > 0) {
      const top = path[path.length - 1]!;
      const child = successors[top.node]![top.next++];
      if (child === undefined) {
        mark[top.node] = DONE;
        path.pop();
      } else if (mark[child] === OPEN) {
        const start = path.findIndex((step) => step.node === child);
        return [...path.slice(start).map((step) => step.node), child];
      } else if (mark[child] === UNSEEN) {
        mark[child] = OPEN;
        path.push({ node: child, next: 0 });
      }
    }
  }
  return undefined;
}
