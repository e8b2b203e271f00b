import * as vscode from 'vscode';
import type { Clock } from '../../core/base/clock.ts';
import { lockTooltip } from '../../core/present/files/file-use-tooltip.ts';
import { documentFile } from '../../host/editors/document-file.ts';
import { LOCKED_COLOR } from '../../host/ids.ts';
import type { LockWatch } from '../../host/locks/lock-watch.ts';
import { LockBadges } from './lock-badges.ts';

const BADGE = 'L';

/** Marks files that a task or a program has locked, in the explorer and on tabs. */
export class LockDecorations implements vscode.FileDecorationProvider, vscode.Disposable {
  private readonly badges = new LockBadges<vscode.Uri>();
  private readonly locks: LockWatch;
  private readonly clock: Clock;
  private readonly isEnabled: () => boolean;
  private readonly changed = new vscode.EventEmitter<vscode.Uri[] | undefined>();
  private readonly subscriptions: vscode.Disposable[];

  readonly onDidChangeFileDecorations = this.changed.event;

  constructor(locks: LockWatch, clock: Clock, isEnabled: () => boolean) {
    this.locks = locks;
    this.isEnabled = isEnabled;
    this.clock = clock;
    this.subscriptions = [vscode.Disposable.from(locks.onDidChange(() => this.update())), this.changed, vscode.window.registerFileDecorationProvider(this)];
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    const file = documentFile(uri);
    const writer = file === undefined ? undefined : this.badges.writerOf(uri, file);
    if (writer === undefined || !this.isEnabled()) return undefined;
    return new vscode.FileDecoration(BADGE, lockTooltip(writer, this.clock.now(), vscode.env.language), new vscode.ThemeColor(LOCKED_COLOR));
  }

  /** Reads the setting that turns the badges off. */
  settingsChanged(): void {
    this.changed.fire(undefined);
  }

  dispose(): void {
    for (const subscription of this.subscriptions.splice(0)) subscription.dispose();
  }

  private update(): void {
    const changed = this.badges.take(this.locks.uses);
    if (changed.length > 0) this.changed.fire([...changed]);
  }
}
