import path from 'node:path';
import * as vscode from 'vscode';
import type { CommandParts } from '../commands/command-parts.ts';
import { registerCommands, registerCommandsOnUse } from '../commands/register-commands.ts';
import { COMMANDS } from '../ids.ts';
import type { LockWatch } from '../locks/lock-watch.ts';
import type { TaskWatch } from '../tasks/task-watch.ts';
import type { WindowParts } from '../window-parts.ts';
import { AgentEdits } from './agent-edits.ts';
import { DiskCopies } from './disk-copies.ts';
import type { StampMemory } from './disk-stamps.ts';
import { EditorLocks } from './editor-locks.ts';
import type { StateMemory } from './read-only-editors.ts';
import { UnsavedDocuments } from './unsaved-documents.ts';
import { UnsavedReport } from './unsaved-report.ts';
import { watchDisk } from './watch-disk.ts';

interface EditorParts extends WindowParts, Pick<CommandParts, 'tree'> {
  readonly locks: LockWatch;
  readonly watch: TaskWatch;
  /** Where this workspace's files of ours are kept, else those of all. */
  readonly storage: vscode.Uri;
}

/** Ties locks to the editors of this window, until it is disposed of. */
export function registerEditors(parts: EditorParts): vscode.Disposable & { readonly editors: EditorLocks } {
  const { engine, locks, watch, live, storage, memory, clock, log, onError } = parts;
  const mode = (): typeof live.now.editorLocking => live.now.editorLocking;
  const unsaved = new UnsavedDocuments();
  const report = new UnsavedReport(engine, onError);
  const edits = new AgentEdits();
  const tell = (): void => report.set(mode() === 'enforce' ? unsaved.files.filter((file) => !edits.has(file)) : []);
  // Heard first: a task must not get ahead of the first key.
  const told = vscode.Disposable.from(unsaved.onDidChange(tell), edits.onDidEnd(tell));
  const copies = new DiskCopies(path.join(storage.fsPath, 'overwritten'), clock);
  copies.clean().catch(onError);
  const editors = new EditorLocks({
    locks,
    unsaved,
    mode,
    copies,
    edits,
    stampMemory: stampMemory(memory),
    readOnlyMemory: readOnlyMemory(memory),
    onError,
  });
  tell();
  const ties = vscode.Disposable.from(
    unsaved,
    told,
    editors,
    engine.onDidOpen(() => report.again()),
    live.onDidChange(() => {
      tell();
      editors.review();
    }),
    watchDisk({ engine, watch, locks, clock, onError }),
    registerCommands({ [COMMANDS.saveLocked]: (target) => editors.saveActive(target === 'all') }, log),
    registerCommandsOnUse(
      [COMMANDS.saveAndStart, COMMANDS.compareWithSaved, COMMANDS.startAnyway],
      async () => (await import('./blocked-task-commands.ts')).blockedTaskCommands({ ...parts, unsaved }),
      log,
    ),
  );
  return { editors, dispose: () => void ties.dispose() };
}

const STAMPS = 'editors.stamps';
const READ_ONLY = 'editors.readOnly';

function stampMemory(memento: vscode.Memento): StampMemory {
  return { read: () => memento.get(STAMPS, {}), write: (stamps) => void memento.update(STAMPS, stamps) };
}

/** What is read-only is so for the session; a reload of the window begins another. */
function readOnlyMemory(memento: vscode.Memento): StateMemory {
  const { sessionId } = vscode.env;
  const kept = memento.get<{ readonly sessionId: string; readonly keys: readonly string[] }>(READ_ONLY);
  return {
    read: () => (kept?.sessionId === sessionId ? kept.keys : []),
    write: (keys) => void memento.update(READ_ONLY, { sessionId, keys }),
  };
}
