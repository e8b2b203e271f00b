import path from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../core/base/user-error.ts';
import type { Submitted } from '../../core/engine/engine-port.ts';
import { isPromptFile } from '../../core/spec/prompt-file-name.ts';
import { COMMANDS } from '../ids.ts';
import { activeBatchFile, activeScript, pickBatchFile, pickScripts } from '../queueing/pick-scripts.ts';
import { isBatchFile, isQueueable, SCRIPT_EXTENSIONS } from '../queueing/script-kinds.ts';
import { askForOptions, optionsTitle, PLAIN_OPTIONS, specFields, type TaskOptions } from '../queueing/task-options.ts';
import { requireRoots, requireTrust } from '../workspace-roots.ts';
import type { CommandParts, Commands } from './command-parts.ts';

const TOLD_MS = 5000;
const LAST_OPTIONS = 'options.';

/** Commands that queue scripts and batches. */
export function queueCommands(parts: CommandParts) {
  const { engine, submission, memory } = parts;

  /** The scripts a command is about: those it was called on, else the one in the editor, else those that a person picks. */
  const scriptsFor = async (target: unknown, all: unknown): Promise<readonly vscode.Uri[] | undefined> => {
    requireRoots();
    requireTrust();
    const called = calledOn(target, all);
    if (called.length > 0) return called;
    const active = activeScript();
    return active === undefined ? pickScripts(engine) : [active];
  };

  const queue = async (target: unknown, all: unknown): Promise<void> => {
    if (target instanceof vscode.Uri && isBatchFile(target.fsPath)) return queueBatch(target);
    const files = await scriptsFor(target, all);
    if (files === undefined || files.length === 0) return;
    tell(await submission.scripts(files));
  };

  const pick = async (): Promise<void> => {
    requireRoots();
    requireTrust();
    const files = await pickScripts(engine);
    if (files !== undefined && files.length > 0) tell(await submission.scripts(files));
  };

  const queueWithOptions = async (target: unknown, all: unknown): Promise<void> => {
    const files = await scriptsFor(target, all);
    if (files === undefined || files.length === 0) return;
    const prompt = files.find(({ fsPath }) => isPromptFile(fsPath));
    if (prompt !== undefined)
      throw new UserError(
        vscode.l10n.t(
          '“{0}” is a prompt: its options stand in the lines between `---` at its top, such as `agent: claude`.',
          path.basename(prompt.fsPath),
        ),
      );
    const key = `${LAST_OPTIONS}${files[0]!.fsPath}`;
    const last = memory.get<TaskOptions>(key);
    const roots = requireRoots();
    const options = await askForOptions(optionsTitle(files), { ...PLAIN_OPTIONS, ...last }, parts.settings().types, () => parts.engine.roles(roots));
    if (options === undefined) return;
    tell(await submission.scripts(files, specFields(options)));
    await memory.update(key, { ...options, files: [] });
  };

  const queueBatch = async (target: unknown): Promise<void> => {
    requireRoots();
    requireTrust();
    const called = target instanceof vscode.Uri && isBatchFile(target.fsPath) ? target : undefined;
    const file = called ?? activeBatchFile() ?? (await pickBatchFile());
    if (file === undefined) return;
    const submitted = await submission.batch(file);
    say(vscode.l10n.t('Queued {0} tasks of {1}', submitted.tasks.length, path.basename(file.fsPath)));
  };

  return {
    [COMMANDS.runScript]: queue,
    [COMMANDS.pickScripts]: pick,
    [COMMANDS.queue]: queue,
    [COMMANDS.queueWithOptions]: queueWithOptions,
    [COMMANDS.queueBatch]: queueBatch,
  } satisfies Commands;
}

/** The scripts among the files that a command was called on; none when it was called on nothing. */
function calledOn(target: unknown, all: unknown): readonly vscode.Uri[] {
  const called = (Array.isArray(all) && all.length > 0 ? all : [target]).filter((value): value is vscode.Uri => value instanceof vscode.Uri);
  const scripts = called.filter(({ fsPath }) => isQueueable(fsPath));
  if (scripts.length > 0 || called.length === 0) return scripts;
  const known = SCRIPT_EXTENSIONS.map((extension) => `.${extension}`).join(', ');
  throw new UserError(
    vscode.l10n.t(
      '“{0}” is no script that could be run. Scripts end in {1}; anything else is run by a `command` of a batch file.',
      path.basename(called[0]!.fsPath),
      known,
    ),
  );
}

function tell(submitted: readonly Submitted[]): void {
  const count = submitted.reduce((sum, { tasks }) => sum + tasks.length, 0);
  say(count === 1 ? vscode.l10n.t('Queued task #{0}', submitted[0]!.tasks[0]!) : vscode.l10n.t('Queued {0} tasks', count));
}

function say(message: string): void {
  vscode.window.setStatusBarMessage(`$(run-all) ${message}`, TOLD_MS);
}
