import * as vscode from 'vscode';

/** Saves what is open at a place; false when it could not be saved, of which VS Code has told then. */
export async function saveDocument(uri: vscode.Uri): Promise<boolean> {
  const { textDocuments, notebookDocuments } = vscode.workspace;
  const key = uri.toString();
  const document = [...textDocuments, ...notebookDocuments].find((candidate) => candidate.uri.toString() === key);
  return document === undefined ? (await vscode.workspace.save(uri)) !== undefined : document.save();
}
