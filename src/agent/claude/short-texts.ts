import path from 'node:path';
import type { ContentBlock, ToolInput } from './messages.ts';

const LONGEST_ABOUT = 200;

/** What a tool call is about, in a line. */
export function aboutCall(input: ToolInput, folder: string): string {
  const file = ['file_path', 'notebook_path', 'path'].map((name) => input[name]).find((value) => typeof value === 'string');
  if (file !== undefined) return nameOf(file, folder);
  const text = ['command', 'pattern', 'query', 'url', 'description', 'prompt', 'skill'].map((name) => input[name]).find((value) => typeof value === 'string');
  return (text ?? '').split('\n')[0]!.slice(0, LONGEST_ABOUT);
}

/** A file as people of this folder call it. */
function nameOf(file: string, folder: string): string {
  const relative = path.relative(folder, file);
  return relative === '' || relative.startsWith('..') ? file : relative;
}

/** What a tool gave back, as text. */
export function resultText({ content }: ContentBlock): string {
  return typeof content === 'string' ? content : (content ?? []).map(({ text }) => text ?? '').join('\n');
}

/** The lines of a diff that say what changed, without its headers. */
export function diffLines(diff: string): string {
  return diff
    .split('\n')
    .filter((line) => !/^(?:diff --git |index |--- |\+\+\+ |@@ |\\ No newline)/.test(line))
    .join('\n')
    .trimEnd();
}
