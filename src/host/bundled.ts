import * as vscode from 'vscode';

/** Programs and threads that lie beside the extension's own code. */
export type Bundled = 'engine-worker.cjs' | 'assessment-worker.cjs' | 'cli.js' | 'agent.js' | 'hosted.js';

/** The path of one of them. */
export function bundled(extension: vscode.Uri, name: Bundled): string {
  return vscode.Uri.joinPath(extension, 'dist', name).fsPath;
}
