import * as vscode from 'vscode';
import type { Clock } from '../../core/base/clock.ts';
import type { Disposable } from '../../core/base/disposable.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import type { LockWatch } from '../locks/lock-watch.ts';
import type { TaskWatch } from '../tasks/task-watch.ts';
import { DiskChanges } from './disk-changes.ts';

/** What a task wrote last is told by the disk some time after the task has ended. */
const LATE_MS = 3000;

interface Parts {
  readonly engine: Pick<EnginePort, 'noteChanged'>;
  readonly watch: Pick<TaskWatch, 'inHand' | 'onDidFinish'>;
  readonly locks: Pick<LockWatch, 'uses' | 'onDidChange'>;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

/** Tells the engine which files of the workspace folders change on the disk while tasks run, unless editors save them. */
export function watchDisk({ engine, watch, locks, clock, onError }: Parts): Disposable {
  const { workspace } = vscode;
  let endedAt = -Infinity;
  const changes = new DiskChanges(engine, () => watch.inHand.length > 0 || clock.now() - endedAt < LATE_MS, clock, onError);
  const watcher = workspace.createFileSystemWatcher('**/*');
  let edited: ReadonlySet<string> = new Set();
  const note = (uri: vscode.Uri): void => {
    if (uri.scheme !== 'file' || workspace.getWorkspaceFolder(uri) === undefined) return;
    if (edited.has(uri.fsPath)) changes.noteSaved(uri.fsPath);
    changes.note(uri.fsPath);
  };
  const noteSaved = (uri: vscode.Uri): void => changes.noteSaved(uri.fsPath);
  return vscode.Disposable.from(
    changes,
    watcher,
    watcher.onDidCreate(note),
    watcher.onDidChange(note),
    watch.onDidFinish(() => (endedAt = clock.now())),
    // Other windows save what they have unsaved.
    locks.onDidChange(() => {
      const now = new Set(locks.uses.filter(({ holders }) => holders.some(({ holder }) => holder.type === 'editor')).map(({ path }) => path));
      for (const file of edited) if (!now.has(file)) changes.noteSaved(file);
      edited = now;
    }),
    workspace.onDidSaveTextDocument(({ uri }) => noteSaved(uri)),
    workspace.onDidSaveNotebookDocument(({ uri }) => noteSaved(uri)),
    workspace.onDidCreateFiles(({ files }) => files.forEach(noteSaved)),
    workspace.onDidRenameFiles(({ files }) => files.forEach(({ newUri }) => noteSaved(newUri))),
  );
}
