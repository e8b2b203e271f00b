import { classEnd } from './glob-syntax.ts';

/** More alternatives than this are a mistake, or an attack. */
export const MOST_ALTERNATIVES = 64;

/** All that `{a,b}` in a glob stands for, braces inside braces too; `undefined` when they are more than `MOST_ALTERNATIVES`. */
export function expandBraces(glob: string): readonly string[] | undefined {
  const group = firstGroup(glob);
  if (group === undefined) return [glob];
  const head = glob.slice(0, group.begin);
  const tails = expandBraces(glob.slice(group.end));
  if (tails === undefined) return undefined;
  const all = new Set<string>();
  for (const part of group.parts) {
    const middles = expandBraces(part);
    if (middles === undefined) return undefined;
    for (const middle of middles) for (const tail of tails) all.add(head + middle + tail);
    if (all.size > MOST_ALTERNATIVES) return undefined;
  }
  return [...all];
}

export interface BraceGroup {
  /** Index of its `{`. */
  readonly begin: number;
  /** Index behind its `}`. */
  readonly end: number;
  readonly parts: readonly string[];
}

/** The first group outside of others. Braces that are not closed, or without a comma, are plain characters. */
export function firstGroup(glob: string): BraceGroup | undefined {
  const open: { readonly begin: number; readonly commas: number[] }[] = [];
  let found: BraceGroup | undefined;
  for (let at = 0; at < glob.length; at++) {
    const sign = glob[at];
    if (sign === '[') at = (classEnd(glob, at) ?? at + 1) - 1;
    else if (sign === '{') open.push({ begin: at, commas: [] });
    else if (sign === ',') open.at(-1)?.commas.push(at);
    else if (sign === '}') {
      const group = open.pop();
      if (group === undefined || group.commas.length === 0) continue;
      const cuts = [group.begin, ...group.commas, at];
      if (found === undefined || group.begin < found.begin) found = { begin: group.begin, end: at + 1, parts: cuts.slice(1).map((cut, index) => glob.slice(cuts[index]! + 1, cut)) };
    }
  }
  return found;
}
