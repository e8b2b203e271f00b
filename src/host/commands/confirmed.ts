import * as vscode from 'vscode';
import type { SettingKey } from '../ids.ts';
import { changeSetting } from '../settings/live-settings.ts';

/** Asks before something is done that cannot be taken back; `setting` is what stops asking. */
export async function confirmed(question: string, yes: string, setting: SettingKey): Promise<boolean> {
  const always = vscode.l10n.t("{0}, and Don't Ask Again", yes);
  const answer = await vscode.window.showWarningMessage(question, { modal: true }, yes, always);
  if (answer === always) await changeSetting(setting, false);
  return answer === yes || answer === always;
}
