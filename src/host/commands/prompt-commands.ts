import path from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../core/base/user-error.ts';
import type { TaskView } from '../../core/engine/engine-port.ts';
import { oneLine, shortLabel } from '../../core/present/format/one-line.ts';
import { COMMANDS } from '../ids.ts';
import type { PromptDrafts } from '../queueing/prompt-drafts.ts';
import { askForPrompt } from '../queueing/prompt-input.ts';
import { askForPromptOptions, PLAIN_PROMPT, type PromptOptions } from '../queueing/prompt-options.ts';
import type { PromptPlan } from '../queueing/prompt-plan.ts';
import { requireRoots, requireTrust, rootOf } from '../workspace-roots.ts';
import type { CommandParts, Commands } from './command-parts.ts';
import { complain } from './complain.ts';
import { targetTasks, type Wanted } from './target-tasks.ts';

const TOLD_MS = 5000;
const LAST_AGENT = 'prompt.agent';

/** Commands that queue prompts, and go on with those that are over. */
export function promptCommands(parts: CommandParts, drafts: PromptDrafts) {
  const { engine, submission, memory, clock } = parts;
  const plain = (): PromptOptions => ({ ...PLAIN_PROMPT, agent: memory.get(LAST_AGENT, PLAIN_PROMPT.agent) });

  /** Asks for the words, unless they are written in an editor from here on. */
  const ask = async (plan: PromptPlan, text = ''): Promise<void> => {
    const input = await askForPrompt(plan.title, text);
    if (input === undefined) return;
    if (input.inEditor) await drafts.open(input.text, plan);
    else await queue(input.text, plan);
  };

  const queue = async (text: string, plan: PromptPlan): Promise<boolean> => {
    const options = await askForPromptOptions(plan.title, plan.options, engine, () => clock.now());
    if (options === undefined) return false;
    const { tasks } = await submission.prompt(plan.root, text, withOptions(plan.fields, options));
    vscode.window.setStatusBarMessage(`$(run-all) ${vscode.l10n.t('Queued prompt #{0}', tasks[0]!)}`, TOLD_MS);
    if (plan.fields.follows === undefined) await memory.update(LAST_AGENT, options.agent);
    return true;
  };

  return {
    [COMMANDS.queuePrompt]: async (target) => {
      requireTrust();
      const draft = drafts.at(target);
      if (draft === undefined) {
        const root = await rootForPrompt();
        return root === undefined ? undefined : ask({ title: vscode.l10n.t('Queue Prompt'), root, fields: {}, options: plain() });
      }
      const text = draft.document.getText().trim();
      if (text === '') throw new UserError(vscode.l10n.t('There is nothing in the editor yet. Write what the agent is to do.'));
      if (await queue(text, draft.plan)) await drafts.close(draft.document);
      return undefined;
    },
    [COMMANDS.queueSelectionAsPrompt]: async () => {
      requireTrust();
      const editor = vscode.window.activeTextEditor;
      const text = editor?.document.getText(editor.selection).trim() ?? '';
      if (editor === undefined || text === '') throw new UserError(vscode.l10n.t('Nothing is selected. Select the text that tells the agent what to do.'));
      const { uri } = editor.document;
      const own = uri.scheme === 'file' ? rootOf(uri) : undefined;
      const root = own ?? (await rootForPrompt());
      if (root === undefined) return;
      const plan = { title: vscode.l10n.t('Queue Selection as Prompt'), root, fields: own === undefined ? {} : { context: [uri.fsPath] }, options: plain() };
      if (text.includes('\n')) await queue(text, plan);
      else await ask(plan, text);
    },
    [COMMANDS.queuePromptWithFiles]: async (target, all) => {
      requireTrust();
      const files = (Array.isArray(all) && all.length > 0 ? all : [target]).filter((value): value is vscode.Uri => value instanceof vscode.Uri && value.scheme === 'file');
      const [first] = files;
      if (first === undefined)
        throw new UserError(
          vscode.l10n.t('Select files or folders in the Explorer; the agent is given them to read, and nobody else writes them meanwhile.'),
        );
      const root = rootOf(first);
      if (root === undefined || files.some((file) => rootOf(file) !== root))
        throw new UserError(vscode.l10n.t('These files do not lie in one folder of this window. Select files of one.'));
      const folders = await onlyFolders(files);
      const title = files.length === 1 ? vscode.l10n.t('Queue Prompt with {0}', path.basename(first.fsPath)) : vscode.l10n.t('Queue Prompt with {0} Files', files.length);
      const fields = { context: files.map(({ fsPath }) => fsPath), ...(folders.length > 0 && { files: folders.map(({ fsPath }) => fsPath) }) };
      return ask({ title, root, fields, options: { ...plain(), files: files.filter((file) => !folders.includes(file)) } });
    },
    [COMMANDS.followUp]: async (target, all) => {
      requireTrust();
      const [view] = (await targetTasks(parts, FOLLOW_UP, target, all)) ?? [];
      if (view !== undefined) await ask(followUp(view));
    },
    [COMMANDS.retryAfresh]: async (target, all) => {
      const views = await targetTasks(parts, RETRY_AFRESH, target, all);
      if (views === undefined) return;
      requireTrust();
      complain(await engine.retry(views.map(({ task }) => task.id), { afresh: true }), views);
    },
  } satisfies Commands;
}

