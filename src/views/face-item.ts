import * as vscode from 'vscode';
import type { Face } from '../core/present/face.ts';
import { afterLabel } from '../core/present/format/right-to-left.ts';

/** A row of a tree as its face has it; `id` keeps it open and selected when it is drawn again. */
export function faceItem(id: string, face: Face, state = vscode.TreeItemCollapsibleState.None): vscode.TreeItem {
  const item = new vscode.TreeItem(face.label, state);
  item.id = id;
  item.description = afterLabel(face.label, face.description);
  item.iconPath = new vscode.ThemeIcon(face.icon, face.iconColor === undefined ? undefined : new vscode.ThemeColor(face.iconColor));
  item.contextValue = face.contextValue;
  item.accessibilityInformation = { label: face.accessibility };
  return item;
}
