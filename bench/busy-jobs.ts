import fs from 'node:fs';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('processes/busy.mjs', import.meta.url));

/** A job that keeps a core busy for so many seconds of CPU time, and notes in `diary` when it began and ended. */
export function busyArgv(seconds: number, diary: string): readonly string[] {
  return [process.execPath, PROGRAM, String(seconds), diary];
}

/** How many jobs, by their own notes, were at work at one moment; and how many came to their end. */
export function readDiary(diary: string): { readonly mostAtOnce: number; readonly ended: number } {
  const lines = fs.readFileSync(diary, 'utf8').trimEnd().split('\n').map((line) => line.split(' '));
  let [atWork, mostAtOnce] = [0, 0];
  for (const [, event] of lines.sort((a, b) => Number(a[2]) - Number(b[2]))) {
    atWork += event === 'begin' ? 1 : -1;
    mostAtOnce = Math.max(mostAtOnce, atWork);
  }
  return { mostAtOnce, ended: lines.filter(([, event]) => event === 'end').length };
}
