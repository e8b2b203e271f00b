import * as vscode from 'vscode';

/** Where the extension that brings Claude Code along lies. */
export function claudeExtension(): { readonly claudeExtension?: string } {
  const extension = vscode.extensions.getExtension('anthropic.claude-code');
  return extension === undefined ? {} : { claudeExtension: extension.extensionPath };
}
