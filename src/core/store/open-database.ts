import fs from 'node:fs';
import path from 'node:path';
import { messageOf, UserError } from '../base/user-error.ts';
import { Database, suspicionOf, type Durability } from './database.ts';
import { BUSY_TIMEOUT_MS, DamageError, DiskFullError, inWords, isBusy, isDamage, isIoError } from './store-error.ts';
import { MIGRATIONS } from './migrations.ts';
import { storeFile } from './store-file.ts';

export interface Opened {
  readonly database: Database;
  /** Something a person should know about the store, such as a damaged file set aside. */
  readonly notice: string | undefined;
}

/** A store up to this size, which takes a few hundredths of a second, is read through whenever it is opened; a larger one only when somebody met damage in it. */
const READ_THROUGH_BYTES = 8 * 2 ** 20;

/** A store cannot be opened in less. */
const LEAST_ROOM_BYTES = 64 * 2 ** 10;
/** Between two attempts to open a store that somebody else has to itself. */
const AGAIN_MS = 10;

/**
 * Opens the store of a state folder, creates or migrates it. A file that SQLite calls damaged is set aside, never deleted.
 * @throws UserError when the folder cannot be used or the store is of a newer version.
 */
export function openDatabase(home: string, durability: Durability, now: number): Opened {
  prepareFolder(home);
  const file = storeFile(home);
  const inode = inodeOf(file);
  try {
    return { database: openInTurn(file, durability), notice: undefined };
  } catch (error) {
    if (!isDamage(error)) throw asUserError(error, home);
    const aside = setAside(file, inode, now);
    const notice = aside === undefined
      ? undefined
      : `The store ${file} was damaged (${messageOf(error)}). It was set aside as ${aside}; the queue starts empty. Logs of earlier runs are still in ${path.join(home, 'runs')}.`;
    return { database: openInTurn(file, durability), notice };
  }
}

function prepareFolder(home: string): void {
  try {
    for (const folder of ['runs', 'logs']) makeFolder(path.join(home, folder));
    if (process.platform !== 'win32') fs.chmodSync(home, 0o700);
    fs.accessSync(home, fs.constants.R_OK | fs.constants.W_OK);
  } catch (error) {
    throw asUserError(error, home);
  }
}

/** One level at a time: asked for all levels, Node tries for ever where a file system takes no folders. */
function makeFolder(folder: string): void {
  if (fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return;
  makeFolder(path.dirname(folder));
  try {
    fs.mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another engine may have been faster.
    if (!fs.existsSync(folder) || !fs.statSync(folder).isDirectory()) throw error;
  }
}

/**
 * SQLite does not wait by itself for who makes, recovers or leaves a store, all of which takes a moment:
 * https://www.sqlite.org/wal.html#sometimes_queries_return_sqlite_busy_in_wal_mode
 */
function openInTurn(file: string, durability: Durability): Database {
  const start = performance.now();
  for (;;) {
    try {
      return openChecked(file, durability);
    } catch (error) {
      if (!isBusy(error) || performance.now() - start > BUSY_TIMEOUT_MS) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, AGAIN_MS);
    }
  }
}

function openChecked(file: string, durability: Durability): Database {
  const database = new Database(file, durability);
  try {
    readThrough(database, file);
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Finds damage before anybody meets it in the middle of something. */
function readThrough(database: Database, file: string): void {
  const isSuspect = fs.existsSync(suspicionOf(file));
  if (!isSuspect && fs.statSync(file).size > READ_THROUGH_BYTES) return;
  const found = String(database.all('PRAGMA quick_check(1)')[0]?.quick_check);
  // Its first line may be a heading.
  if (found !== 'ok') throw new DamageError(found.split('\n').at(-1));
  if (isSuspect) fs.rmSync(suspicionOf(file), { force: true });
}

/** Takes the steps that are missing, all of them or none. */
export function migrate(database: Database, steps: readonly string[] = MIGRATIONS): void {
  const version = (): number => Number(database.get('PRAGMA user_version')!.user_version);
  if (version() === steps.length) return;
  database.transaction(() => {
    const from = version();
    if (from > steps.length) {
      throw new UserError(`The store is of version ${from}, newer than this program knows (${steps.length}).`, 'Update Parallel Workflow, or choose another state folder with PARALLEL_WORKFLOW_HOME.');
    }
    for (const step of steps.slice(from)) database.exec(step);
    database.exec(`PRAGMA user_version = ${steps.length}`);
  });
}

/** Renames the file with its companions, unless another process has already put a new one in its place. */
function setAside(file: string, inode: number | undefined, now: number): string | undefined {
  if (inode === undefined || inodeOf(file) !== inode) return undefined;
  const aside = `${file}.damaged-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}`;
  for (const suffix of ['-wal', '-shm', '']) {
    if (fs.existsSync(file + suffix)) fs.renameSync(file + suffix, aside + suffix);
  }
  fs.rmSync(suspicionOf(file), { force: true });
  return aside;
}

function inodeOf(file: string): number | undefined {
  return fs.statSync(file, { throwIfNoEntry: false })?.ino;
}

function asUserError(error: unknown, home: string): unknown {
  if (isIoError(error) && isDiskFull(home)) return new DiskFullError(`the state folder ${home}`);
  const worded = inWords(error, isBusy(error) ? storeFile(home) : `the state folder ${home}`);
  if (worded instanceof UserError) return worded;
  return new UserError(`The state folder ${home} cannot be used: ${messageOf(error)}.`, 'Make it writable, or choose another folder with PARALLEL_WORKFLOW_HOME.');
}

function isDiskFull(folder: string): boolean {
  try {
    const { bavail, bsize } = fs.statfsSync(folder);
    return bavail * bsize < LEAST_ROOM_BYTES;
  } catch {
    return false;
  }
}
