import * as vscode from 'vscode';
import type { Disposable } from '../../core/base/disposable.ts';
import { CONTEXTS, type ContextKey } from '../ids.ts';
import type { AwaitedFiles } from './awaited-files.ts';
import type { LockWatch } from './lock-watch.ts';
import { tabResource } from '../editors/tab-resource.ts';
import { documentFile } from '../editors/document-file.ts';

/** Files that menus know of; on a file beyond them, the view and the palette still offer everything. */
const MOST = 2000;

/** Keeps the lists of files that menus ask for: files claimed by name, and what folders and globs cover of the files that are open. */
export class LockContexts implements Disposable {
  private readonly locks: LockWatch;
  private readonly awaited: AwaitedFiles;
  private readonly values = new Map<ContextKey, string>();
  private readonly subscriptions: Disposable[];

  constructor(locks: LockWatch, awaited: AwaitedFiles) {
    this.locks = locks;
    this.awaited = awaited;
    const update = (): void => this.update();
    this.subscriptions = [locks.onDidChange(update), awaited.onDidChange(update), vscode.window.tabGroups.onDidChangeTabs(update)];
    this.update();
  }

  dispose(): void {
    for (const subscription of this.subscriptions.splice(0)) subscription.dispose();
  }

  private update(): void {
    const { locks, awaited } = this;
    const uses = [
      ...locks.uses.filter(({ glob }) => glob === '').map((use) => ({ file: use.path, holders: use.holders })),
      ...openFiles().map((file) => ({ file, holders: locks.usesOf(file).flatMap(({ holders }) => holders) })),
    ];
    const files = (isWanted: (use: (typeof uses)[number]) => boolean): string[] => [...new Set(uses.filter(isWanted).map(({ file }) => file))].slice(0, MOST);
    this.set(CONTEXTS.heldFiles, files(({ holders }) => holders.some(({ own }) => !own)));
    this.set(CONTEXTS.lockedFiles, files(({ holders }) => holders.some(({ holder }) => holder.type !== 'editor')));
    this.set(CONTEXTS.awaitedFiles, awaited.all);
  }

  private set(key: ContextKey, files: readonly string[]): void {
    const value = JSON.stringify(files);
    if (this.values.get(key) === value) return;
    this.values.set(key, value);
    void vscode.commands.executeCommand('setContext', key, files);
  }
}

function openFiles(): readonly string[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.flatMap((tab) => {
      const uri = tabResource(tab);
      return uri === undefined ? [] : (documentFile(uri) ?? []);
    }),
  );
}
