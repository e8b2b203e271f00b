import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { HOOK_FILES, vscodeHooks, withClaudeHooks, withoutClaudeHooks, type HookFile } from '../../core/agents/hook-files.ts';
import { hookProgram } from '../../core/agents/hook-program.ts';
import { UserError } from '../../core/base/user-error.ts';
import { stateFolder } from '../../core/engine/state-folder.ts';
import type { Commands } from '../commands/command-parts.ts';
import { COMMANDS } from '../ids.ts';
import { requireTrust } from '../workspace-roots.ts';
import { writeHookProgram } from './hook-program.ts';
import type { ProposedTexts } from './proposed-texts.ts';

interface HookFileParts {
  readonly roots: () => readonly string[];
  readonly home: string;
  /** The extension's command line. */
  readonly cli: string;
  readonly proposed: ProposedTexts;
}

/** Makes agents that are not ours ask for files, by hook files of the workspace that a person has seen before they are written. */
export function hookFileCommands(parts: HookFileParts) {
  return {
    [COMMANDS.protectFiles]: async () => {
      requireTrust();
      const root = await pickRoot(parts.roots(), vscode.l10n.t('Protect Files from Other Agents'));
      const chosen = root === undefined ? undefined : await pickFiles(root);
      if (root === undefined || chosen === undefined) return;
      for (const file of chosen) await propose(root, file, textWith(root, file, parts), parts);
    },
    [COMMANDS.unprotectFiles]: async () => {
      requireTrust();
      const root = await pickRoot(parts.roots(), vscode.l10n.t('Stop Protecting Files from Other Agents'));
      if (root === undefined) return;
      const present = installed(root);
      if (present.length === 0) throw new UserError(vscode.l10n.t('No hook file of this workspace asks for files.'));
      for (const file of present) await propose(root, file, textWithout(root, file), parts);
    },
  } satisfies Commands;
}

async function pickRoot(roots: readonly string[], title: string): Promise<string | undefined> {
  if (roots.length === 0) throw new UserError(vscode.l10n.t('No folder is open:'), vscode.l10n.t('open the one whose files are to be protected.'));
  if (roots.length === 1) return roots[0];
  return (
    await vscode.window.showQuickPick(
      roots.map((root) => ({ label: path.basename(root), description: path.dirname(root), root })),
      { title, placeHolder: vscode.l10n.t('Pick a folder') },
    )
  )?.root;
}

async function pickFiles(root: string): Promise<readonly HookFile[] | undefined> {
  const present = installed(root);
  const items: readonly (vscode.QuickPickItem & { readonly file: HookFile })[] = [
    {
      file: 'claude',
      label: 'Claude Code',
      description: HOOK_FILES.claude,
      detail: vscode.l10n.t('Sessions in a terminal or in the Claude Code extension, for you alone'),
      picked: true,
    },
    {
      file: 'vscode',
      label: vscode.l10n.t('VS Code’s agents'),
      description: HOOK_FILES.vscode,
      detail: vscode.l10n.t('The agents of the chat (hooks are a preview there), for everybody who has this extension'),
      picked: present.includes('vscode'),
    },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    title: vscode.l10n.t('Protect Files from Other Agents'),
    placeHolder: vscode.l10n.t('Pick whose agents are to ask before they write; you see each file before it is written'),
  });
  return picked?.map(({ file }) => file);
}

function installed(root: string): readonly HookFile[] {
  return (Object.keys(HOOK_FILES) as HookFile[]).filter((file) => {
    const text = read(path.join(root, HOOK_FILES[file]));
    return text !== undefined && textWithout(root, file) !== text;
  });
}

function textWith(root: string, file: HookFile, { home }: HookFileParts): string {
  if (file === 'claude') return withClaudeHooks(read(path.join(root, HOOK_FILES.claude)), hookProgram(home, process.platform));
  // The usual place is told in a way that is good on every machine.
  return vscodeHooks(home === stateFolder({ ...process.env, PARALLEL_WORKFLOW_HOME: undefined }) ? undefined : home);
}

function textWithout(root: string, file: HookFile): string | undefined {
  const text = read(path.join(root, HOOK_FILES[file]));
  return file === 'vscode' || text === undefined ? undefined : withoutClaudeHooks(text);
}

/** Shows what would change, and does it when the person agrees. `undefined` takes the file away. */
async function propose(root: string, file: HookFile, text: string | undefined, { home, cli, proposed }: HookFileParts): Promise<void> {
  const name = HOOK_FILES[file];
  const target = path.join(root, name);
  const before = read(target);
  if (before === text) {
    writeHookProgram(home, cli);
    void vscode.window.showInformationMessage(vscode.l10n.t('{0} asks for files already.', name));
    return;
  }
  const shown = proposed.show(target, before, text);
  await vscode.commands.executeCommand('vscode.diff', shown.before, shown.after, vscode.l10n.t('{0} (proposed)', name), { preview: true });
  const yes = text === undefined ? vscode.l10n.t('Remove {0}', name) : vscode.l10n.t('Write {0}', name);
  const answer = await vscode.window.showQuickPick([{ label: yes }, { label: vscode.l10n.t('Leave It') }], {
    title: vscode.l10n.t('Protect Files from Other Agents'),
    placeHolder: vscode.l10n.t('The change is shown in the editor'),
    ignoreFocusOut: true,
  });
  await shown.close();
  if (answer?.label !== yes) return;
  if (read(target) !== before) throw new UserError(vscode.l10n.t('{0} has changed meanwhile:', name), vscode.l10n.t('run the command again.'));
  if (text === undefined) {
    fs.rmSync(target, { force: true });
    return;
  }
  writeHookProgram(home, cli);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.writeFileSync(target, text);
}

function read(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
