import * as vscode from 'vscode';
import { COMMANDS } from '../../host/ids.ts';
import { GROUPINGS, type Grouping } from './grouping.ts';
import type { TaskTree } from './task-tree.ts';

/** The command behind the view's title button: what the tree is grouped by. */
export function registerGroupBy(tree: TaskTree): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.groupBy, async () => {
    const items = GROUPINGS.map((grouping) => ({
      grouping,
      label: `$(${ICONS[grouping]}) ${title(grouping)}`,
      ...(grouping === tree.grouping && { description: vscode.l10n.t('current') }),
    }));
    const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Group Tasks By') });
    if (picked !== undefined) await tree.setGrouping(picked.grouping);
  });
}

const ICONS: Readonly<Record<Grouping, string>> = { state: 'list-tree', batch: 'run-all', type: 'symbol-class', role: 'organization', agent: 'hubot', milestone: 'milestone' };

function title(grouping: Grouping): string {
  switch (grouping) {
    case 'state':
      return vscode.l10n.t('State');
    case 'batch':
      return vscode.l10n.t('Batch');
    case 'type':
      return vscode.l10n.t('Type');
    case 'role':
      return vscode.l10n.t('Role');
    case 'agent':
      return vscode.l10n.t('Agent');
    case 'milestone':
      return vscode.l10n.t('Milestone');
  }
}
