import * as vscode from 'vscode';
import { UserError } from '../../core/base/user-error.ts';
import type { Applied, TaskView } from '../../core/engine/engine-port.ts';

/** Throws what an order was refused for, where it was; others of its tasks have been served. */
export function complain({ refused }: Applied, views: readonly TaskView[]): void {
  const [first] = refused;
  if (first === undefined) return;
  const name = views.find(({ task }) => task.id === first.id)?.task.spec.name ?? `#${first.id}`;
  const rest = refused.length - 1;
  throw new UserError(rest === 0 ? vscode.l10n.t('“{0}”: {1}', name, first.why) : vscode.l10n.t('“{0}”: {1}; and {2} more', name, first.why, rest));
}
