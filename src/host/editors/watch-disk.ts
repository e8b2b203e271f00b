import * as vscode from 'vscode';
import type { Clock } from '../../core/base/clock.ts';
import type { Disposable } from '../../core/base/disposable.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import type { TaskWatch } from '../tasks/task-watch.ts';
import { DiskChanges } from './disk-changes.ts';

/** What a task wrote last is told by the disk some time after the task has ended. */
const LATE_MS = 3000;

/** Tells the engine which files of the workspace folders change on the disk while tasks run. */
export function watchDisk(engine: Pick<EnginePort, 'noteChanged'>, watch: Pick<TaskWatch, 'inHand' | 'onDidFinish'>, clock: Clock, onError: (error: unknown) => void): Disposable {
  let endedAt = -Infinity;
  const changes = new DiskChanges(engine, () => watch.inHand.length > 0 || clock.now() - endedAt < LATE_MS, clock, onError);
  const watcher = vscode.workspace.createFileSystemWatcher('**/*');
  const note = (uri: vscode.Uri): void => {
    if (uri.scheme === 'file' && vscode.workspace.getWorkspaceFolder(uri) !== undefined) changes.note(uri.fsPath);
  };
  return vscode.Disposable.from(
    changes,
    watcher,
    watcher.onDidCreate(note),
    watcher.onDidChange(note),
    watch.onDidFinish(() => (endedAt = clock.now())),
    vscode.workspace.onDidSaveTextDocument(({ uri }) => changes.noteSaved(uri.fsPath)),
    vscode.workspace.onDidSaveNotebookDocument(({ uri }) => changes.noteSaved(uri.fsPath)),
    vscode.workspace.onDidCreateFiles(({ files }) => files.forEach(({ fsPath }) => changes.noteSaved(fsPath))),
    vscode.workspace.onDidRenameFiles(({ files }) => files.forEach(({ newUri }) => changes.noteSaved(newUri.fsPath))),
  );
}
