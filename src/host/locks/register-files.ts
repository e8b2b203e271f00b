import * as vscode from 'vscode';
import type { Event } from '../../core/base/emitter.ts';
import { FilesInUse } from '../../views/files/files-in-use.ts';
import { LockDecorations } from '../../views/files/lock-decorations.ts';
import { LockStatus } from '../../views/files/lock-status.ts';
import type { CommandParts } from '../commands/command-parts.ts';
import { registerCommandsOnUse } from '../commands/register-commands.ts';
import { COMMANDS } from '../ids.ts';
import type { WindowParts } from '../window-parts.ts';
import { AwaitedFiles } from './awaited-files.ts';
import { LockContexts } from './lock-contexts.ts';
import type { LockWatch } from './lock-watch.ts';
import { tellFree } from './tell-free.ts';

interface FileParts extends WindowParts, Pick<CommandParts, 'tree'> {
  readonly locks: LockWatch;
  readonly onDidReopen: Event<void>;
}

/** Files in use: their view, badges and status, and the wait for those that others have. */
export function registerFiles(parts: FileParts): vscode.Disposable {
  const { engine, live, roots, locks, memory, clock, log, onDidReopen, onError } = parts;
  const awaited = new AwaitedFiles({ watch: locks, engine, memory, tell: (files) => void tellFree(files), onError });
  const files = new FilesInUse({ watch: locks, engine, roots, awaited, clock, onError });
  const showsLocks = (): boolean => live.now.editorLocking !== 'off';
  const decorations = new LockDecorations(locks, clock, showsLocks);
  const status = new LockStatus(locks, clock, showsLocks);
  return vscode.Disposable.from(
    awaited,
    files,
    new LockContexts(locks, awaited),
    decorations,
    status,
    onDidReopen(() => files.reload()),
    live.onDidChange(() => {
      decorations.settingsChanged();
      status.settingsChanged();
    }),
    registerCommandsOnUse(
      [
        COMMANDS.showHolder,
        COMMANDS.notifyWhenFree,
        COMMANDS.cancelNotifyWhenFree,
        COMMANDS.releaseLock,
        COMMANDS.copyFilePath,
        COMMANDS.claimNextTime,
      ],
      async () => (await import('./lock-commands.ts')).lockCommands({ ...parts, awaited }),
      log,
    ),
  );
}
