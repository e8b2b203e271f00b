import { kindOf } from './finding-kind.ts';
import type { Finding, Place } from './finding.ts';
import { isSilenced, noqaLine } from './noqa.ts';
import type { PythonLine } from './python-line.ts';

interface Rule {
  readonly code: string;
  readonly pattern: RegExp;
  readonly onlyInLoops: boolean;
  readonly message: string;
}

/** What costs time in simulations and analyses and what ruff has no rule for. Patterns are for code without strings. */
const RULES: readonly Rule[] = [
  {
    code: 'PW101',
    pattern: /\.iterrows\(\s*\)/,
    onlyInLoops: false,
    message: '`iterrows()` makes a Series of every row: work on whole columns, or use `itertuples()`',
  },
  {
    code: 'PW102',
    pattern: /\b(?<grown>\w+)\s*=\s*(?:(?:np|numpy)\.(?:append|concatenate|vstack|hstack|column_stack)|(?:pd|pandas)\.concat)\(\s*[[(]?\s*\k<grown>\b(?!\s*[.([])/,
    onlyInLoops: true,
    message: 'All of it is copied in every turn of the loop: gather the parts in a list and join them once, after the loop',
  },
  {
    code: 'PW103',
    pattern: /(?<!\bsys\.path)\.(?:pop\(\s*0\s*\)|insert\(\s*0\s*,)/,
    onlyInLoops: true,
    message: 'Every element of the list moves in every turn of the loop: use `collections.deque`, with `popleft()` and `appendleft()`',
  },
];

/** A reason to look closer, found without splitting the text: most scripts have none. */
const SUSPECT = /\.iterrows\(|\b(?:np|numpy)\.(?:append|concatenate|[vh]stack|column_stack)\(|\b(?:pd|pandas)\.concat\(|\.(?:pop|insert)\(\s*0/;

export function mayBeSlow(text: string): boolean {
  return SUSPECT.test(text);
}

/** Findings of the rules above that no comment silences. */
export function slowPlaces(lines: readonly PythonLine[]): readonly Finding[] {
  const findings: Finding[] = [];
  const blocks: { readonly indent: number; readonly isLoop: boolean }[] = [];
  for (let first = 0; first < lines.length; ) {
    const last = statementEnd(lines, first);
    const text = lines.slice(first, last + 1).map(({ code }) => code).join('\n');
    const indent = text.search(/\S/);
    if (indent >= 0) {
      while (blocks.length > 0 && blocks.at(-1)!.indent >= indent) blocks.pop();
      const isInLoop = blocks.at(-1)?.isLoop ?? false;
      findings.push(...RULES.flatMap((rule) => (rule.onlyInLoops && !isInLoop ? [] : found(rule, text, first, lines))));
      const block = blockOf(text.trimStart());
      // What a function's body does is not done in the loop around it; what an `if` holds is.
      if (block !== undefined) blocks.push({ indent, isLoop: block === 'loop' || (block === 'other' && isInLoop) });
    }
    first = last + 1;
  }
  return findings;
}

function statementEnd(lines: readonly PythonLine[], first: number): number {
  let last = first;
  while (last < lines.length - 1 && lines[last]!.continues !== undefined) last++;
  return last;
}

function blockOf(statement: string): 'loop' | 'function' | 'other' | undefined {
  if (!/:\s*$/.test(statement)) return undefined;
  if (/^(?:async\s+)?(?:for|while)\b/.test(statement)) return 'loop';
  return /^(?:async\s+)?(?:def|class)\b/.test(statement) ? 'function' : 'other';
}

function found({ code, pattern, message }: Rule, text: string, first: number, lines: readonly PythonLine[]): Finding[] {
  return [...text.matchAll(new RegExp(pattern, 'g'))].flatMap((match) => {
    const from = placeOf(text, match.index, first);
    const line = noqaLine(lines, from.line);
    return isSilenced(lines, line, code) ? [] : [{ code, kind: kindOf(code), message, span: { from, to: placeOf(text, match.index + match[0].length, first) }, ...(line !== undefined && { noqaLine: line }) }];
  });
}

function placeOf(text: string, offset: number, first: number): Place {
  const before = text.slice(0, offset).split('\n');
  return { line: first + before.length - 1, character: before.at(-1)!.length };
}
