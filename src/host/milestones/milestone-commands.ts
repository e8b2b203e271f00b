import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { CONFIG_FILES } from '../../core/config/config-files.ts';
import { withValue } from '../../core/config/edit-config.ts';
import { JsonPlaces } from '../../core/config/json-places.ts';
import { isDate } from '../../core/milestones/is-date.ts';
import type { Milestone } from '../../core/model/roles/milestone.ts';
import type { Commands } from '../commands/command-parts.ts';
import { HostError } from '../host-error.ts';
import { COMMANDS, MILESTONE_SCHEME } from '../ids.ts';
import { pickRoot } from '../pick-root.ts';
import { MILESTONE_ROLE, type MilestoneWatch } from './milestone-watch.ts';

const PATH = ['roles', MILESTONE_ROLE, 'options', 'milestones'] as const;

/** Commands about milestones. They are kept in the project's file of roles. */
export function milestoneCommands(watch: MilestoneWatch) {
  return {
    [COMMANDS.newMilestone]: async () => {
      const root = await pickRoot(vscode.l10n.t('New Milestone'));
      if (root === undefined) return;
      const milestone = await askMilestone((await watch.milestones(root)).map(({ name }) => name));
      if (milestone !== undefined) await append(root, milestone);
    },
    [COMMANDS.editMilestones]: async () => {
      const root = await pickRoot(vscode.l10n.t('Edit Milestones'));
      if (root === undefined) return;
      const file = configFile(root);
      if (!fs.existsSync(file))
        throw new HostError(vscode.l10n.t('There are no milestones yet.'), [
          { title: vscode.l10n.t('New Milestone…'), run: () => vscode.commands.executeCommand(COMMANDS.newMilestone) },
        ]);
      const document = await vscode.workspace.openTextDocument(file);
      const { line, column } = new JsonPlaces(document.getText()).placeAt(PATH);
      await vscode.window.showTextDocument(document, { selection: new vscode.Range(line, column, line, column) });
    },
    [COMMANDS.openMilestoneReport]: async () => {
      await watch.read();
      await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.from({ scheme: MILESTONE_SCHEME, path: '/Milestones.md' }));
    },
  } satisfies Commands;
}

async function askMilestone(taken: readonly string[]): Promise<Milestone | undefined> {
  const title = vscode.l10n.t('New Milestone');
  const name = await vscode.window.showInputBox({
    title: `${title} (1/3)`,
    prompt: vscode.l10n.t('What it is called'),
    validateInput: (text) =>
      text.trim() === ''
        ? vscode.l10n.t('Expected a name.')
        : taken.includes(text.trim())
          ? vscode.l10n.t('There is one of that name.')
          : undefined,
  });
  if (name === undefined) return undefined;
  const due = await vscode.window.showInputBox({
    title: `${title} (2/3)`,
    prompt: vscode.l10n.t('The day it is due, such as 2030-01-31; empty for none'),
    validateInput: (text) => (text.trim() === '' || isDate(text.trim()) ? undefined : vscode.l10n.t('Expected a date such as 2030-01-31.')),
  });
  if (due === undefined) return undefined;
  const made = await vscode.window.showInputBox({
    title: `${title} (3/3)`,
    prompt: vscode.l10n.t('Which tasks make it: names, `*` for any text, and tags with `#` before them; commas between'),
    placeHolder: 'sweep *, #figures',
    validateInput: (text) => (words(text).length === 0 ? vscode.l10n.t('Expected at least one name or tag.') : undefined),
  });
  if (made === undefined) return undefined;
  const parts = words(made);
  return {
    name: name.trim(),
    ...(due.trim() !== '' && { due: due.trim() }),
    tasks: parts.filter((part) => !part.startsWith('#')),
    tags: parts.filter((part) => part.startsWith('#')).map((part) => part.slice(1)),
  };
}

function words(text: string): readonly string[] {
  return text.split(',').map((part) => part.trim()).filter((part) => part !== '' && part !== '#');
}

/** Written through its editor, in which there may be unsaved changes; these stay unsaved. */
async function append(root: string, { name, due, tasks, tags }: Milestone): Promise<void> {
  const file = configFile(root);
  if (!fs.existsSync(file)) await fs.promises.writeFile(file, '', { flag: 'a' });
  const document = await vscode.workspace.openTextDocument(file);
  const text = document.getText();
  const places = new JsonPlaces(text);
  if (text.trim() !== '' && places.errors.length > 0)
    throw new HostError(vscode.l10n.t('{0} is no valid JSON. Correct it first; the editor shows where.', path.basename(file)), [
      { title: vscode.l10n.t('Open'), run: () => vscode.window.showTextDocument(document) },
    ]);
  const before = PATH.reduce<unknown>((inner, part) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[part] : undefined), places.value);
  const written = { name, ...(due !== undefined && { due }), ...(tasks.length > 0 && { tasks }), ...(tags.length > 0 && { tags }) };
  const wasDirty = document.isDirty;
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), withValue(text, [...PATH, Array.isArray(before) ? before.length : 0], written));
  await vscode.workspace.applyEdit(edit);
  if (!wasDirty && (await document.save())) return;
  await vscode.window.showTextDocument(document);
  void vscode.window.showInformationMessage(vscode.l10n.t('The milestone is in force when {0} is saved.', path.basename(file)));
}

/** The file of roles that is there, else the one in the root. */
function configFile(root: string): string {
  const inFolder = path.join(root, '.vscode', CONFIG_FILES.execution);
  return fs.existsSync(inFolder) ? inFolder : path.join(root, CONFIG_FILES.execution);
}
