import * as vscode from 'vscode';
import type { Clock } from '../../core/base/clock.ts';
import { hasPrompts, presentModeStatus } from '../../core/present/agents/present-mode.ts';
import type { AgentWatch } from '../../host/agents/agent-watch.ts';
import { COMMANDS, type CommandId } from '../../host/ids.ts';

/** Behind the roles. */
const PRIORITY = 27;
const LINKED: readonly CommandId[] = [COMMANDS.showAgentStatus, COMMANDS.pinExecutionMode, COMMANDS.refreshAgents];

/** In the status bar while there are prompts: who carries them out. */
export class ModeStatus implements vscode.Disposable {
  private readonly watch: Pick<AgentWatch, 'view'>;
  private readonly clock: Clock;
  private readonly isEnabled: () => boolean;
  private readonly item: vscode.StatusBarItem;
  private readonly subscription: vscode.Disposable;

  constructor(watch: Pick<AgentWatch, 'view' | 'onDidChange'>, clock: Clock, isEnabled: () => boolean) {
    this.watch = watch;
    this.clock = clock;
    this.isEnabled = isEnabled;
    this.item = vscode.window.createStatusBarItem('parallelWorkflow.executionMode', vscode.StatusBarAlignment.Left, PRIORITY);
    this.item.name = vscode.l10n.t('Parallel Workflow: Execution Mode');
    this.item.command = COMMANDS.showAgentStatus;
    this.subscription = vscode.Disposable.from(this.item, watch.onDidChange(() => this.settingsChanged()));
    this.settingsChanged();
  }

  /** Reads the setting that hides the item. */
  settingsChanged(): void {
    const { view } = this.watch;
    if (view === undefined || !this.isEnabled() || !hasPrompts(view)) {
      this.item.hide();
      return;
    }
    const { text, accessibility, tooltip, isAlarming } = presentModeStatus(view, this.clock.now(), [
      link(vscode.l10n.t('Show Agents'), COMMANDS.showAgentStatus),
      link(vscode.l10n.t('Pin Execution Mode…'), COMMANDS.pinExecutionMode),
      link(vscode.l10n.t('Refresh Agents'), COMMANDS.refreshAgents),
    ]);
    this.item.text = text;
    this.item.accessibilityInformation = { label: accessibility };
    this.item.backgroundColor = isAlarming ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    const page = new vscode.MarkdownString(tooltip, true);
    page.isTrusted = { enabledCommands: LINKED };
    this.item.tooltip = page;
    this.item.show();
  }

  dispose(): void {
    this.subscription.dispose();
  }
}

function link(title: string, command: CommandId): string {
  return `[${title}](command:${command})`;
}
