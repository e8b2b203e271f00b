import fs from 'node:fs';
import path from 'node:path';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { claimsOverlap } from '../../locks/claims-overlap.ts';
import { globMatches } from '../../locks/glob-overlap.ts';
import { pathKey } from '../../locks/path-key.ts';
import { holderOfTask, taskOfHolder, type RunId, type TaskId } from '../../model/ids.ts';
import type { FileConflict } from '../../model/files/run-files.ts';
import { isInside } from '../../spec/paths.ts';
import type { StoredRun } from '../../store/run-table.ts';
import type { Store } from '../../store/store.ts';
import type { StoredTask } from '../../store/task-row.ts';

/** Folders that tools write beside the work proper. */
const BESIDE = /(?:^|[\\/])(?:\.git|\.hg|\.svn|__pycache__|node_modules|\.venv|\.ipynb_checkpoints|\.(?:pytest|mypy|ruff)_cache)(?:[\\/]|$)|\.pyc$/;
/** Files that one run's record names; a run that writes more says nothing new. */
const MOST_NAMED = 50;
/** A change is told a little after it happened: runs that ended just now come into question as well. */
const LATELY_MS = 3000;
const LATELY_MOST = 20;
/** Times of files are coarser than the clock, by a tick of the kernel's timer. */
const SLACK_MS = 10;
/** With more runs that may have done it, a guess says nothing. */
const MOST_SUSPECTS = 3;

interface UndeclaredWritesPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Folder of the agents' outputs, relative to the workspace: everybody's to write. */
  readonly agentOutputs: string;
}

/** A file with its identity, looked up before the store is held. */
interface Written {
  readonly path: string;
  readonly key: string;
}

/** Finds the files that runs write without a claim on them, and the locks of others that they disregard. */
export class UndeclaredWrites {
  private readonly ports: UndeclaredWritesPorts;

  constructor(ports: UndeclaredWritesPorts) {
    this.ports = ports;
  }

  /** A run has these files open for writing. Returns what is to be written down, inside a transaction; `undefined` when nothing is. */
  seen(task: StoredTask, run: RunId, files: readonly string[]): (() => void) | undefined {
    if (isGuarded(task)) return undefined;
    const news = this.undeclared(task, run, files);
    return news.length === 0 ? undefined : () => this.record(run, news, false);
  }

  /** The latest run of a task was seen to write these files. True when it had no claim on some of them. */
  wrote(id: TaskId, files: readonly string[]): boolean {
    const { store } = this.ports;
    const task = store.tasks.get(id);
    const run = store.runs.latestOf(id);
    const news = task === undefined || run === undefined ? [] : this.undeclared(task, run.id, files);
    if (news.length === 0) return false;
    store.write(() => this.record(run!.id, news, false));
    return true;
  }

  /** These files changed, and nobody saw who wrote them. Runs that may have are marked with a guess. True when there are any. */
  changed(files: readonly string[]): boolean {
    const { store } = this.ports;
    const lately = this.lately();
    const guesses = files.flatMap((file) => {
      const changedAt = modifiedAt(file);
      if (changedAt === undefined) return [];
      const written = { path: file, key: pathKey(file) };
      const there = lately.filter(({ run }) => isWithin(changedAt, run));
      // It is told of late: who had it to himself then may have given it back since.
      if (this.isAnothersToWrite(written.key) || there.some(({ task }) => this.isClaimed(task, written.key))) return [];
      const mayBe = there.filter(({ task, run, isRecent }) => isRecent && !isGuarded(task) && this.concerns(task, file) && !this.isKnown(run.id, file, true));
      return mayBe.length > MOST_SUSPECTS ? [] : mayBe.map(({ run }) => ({ run: run.id, written }));
    });
    if (guesses.length === 0) return false;
    store.write(() => guesses.forEach(({ run, written }) => this.record(run, [written], true)));
    return true;
  }

  private undeclared(task: StoredTask, run: RunId, files: readonly string[]): readonly Written[] {
    const written = files.filter((file) => this.concerns(task, file)).map((file) => ({ path: file, key: pathKey(file) }));
    return written.filter(({ path: file, key }) => !this.isKnown(run, file, false) && !this.isClaimed(task, key));
  }