const FOLLOW_UP: Wanted = { words: ['followable'], groups: ['finished'], title: vscode.l10n.t('Follow Up'), none: vscode.l10n.t('No prompt has finished.'), many: false };
const RETRY_AFRESH: Wanted = { words: ['followable'], groups: ['finished'], title: vscode.l10n.t('Retry Afresh'), none: vscode.l10n.t('No prompt has finished.'), many: true };

/** The same agent goes on, on the same files. */
function followUp({ task }: TaskView): PromptPlan {
  const { work, files, cwd, priority } = task.spec;
  const agent = work.kind === 'prompt' ? work.agent : 'auto';
  const model = work.kind === 'prompt' ? work.model : undefined;
  const name = shortLabel(oneLine(task.spec.name));
  const claimed = files.filter(({ mode, glob }) => mode === 'write' && glob === undefined).map(({ path: file }) => vscode.Uri.file(file));
  const others = files.filter(({ mode, glob }) => mode === 'write' && glob !== undefined).map(({ path: folder, glob }) => path.join(folder, glob!));
  return {
    title: vscode.l10n.t('Follow Up “{0}”', name),
    root: task.workspace,
    fields: { follows: `#${task.id}`, cwd, ...(model !== undefined && { model }), ...(others.length > 0 && { files: others }) },
    options: { agent, files: claimed, priority },
  };
}

function withOptions(fields: Readonly<Record<string, unknown>>, { agent, files, priority }: PromptOptions): Record<string, unknown> {
  const claimed = [...((fields.files as readonly string[] | undefined) ?? []), ...files.map(({ fsPath }) => fsPath)];
  return { ...fields, agent, priority, ...(claimed.length > 0 && { files: claimed }) };
}

/** The folder that the active editor's file lies in, else the only one, else the one that a person picks. */
async function rootForPrompt(): Promise<string | undefined> {
  const roots = requireRoots();
  const active = vscode.window.activeTextEditor?.document.uri;
  const own = active?.scheme === 'file' ? rootOf(active) : undefined;
  if (own !== undefined || roots.length === 1) return own ?? roots[0]!;
  const picked = await vscode.window.showWorkspaceFolderPick({ placeHolder: vscode.l10n.t('The folder that the agent works in') });
  return picked?.uri.fsPath;
}

async function onlyFolders(files: readonly vscode.Uri[]): Promise<readonly vscode.Uri[]> {
  const stats = await Promise.all(files.map((file) => vscode.workspace.fs.stat(file)));
  return files.filter((_, index) => (stats[index]!.type & vscode.FileType.Directory) !== 0);
}
