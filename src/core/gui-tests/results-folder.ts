import fs from 'node:fs';
import path from 'node:path';
import { UserError } from '../base/user-error.ts';

/** Runs whose screenshots and reports are kept. */
const KEPT = 20;
const MOST_FILES = 5000;
/** A report is held in memory with all that it says. */
const MOST_REPORT = 64 * 2 ** 20;

/** A new folder for what a run makes, below the state folder; all but the latest others are removed. */
export async function newResultsFolder(home: string): Promise<string> {
  const all = path.join(home, 'gui-tests');
  await fs.promises.mkdir(all, { recursive: true, mode: 0o700 });
  const others = await Promise.all((await fs.promises.readdir(all)).map(async (name) => ({ name, at: (await fs.promises.stat(path.join(all, name)).catch(() => undefined))?.mtimeMs ?? 0 })));
  for (const { name } of others.sort((a, b) => b.at - a.at).slice(KEPT - 1)) await fs.promises.rm(path.join(all, name), { recursive: true, force: true });
  return fs.promises.mkdtemp(path.join(all, 'run-'));
}

/** Files of a results folder, relative to it; the first few thousand. */
export async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await fs.promises.readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).slice(0, MOST_FILES).map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}

/**
 * The text of a report that was written since `before` was taken of it; `undefined` when it was not.
 * @throws UserError when it is too large.
 */
export async function freshReport(file: string, before: string | undefined): Promise<string | undefined> {
  if ((await reportMark(file)) === before) return undefined;
  const { size } = await fs.promises.stat(file);
  if (size > MOST_REPORT) throw new UserError(`The JUnit report ${file} is too large (${size} bytes, at most ${MOST_REPORT});`, 'have the tests print less, or leave what they print out of it.');
  return fs.promises.readFile(file, 'utf8');
}

/** Tells one writing of a report from another; `undefined` while there is none. */
export async function reportMark(file: string): Promise<string | undefined> {
  const stats = await fs.promises.stat(file, { bigint: true }).catch(() => undefined);
  return stats === undefined ? undefined : `${stats.ino} ${stats.size} ${stats.mtimeNs}`;
}
