import path from 'node:path';
import type { TaskView } from '../../engine/engine-port.ts';
import { globMatches } from '../../locks/glob-overlap.ts';
import type { Claim } from '../../model/files/claim.ts';
import type { Run } from '../../model/run.ts';
import type { FileConflict, UndeclaredWrite } from '../../model/files/run-files.ts';
import { isInside } from '../../spec/paths.ts';
import { filePlace } from '../format/file-place.ts';
import { oneLine, shortLabel } from '../format/one-line.ts';

/** A conflict from the side of the run in whose record it stands: `data.json, which “Report” held`. */
export function describeConflict({ path: file, name, held, guess }: FileConflict, workspace: string): string {
  const other = `“${shortLabel(name)}”`;
  return `${oneLine(filePlace(file, [workspace]))}, ${held ? `written by ${other} meanwhile` : `which ${other} held`}${guess ? ' (guess)' : ''}`;
}

/** `out.csv`, or `out.csv (guess)`. */
export function describeUndeclared({ path: file, guess }: UndeclaredWrite, workspace: string): string {
  return `${oneLine(filePlace(file, [workspace]))}${guess ? ' (guess)' : ''}`;
}

/** In few words, for a row: `conflict: data.json`, `conflicts: data.json and 2 more`. */
export function conflictMark(run: Pick<Run, 'conflicts'> | undefined): string | undefined {
  const files = [...new Set(run?.conflicts.map((conflict) => conflict.path))];
  const [first] = files;
  if (first === undefined) return undefined;
  const name = shortLabel(path.basename(first), 28);
  return files.length === 1 ? `conflict: ${name}` : `conflicts: ${name} and ${files.length - 1} more`;
}

/** Files that the latest run wrote without a claim and that no claim of the task covers by now. */
export function unclaimedWrites({ task, run }: Pick<TaskView, 'task' | 'run'>): readonly UndeclaredWrite[] {
  return run?.undeclared.filter((write) => !task.spec.files.some((claim) => covers(claim, write.path))) ?? [];
}

function covers({ path: start, mode, glob = '' }: Claim, file: string): boolean {
  if (mode !== 'write' || !isInside(file, start)) return false;
  return glob === '' || globMatches(glob, path.relative(start, file).replaceAll(path.sep, '/'));
}