  /** Runs that go on, and the latest that ended; recent ones may still be suspected. */
  private lately(): { readonly task: StoredTask; readonly run: StoredRun; readonly isRecent: boolean }[] {
    const { store, clock } = this.ports;
    const since = clock.now() - LATELY_MS;
    const ended = store.tasks
      .page('finished', store.workspacesUnder([]), 0, LATELY_MOST)
      .flatMap((task) => (task.state.status === 'finished' ? (store.runs.latestOf(task.id) ?? []) : []));
    return [...store.runs.active(), ...ended].flatMap((run) => {
      const task = store.tasks.get(run.task);
      const isRecent = task?.state.status !== 'finished' || task.state.finishedAt > since;
      return task === undefined || run.startedAt === undefined ? [] : [{ task, run, isRecent }];
    });
  }

  /** Whether it is a file that tasks of this workspace are expected to claim. */
  private concerns(task: StoredTask, file: string): boolean {
    if (!isInside(file, task.workspace) || BESIDE.test(path.relative(task.workspace, file))) return false;
    if (isInside(file, path.join(task.workspace, this.ports.agentOutputs))) return false;
    const below = path.relative(task.spec.cwd, file).replaceAll(path.sep, '/');
    return !task.spec.artifacts.some((pattern) => globMatches(pattern, below) || globMatches(`${pattern}/**`, below));
  }

  private isClaimed(task: StoredTask, key: string): boolean {
    return this.ports.store.claims.of(task.id).some((claim) => claim.mode === 'write' && claimsOverlap(claim, { key, glob: '' }));
  }

  /** Somebody holds it for writing: the change is his. */
  private isAnothersToWrite(key: string): boolean {
    return this.ports.store.claims.locksTouching([key]).some((lock) => lock.mode === 'write' && claimsOverlap(lock, { key, glob: '' }));
  }

  private isKnown(run: RunId, file: string, guess: boolean): boolean {
    const known = this.ports.store.runs.get(run)?.undeclared.find((write) => write.path === file);
    return known !== undefined && (guess || !known.guess);
  }

  private record(id: RunId, files: readonly Written[], guess: boolean): void {
    const { store, clock, log } = this.ports;
    const run = store.runs.get(id);
    const task = run === undefined ? undefined : store.tasks.get(run.task);
    if (run === undefined || task === undefined) return;
    const at = clock.now();
    let { undeclared, conflicts } = run;
    for (const { path: file, key } of files) {
      if (undeclared.length >= MOST_NAMED) break;
      undeclared = [...undeclared.filter((write) => write.path !== file), { path: file, at, guess }];
      log.write('warn', `#${task.id} ${task.spec.name}: wrote ${file} without a claim${guess ? ' (a guess: the file changed while it ran)' : ''}`);
      for (const other of this.holdersOf(key, task)) {
        conflicts = withConflict(conflicts, { path: file, at, guess, task: other.task.id, name: other.task.spec.name, held: false });
        store.runs.setFiles(other.run.id, other.run.undeclared, withConflict(other.run.conflicts, { path: file, at, guess, task: task.id, name: task.spec.name, held: true }));
        store.tasks.touch(other.task.id);
        log.write('warn', `#${task.id} ${task.spec.name} and #${other.task.id} ${other.task.spec.name}: conflict at ${file}, which the latter holds`);
      }
    }
    store.runs.setFiles(id, undeclared, conflicts);
    store.tasks.touch(task.id);
  }

  private holdersOf(key: string, task: StoredTask): { readonly task: StoredTask; readonly run: StoredRun }[] {
    const { store } = this.ports;
    return store.claims.locksTouching([key]).flatMap((lock) => {
      const id = taskOfHolder(lock.holder);
      if (id === undefined || lock.holder === holderOfTask(task.id) || !claimsOverlap(lock, { key, glob: '' })) return [];
      const other = store.tasks.get(id);
      const run = store.runs.latestOf(id);
      return other === undefined || run === undefined ? [] : [{ task: other, run }];
    });
  }
}

/** Agents ask for each file when they write it, and what they write without asking their runner tells. */
function isGuarded({ spec }: StoredTask): boolean {
  return spec.work.kind === 'prompt';
}

function withConflict(conflicts: readonly FileConflict[], conflict: FileConflict): readonly FileConflict[] {
  return [...conflicts.filter(({ path: file, task }) => file !== conflict.path || task !== conflict.task), conflict].slice(-MOST_NAMED);
}

function isWithin(at: number, { startedAt, endedAt }: StoredRun): boolean {
  return startedAt !== undefined && at >= startedAt - SLACK_MS && at <= (endedAt ?? Number.POSITIVE_INFINITY) + SLACK_MS;
}

/** `undefined` for what is not there, or is no file. */
function modifiedAt(file: string): number | undefined {
  const stats = fs.statSync(file, { throwIfNoEntry: false });
  return stats?.isFile() === true ? stats.mtimeMs : undefined;
}
