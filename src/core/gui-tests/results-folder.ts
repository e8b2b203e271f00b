import fs from 'node:fs';
import path from 'node:path';
import { UserError } from '../base/user-error.ts';
import type { EnginePort } from '../engine/engine-port.ts';
import { taskId, type TaskId } from '../model/ids.ts';

/** Runs that have ended whose screenshots and reports are kept. */
const KEPT = 20;
/** Where they are, below the state folder. */
const ALL = 'gui-tests';
/** In a folder: the number of the task that it is for. */
const TASK = '.task';
const MOST_FILES = 5000;
/** A report is held in memory with all that it says. */
const MOST_REPORT = 64 * 2 ** 20;

/** A new folder for what a run makes, below the state folder. */
export async function newResultsFolder(home: string): Promise<string> {
  const all = path.join(home, ALL);
  await fs.promises.mkdir(all, { recursive: true, mode: 0o700 });
  return fs.promises.mkdtemp(path.join(all, 'run-'));
}

/** From now on the folder is spared until this task has finished. */
export async function noteTask(folder: string, task: TaskId): Promise<void> {
  await fs.promises.writeFile(path.join(folder, TASK), String(task));
}

/** Removes all folders but those of the runs that ended last, in whatever window, and of those that have not ended. */
export async function sweepResults(home: string, engine: Pick<EnginePort, 'views'>): Promise<void> {
  const all = path.join(home, ALL);
  const folders = await Promise.all((await fs.promises.readdir(all)).map((name) => readFolder(path.join(all, name))));
  const views = await engine.views(folders.flatMap(({ task }) => task ?? []));
  const states = new Map(views.map(({ task: { id, state } }) => [id, state]));
  const endOf = ({ task, at }: KeptFolder): number => {
    const state = task === undefined ? undefined : states.get(task);
    if (state === undefined) return at;
    return state.status === 'finished' ? state.finishedAt : Infinity;
  };
  const ended = folders.map((each) => ({ folder: each.folder, at: endOf(each) })).filter(({ at }) => at !== Infinity);
  for (const { folder } of ended.sort((a, b) => b.at - a.at).slice(KEPT)) await fs.promises.rm(folder, { recursive: true, force: true });
}

interface KeptFolder {
  readonly folder: string;
  readonly task: TaskId | undefined;
  /** When something was last put into it. */
  readonly at: number;
}

async function readFolder(folder: string): Promise<KeptFolder> {
  const [stats, text] = await Promise.all([fs.promises.stat(folder).catch(() => undefined), fs.promises.readFile(path.join(folder, TASK), 'utf8').catch(() => '')]);
  const id = Number(text);
  return { folder, task: id > 0 ? taskId(id) : undefined, at: stats?.mtimeMs ?? 0 };
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
