import { createTwoFilesPatch } from 'diff';
import type { FileState } from './file-state.ts';

/** Two texts with more differing lines are not compared in full: it would take long, and nobody reads it. */
const MOST_EDITS = 4000;

/** What became of a file, as a unified diff that `git apply` takes; a line of words for what is no text. */
export function diffText(name: string, before: FileState, after: FileState): string {
  const [from, to] = [before.exists ? `a/${name}` : '/dev/null', after.exists ? `b/${name}` : '/dev/null'];
  const head = `diff --git a/${name} b/${name}\n`;
  if (before.text === undefined || after.text === undefined) return `${head}Binary files ${from} and ${to} differ\n`;
  const patch = createTwoFilesPatch(from, to, before.text, after.text, undefined, undefined, { context: 3, maxEditLength: MOST_EDITS, headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true } });
  return patch === undefined ? `${head}# ${from} and ${to} differ in too many lines to be shown\n` : `${head}${patch}`;
}
