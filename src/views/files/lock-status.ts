import * as vscode from 'vscode';
import type { Clock } from '../../core/base/clock.ts';
import { presentFileStatus, type FileStatus } from '../../core/present/files/present-file-status.ts';
import { COMMANDS, type CommandId } from '../../host/ids.ts';
import { activeFile } from '../../host/locks/active-file.ts';
import type { LockWatch } from '../../host/locks/lock-watch.ts';
import { Coalescer } from '../coalescer.ts';
import { Ticker } from '../ticker.ts';

const SECOND = 1000;

/** In the status bar while the active file is not free: who has it, or who waits for it to be saved. */
export class LockStatus implements vscode.Disposable {
  private readonly locks: LockWatch;
  private readonly clock: Clock;
  private readonly isEnabled: () => boolean;
  private readonly item: vscode.StatusBarItem;
  private readonly ticker: Ticker;
  private readonly due: Coalescer<undefined>;
  private readonly subscriptions: vscode.Disposable[];
  private shownFile: string | undefined;

  constructor(locks: LockWatch, clock: Clock, isEnabled: () => boolean) {
    this.locks = locks;
    this.clock = clock;
    this.isEnabled = isEnabled;
    this.item = vscode.window.createStatusBarItem('parallelWorkflow.activeFile', vscode.StatusBarAlignment.Left, 29);
    this.item.name = vscode.l10n.t('Parallel Workflow: Active File in Use');
    this.ticker = new Ticker(clock, () => this.draw());
    this.due = new Coalescer(clock, () => SECOND, () => Promise.resolve(this.draw()));
    const look = (): void => {
      // Another file is shown at once, the same one at most once a second.
      if (activeFile() === this.shownFile) this.due.add(undefined);
      else this.draw();
    };
    this.subscriptions = [
      this.item,
      this.ticker,
      this.due,
      vscode.Disposable.from(locks.onDidChange(look)),
      vscode.window.tabGroups.onDidChangeTabs(look),
      vscode.window.tabGroups.onDidChangeTabGroups(look),
    ];
    this.draw();
  }

  /** Reads the setting that hides the item. */
  settingsChanged(): void {
    this.draw();
  }

  dispose(): void {
    for (const subscription of this.subscriptions.splice(0)) subscription.dispose();
  }

  private draw(): void {
    const file = this.isEnabled() ? activeFile() : undefined;
    this.shownFile = file;
    const status = file === undefined ? undefined : presentFileStatus(file, this.locks.usesOf(file), this.clock.now(), linksOf);
    this.ticker.setPeriod(status === undefined || status.kind === 'save' ? undefined : SECOND);
    if (status === undefined) {
      this.item.hide();
      return;
    }
    this.item.text = status.text;
    this.item.accessibilityInformation = { label: status.accessibility };
    this.item.command = status.kind === 'save' ? COMMANDS.saveAndStart : COMMANDS.showHolder;
    const tooltip = new vscode.MarkdownString(status.tooltip);
    tooltip.isTrusted = { enabledCommands: LINKED };
    this.item.tooltip = tooltip;
    this.item.show();
  }
}

const LINKED: readonly CommandId[] = [COMMANDS.showHolder, COMMANDS.notifyWhenFree, COMMANDS.releaseLock, COMMANDS.saveAndStart];

function linksOf(kind: FileStatus['kind']): readonly string[] {
  if (kind === 'save') return [link(vscode.l10n.t('Save and Start'), COMMANDS.saveAndStart)];
  return [
    link(vscode.l10n.t('Show Holder'), COMMANDS.showHolder),
    link(vscode.l10n.t('Notify Me When Free'), COMMANDS.notifyWhenFree),
    link(vscode.l10n.t('Release Lock…'), COMMANDS.releaseLock),
  ];
}

function link(title: string, command: CommandId): string {
  return `[${title}](command:${command})`;
}
