import path from 'node:path';
import * as vscode from 'vscode';
import { isImage } from '../../core/gui-tests/artifacts-of.ts';
import type { JunitCase } from '../../core/gui-tests/parse-junit.ts';
import type { TestPlace } from '../../core/gui-tests/place-of.ts';

/** Why a test failed: its runner's words, and what it left, images to be seen at once. */
export function testMessage({ message, details }: JunitCase, place: TestPlace | undefined, artifacts: readonly string[], isFlaky: boolean): vscode.TestMessage {
  const text = new vscode.MarkdownString();
  if (isFlaky) text.appendText(`${vscode.l10n.t('Flaky: over the same code it has passed as well.')}\n\n`);
  text.appendText(message === '' ? vscode.l10n.t('The test failed.') : message);
  if (details !== '' && details !== message) text.appendCodeblock(details, 'text');
  for (const artifact of artifacts) {
    const uri = vscode.Uri.file(artifact).toString();
    const name = path.basename(artifact).replaceAll(/[\\[\]()*_`<>]/g, '\\$&');
    text.appendMarkdown(`\n\n[${name}](${uri})${isImage(artifact) ? `\n\n![${name}](${uri})` : ''}`);
  }
  const told = new vscode.TestMessage(text);
  if (place !== undefined) told.location = new vscode.Location(vscode.Uri.file(place.file), new vscode.Position(place.failedAt ?? place.line ?? 0, 0));
  return told;
}
