import path from 'node:path';
import { escapePattern } from '../base/escape-pattern.ts';
import type { JunitCase } from './parse-junit.ts';

/** Where a test stands. Lines are counted from 0. */
export interface TestPlace {
  /** Absolute. */
  readonly file: string;
  readonly line: number | undefined;
  /** Where in its file it failed. */
  readonly failedAt: number | undefined;
}

/** Files that tests may stand in, by their absolute paths. */
export interface TestFiles {
  readonly known: readonly string[];
  has(file: string): boolean;
}

/**
 * The place of a test in one of these files. Runners name a file in full, from where they were started, or
 * from a folder that only their configuration knows; then the one that ends like it is meant, if there is only one.
 */
export function placeOf(test: Pick<JunitCase, 'file' | 'group' | 'line' | 'details'>, cwd: string, files: TestFiles): TestPlace | undefined {
  const file = [test.file, test.group].map((name) => (name === undefined || name === '' ? undefined : fileNamed(name, cwd, files))).find((found) => found !== undefined);
  if (file === undefined) return undefined;
  const name = escapePattern(path.basename(file));
  const linesAt = (pattern: string): readonly number[] => [...test.details.matchAll(new RegExp(pattern, 'gm'))].map(([, line]) => Number(line) - 1);
  // Playwright heads a failure with the place of the test. Stacks of JavaScript lead from the failure outwards, those of Python to it.
  const line = test.line ?? linesAt(`› (?:\\S*[\\\\/])?${name}:(\\d+):\\d+ › `)[0];
  const failedAt = linesAt(`^ *at .*\\b${name}:(\\d+):\\d+`)[0] ?? linesAt(`^(?:\\S*[\\\\/])?${name}:(\\d+): `).at(-1) ?? linesAt(`^ *File ".*\\b${name}", line (\\d+)`).at(-1);
  return { file, line, failedAt };
}

function fileNamed(name: string, cwd: string, files: TestFiles): string | undefined {
  const direct = path.resolve(cwd, name);
  if (files.has(direct)) return direct;
  const end = `${path.sep}${path.normalize(name)}`;
  const alike = files.known.filter((file) => file.startsWith(`${cwd}${path.sep}`) && file.endsWith(end));
  return alike.length === 1 ? alike[0] : undefined;
}
