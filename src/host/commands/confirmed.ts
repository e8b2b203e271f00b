import * as vscode from 'vscode';
import type { SettingKey } from '../ids.ts';
import { changeSetting } from '../settings/live-settings.ts';

/** Asks before something is done that cannot be taken back; `setting` is what stops asking. */
export async function confirmed(question: string, yes: string, setting: SettingKey): Promise<boolean> {
  const once: vscode.MessageItem = { title: yes };
  const always: vscode.MessageItem = { title: vscode.l10n.t("{0}, and Don't Ask Again", yes) };
  // The editor's own word for this is Cancel, which beside Cancel All could mean either.
  const keep: vscode.MessageItem = { title: vscode.l10n.t('Keep'), isCloseAffordance: true };
  const answer = await vscode.window.showWarningMessage(question, { modal: true }, once, always, keep);
  if (answer === always) await changeSetting(setting, false);
  return answer === once || answer === always;
}
