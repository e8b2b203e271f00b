import path from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../core/base/user-error.ts';
import type { TaskView } from '../../core/engine/engine-port.ts';
import { pathKey } from '../../core/locks/path-key.ts';
import type { Claim } from '../../core/model/files/claim.ts';
import { oneLine } from '../../core/present/format/one-line.ts';
import type { CommandHandler, CommandParts, Commands } from '../commands/command-parts.ts';
import { complain } from '../commands/complain.ts';
import { targetTasks, type Wanted } from '../commands/target-tasks.ts';
import { COMMANDS } from '../ids.ts';
import { CoveringFiles } from '../locks/covering-files.ts';
import { requireTrust } from '../workspace-roots.ts';
import { compareWithDisk } from './compare-with-disk.ts';
import { saveDocument } from './save-document.ts';
import type { UnsavedDocuments } from './unsaved-documents.ts';

type Parts = Pick<CommandParts, 'engine' | 'tree' | 'clock'> & { readonly unsaved: UnsavedDocuments };

/** Commands about tasks that wait for unsaved changes. */
export function blockedTaskCommands(parts: Parts) {
  const { engine, unsaved } = parts;

  /** The documents here whose changes the task waits for. */
  const documents = async (view: TaskView): Promise<readonly vscode.Uri[]> => {
    const file = waitsFor(view);
    const claims = [...view.task.spec.files, { path: file, mode: 'write' as const }].filter(({ mode }) => mode === 'write');
    const claimed = new CoveringFiles(claims.map(({ path: start, glob = '' }: Claim) => ({ key: pathKey(start), glob })));
    const found = unsaved.files.filter((name) => claimed.of(pathKey(name)).length > 0).map((name) => unsaved.of(name)!);
    if (found.length > 0) return found;
    const { engines } = await engine.status([]);
    const windows = engines.filter(({ kind, self }) => kind === 'window' && !self).map(({ roots }) => roots.map((root) => path.basename(root)).join(', '));
    const place = windows.length === 1 && windows[0] !== '' ? vscode.l10n.t('the window on {0}', windows[0]!) : vscode.l10n.t('another window');
    throw new UserError(vscode.l10n.t('The unsaved changes in “{0}” are in {1}. Save or revert them there.', path.basename(file), place));
  };

  const order =
    (many: boolean, act: (views: readonly TaskView[]) => Promise<unknown>): CommandHandler =>
    async (target, all) => {
      const views = await targetTasks(parts, { ...BLOCKED, many }, target, all);
      if (views !== undefined) await act(views);
    };

  return {
    [COMMANDS.saveAndStart]: order(true, async (views) => {
      const uris = new Map((await Promise.all(views.map(documents))).flat().map((uri) => [uri.toString(), uri]));
      for (const uri of uris.values()) {
        if (!(await saveDocument(uri))) throw new UserError(vscode.l10n.t('“{0}” could not be saved, so what waits for it goes on waiting.', path.basename(uri.path)));
      }
    }),
    [COMMANDS.compareWithSaved]: order(false, async ([view]) => compareWithDisk((await documents(view!))[0]!)),
    [COMMANDS.startAnyway]: order(true, async (views) => {
      requireTrust();
      if (await confirmed(views)) complain(await engine.startAnyway(views.map(({ task }) => task.id)), views);
    }),
  } satisfies Commands;
}

const BLOCKED: Omit<Wanted, 'many'> = {
  words: ['editorBlocked'],
  groups: ['waiting'],
  title: vscode.l10n.t('Waiting for Unsaved Changes'),
  none: vscode.l10n.t('No task waits for unsaved changes.'),
};

function waitsFor({ wait }: TaskView): string {
  if (wait?.type === 'editor') return wait.path;
  throw new UserError(BLOCKED.none);
}

async function confirmed(views: readonly TaskView[]): Promise<boolean> {
  const files = [...new Set(views.map((view) => `“${path.basename(waitsFor(view))}”`))].join(', ');
  const start = vscode.l10n.t('Start Anyway');
  const question =
    views.length === 1
      ? vscode.l10n.t('Start “{0}” though {1} has unsaved changes?', oneLine(views[0]!.task.spec.name), files)
      : vscode.l10n.t('Start {0} tasks though there are unsaved changes in {1}?', views.length, files);
  const detail = vscode.l10n.t('The task writes the file on the disk. The unsaved changes stay in the editor, and saving them later would replace what the task wrote.');
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, start)) === start;
}
