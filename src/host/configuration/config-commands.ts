import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { CONFIG_FILES, type ConfigFile } from '../../core/config/config-files.ts';
import { configFileNamed } from '../../core/config/merge-config.ts';
import { parseConfig } from '../../core/config/parse-config.ts';
import { configText, newConfigText } from '../../core/config/written-config.ts';
import type { CommandHandler, Commands } from '../commands/command-parts.ts';
import { HostError } from '../host-error.ts';
import { COMMANDS, CONFIG_SCHEME } from '../ids.ts';
import { pickRoot } from '../pick-root.ts';
import type { ConfigWatch } from './config-watch.ts';

interface ConfigCommandParts {
  readonly watch: ConfigWatch;
  /** A setting as it is in force now. */
  readonly inForce: (key: string) => unknown;
}

/** Commands about configuration files: make one, bring one up to date, show what is in force. */
export function configCommands({ watch, inForce }: ConfigCommandParts) {
  const create = (file: ConfigFile): CommandHandler => async () => {
    const root = await pickRoot(vscode.l10n.t('Create Configuration File'));
    if (root !== undefined) await createFile(path.join(root, CONFIG_FILES[file]), newConfigText(file, inForce));
  };
  return {
    [COMMANDS.createParallelConfig]: create('parallel'),
    [COMMANDS.createSchedulerConfig]: create('scheduler'),
    [COMMANDS.createResourceConfig]: create('resource'),
    [COMMANDS.createExecutionConfig]: create('execution'),
    [COMMANDS.updateConfig]: (target) => updateFile(target, watch),
    [COMMANDS.showEffectiveConfig]: () => vscode.window.showTextDocument(vscode.Uri.from({ scheme: CONFIG_SCHEME, path: '/Effective Configuration.jsonc' }), { preview: true }),
  } satisfies Commands;
}

/** A file that is there is opened, never written over. */
async function createFile(file: string, text: string): Promise<void> {
  try {
    await fs.promises.writeFile(file, text, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    void vscode.window.showInformationMessage(vscode.l10n.t('{0} is there already.', path.basename(file)));
  }
  await vscode.window.showTextDocument(vscode.Uri.file(file));
}

async function updateFile(target: unknown, watch: ConfigWatch): Promise<void> {
  const uri = target instanceof vscode.Uri ? target : (activeConfigFile() ?? (await pickOlder(watch)));
  if (uri === undefined) return;
  const file = configFileNamed(path.basename(uri.fsPath));
  if (file === undefined) throw new HostError(vscode.l10n.t('{0} is no configuration file of Parallel Workflow.', path.basename(uri.fsPath)), []);
  await saveOpen(uri);
  const text = new TextDecoder().decode(await fs.promises.readFile(uri.fsPath));
  const { today, problems } = parseConfig(file, text, { cores: os.availableParallelism(), memory: os.totalmem() });
  if (problems.some(({ severity }) => severity === 'error')) throw new HostError(vscode.l10n.t('{0} has mistakes. Correct them first; the editor shows them.', path.basename(uri.fsPath)), []);
  if (today === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('{0} is up to date.', path.basename(uri.fsPath)));
    return;
  }
  const backup = await copyOf(uri.fsPath, text);
  await fs.promises.writeFile(uri.fsPath, configText(today));
  void vscode.window.showInformationMessage(vscode.l10n.t('{0} is up to date; {1} keeps what it said before.', path.basename(uri.fsPath), path.basename(backup)));
  await vscode.window.showTextDocument(uri);
}

function activeConfigFile(): vscode.Uri | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri?.scheme === 'file' && configFileNamed(path.basename(uri.fsPath)) !== undefined ? uri : undefined;
}

/** What is written on the disk would otherwise be lost to what the editor holds. */
async function saveOpen(uri: vscode.Uri): Promise<void> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.fsPath === uri.fsPath && document.isDirty);
  if (open !== undefined && !(await open.save())) throw new HostError(vscode.l10n.t('{0} could not be saved, so it was not brought up to date.', path.basename(uri.fsPath)), []);
}

async function pickOlder(watch: ConfigWatch): Promise<vscode.Uri | undefined> {
  const older = watch.files.filter(({ problems }) => problems.some(({ severity }) => severity === 'hint'));
  if (older.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No configuration file is of an older shape.'));
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(
    older.map(({ path: file }) => ({ label: path.basename(file), description: file })),
    { title: vscode.l10n.t('Update Configuration File') },
  );
  return picked === undefined ? undefined : vscode.Uri.file(picked.description);
}

/** A copy beside the file, under a name that nothing has yet. */
async function copyOf(file: string, text: string): Promise<string> {
  for (let n = 1; ; n++) {
    const backup = n === 1 ? `${file}.bak` : `${file}.${n}.bak`;
    try {
      await fs.promises.writeFile(backup, text, { flag: 'wx' });
      return backup;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
