import { SYNTAX, type FindingKind } from './finding.ts';

/** The first that fits decides. */
const KINDS: readonly (readonly [FindingKind, RegExp])[] = [
  ['error', /^(?:E9|F5[02]|F6[23]|F70|F82[1-3]|F83|PLE)/],
  ['performance', /^(?:PERF|PW|ASYNC2|B019$|C41[13459]$|FURB129$|RUF01[57]$)/],
  ['complexity', /^C901$/],
  ['warning', /^E722$/],
  ['style', /^(?:E|C4|F401$|F54|B00[79]$|B010$|B028$)/],
];

/** What a rule of the selection is about, from its code. */
export function kindOf(code: string): FindingKind {
  if (code === SYNTAX) return 'error';
  return KINDS.find(([, pattern]) => pattern.test(code))?.[0] ?? 'warning';
}
