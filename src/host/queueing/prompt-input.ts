import * as vscode from 'vscode';

/** Words for an agent, and whether a person wants to go on with them in an editor. */
export interface PromptInput {
  readonly text: string;
  readonly inEditor: boolean;
}

/** Asks for a line of words, which can be gone on with in an editor; `undefined` when it was left. */
export function askForPrompt(title: string, value: string): Promise<PromptInput | undefined> {
  const input = vscode.window.createInputBox();
  const editor: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('edit'), tooltip: vscode.l10n.t('Write in an Editor') };
  Object.assign(input, {
    title,
    value,
    prompt: vscode.l10n.t('What the agent is to do. For more than a line, the button above opens an editor.'),
    placeholder: vscode.l10n.t('Add tests for the parser, and make them pass'),
    ignoreFocusOut: true,
    buttons: [editor],
  });
  return new Promise((resolve) => {
    const answer = (inEditor: boolean): void => {
      if (!inEditor && input.value.trim() === '') return;
      resolve({ text: input.value, inEditor });
      input.hide();
    };
    input.onDidTriggerButton(() => answer(true));
    input.onDidAccept(() => answer(false));
    input.onDidHide(() => {
      resolve(undefined);
      input.dispose();
    });
    input.show();
  });
}
