import * as vscode from 'vscode';
import type { RoleView } from '../../core/model/roles/role-view.ts';
import type { RoleWatch } from '../../core/roles/role-watch.ts';
import { hasWork, presentFoldedRoles, presentRoleStatus, roleWidths, totals } from '../../core/present/roles/present-role-status.ts';
import type { CountWidths } from '../../core/present/tasks/present-status.ts';
import type { StatusText } from '../../core/present/tasks/status-text.ts';
import { COMMANDS, type CommandId } from '../../host/ids.ts';

/** How roles with work are shown in the status bar. */
export type RoleStatusMode = 'each' | 'folded' | 'off';

/** Beside the counts and the active file. */
const PRIORITY = 28;
const FOLDED = 'roles';

interface Shown {
  readonly item: vscode.StatusBarItem;
  widths: CountWidths | undefined;
}

/** In the status bar while roles have work: one item for each of them, or one for all. */
export class RoleStatus implements vscode.Disposable {
  private readonly watch: Pick<RoleWatch, 'roles'>;
  private readonly mode: () => RoleStatusMode;
  private readonly subscription: vscode.Disposable;
  private readonly shown = new Map<string, Shown>();

  constructor(watch: RoleWatch, mode: () => RoleStatusMode) {
    this.watch = watch;
    this.mode = mode;
    this.subscription = vscode.Disposable.from(watch.onDidChange(() => this.draw()));
    this.draw();
  }

  settingsChanged(): void {
    this.draw();
  }

  dispose(): void {
    this.subscription.dispose();
    this.keep(new Set());
  }

  private draw(): void {
    const working = this.watch.roles.filter(hasWork);
    const mode = working.length === 0 ? 'off' : this.mode();
    this.keep(new Set(mode === 'off' ? [] : mode === 'folded' ? [FOLDED] : working.map(({ role }) => role.name)));
    if (mode === 'each')
      working.forEach((view, index) =>
        this.show(view.role.name, view.role.label, PRIORITY - (index + 1) / 100, view.counts, (widths) =>
          presentRoleStatus(view, widths, linksFor(view)),
        ),
      );
    else if (mode === 'folded')
      this.show(FOLDED, vscode.l10n.t('Roles'), PRIORITY, totals(working), (widths) =>
        presentFoldedRoles(working, widths, [
          link(vscode.l10n.t('Start All'), COMMANDS.startAllRoles),
          link(vscode.l10n.t('Stop All'), COMMANDS.stopAllRoles),
        ]),
      );
  }

  private show(id: string, name: string, priority: number, counts: { readonly running: number; readonly waiting: number }, present: (widths: CountWidths) => StatusText): void {
    const shown = this.shown.get(id) ?? { item: create(id, name, priority), widths: undefined };
    this.shown.set(id, shown);
    shown.widths = roleWidths(counts, shown.widths);
    const { text, accessibility, tooltip } = present(shown.widths);
    shown.item.text = text;
    shown.item.accessibilityInformation = { label: accessibility };
    const markdown = new vscode.MarkdownString(tooltip, true);
    markdown.isTrusted = { enabledCommands: LINKED };
    shown.item.tooltip = markdown;
    shown.item.show();
  }

  private keep(ids: ReadonlySet<string>): void {
    for (const [id, { item }] of this.shown) {
      if (ids.has(id)) continue;
      item.dispose();
      this.shown.delete(id);
    }
  }
}

const LINKED: readonly CommandId[] = [COMMANDS.startRole, COMMANDS.pauseRole, COMMANDS.stopRole, COMMANDS.startAllRoles, COMMANDS.stopAllRoles, COMMANDS.showRoles];

function create(id: string, name: string, priority: number): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem(`parallelWorkflow.role.${id}`, vscode.StatusBarAlignment.Left, priority);
  item.name = vscode.l10n.t('Parallel Workflow: {0}', name);
  item.command = COMMANDS.showRoles;
  return item;
}

function linksFor({ role, state }: RoleView): readonly string[] {
  const show = link(vscode.l10n.t('Show Roles'), COMMANDS.showRoles);
  if (state === 'paused' || state === 'stopped') return [link(vscode.l10n.t('Start'), COMMANDS.startRole, role.name), show];
  return [link(vscode.l10n.t('Pause'), COMMANDS.pauseRole, role.name), link(vscode.l10n.t('Stop'), COMMANDS.stopRole, role.name), show];
}

function link(title: string, command: CommandId, role?: string): string {
  const args = role === undefined ? '' : `?${encodeURIComponent(JSON.stringify([role]))}`;
  return `[${title}](command:${command}${args})`;
}
