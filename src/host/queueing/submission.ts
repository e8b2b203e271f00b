import { open } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Log } from '../../core/base/log.ts';
import { UserError } from '../../core/base/user-error.ts';
import type { EnginePort, Submitted, SubmitRequest } from '../../core/engine/engine-port.ts';
import { shortLabel } from '../../core/present/format/one-line.ts';
import { importsBpy } from '../../core/spec/blender-script.ts';
import { HostError } from '../host-error.ts';
import { COMMANDS } from '../ids.ts';
import type { Settings } from '../settings/settings.ts';
import { requireRoots, requireTrust, rootOf } from '../workspace-roots.ts';
import { readBatchText } from './batch-text.ts';
import { problemsText } from './problems-text.ts';
import { chosenPython } from './python-interpreter.ts';
import { isPython } from './script-kinds.ts';

/** Enough of a script to see whether Blender has to run it. */
const HEAD_BYTES = 64 * 1024;

/** Queues what a person pointed at: all of it or nothing of each workspace folder. */
export class Submission {
  private readonly engine: Pick<EnginePort, 'submit'>;
  private readonly settings: () => Settings;
  private readonly log: Log;

  constructor(engine: Pick<EnginePort, 'submit'>, settings: () => Settings, log: Log) {
    this.engine = engine;
    this.settings = settings;
    this.log = log;
  }

  /** One task for each script, with `fields` of a spec on all of them. */
  async scripts(files: readonly vscode.Uri[], fields: Readonly<Record<string, unknown>> = {}): Promise<readonly Submitted[]> {
    requireRoots();
    requireTrust();
    const byRoot = new Map<string, vscode.Uri[]>();
    for (const file of files) {
      const root = requireRootOf(file);
      byRoot.set(root, [...(byRoot.get(root) ?? []), file]);
    }
    await this.save(files);
    const requests = [...byRoot].map(async ([root, own]): Promise<SubmitRequest> => ({
      workspace: root,
      name: own.length === 1 ? path.basename(own[0]!.fsPath) : vscode.l10n.t('{0} and {1} more', path.basename(own[0]!.fsPath), own.length - 1),
      tasks: await Promise.all(own.map(async (file) => ({ ...fields, script: path.relative(root, file.fsPath), ...(await this.interpreter(file)) }))),
      confine: true,
    }));
    const submitted: Submitted[] = [];
    for (const request of await Promise.all(requests)) submitted.push(await this.send(request));
    return submitted;
  }

  async batch(file: vscode.Uri): Promise<Submitted> {
    requireRoots();
    requireTrust();
    const root = requireRootOf(file);
    await this.save([file]);
    const shown = path.relative(root, file.fsPath);
    const { name, defaults, tasks } = readBatchText(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)), shown);
    return this.send(
      {
        workspace: root,
        base: path.dirname(file.fsPath),
        name: name ?? path.basename(shown, '.parallel.json'),
        ...(defaults !== undefined && { defaults }),
        tasks,
        confine: true,
      },
      file,
    );
  }

  /** With the interpreter that is chosen for its script in this window. */
  async completed(root: string, spec: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>> {
    const { script } = spec;
    return typeof script === 'string' ? { ...(await this.interpreter(vscode.Uri.file(path.resolve(root, script)))), ...spec } : spec;
  }

  /** Words for an agent, with `fields` of a spec. */
  prompt(root: string, prompt: string, fields: Readonly<Record<string, unknown>>): Promise<Submitted> {
    requireRoots();
    requireTrust();
    return this.send({ workspace: root, name: shortLabel(prompt), tasks: [{ ...fields, prompt }], confine: true });
  }

  /** A spec as `tasks.json` has it. */
  async spec(root: string, name: string, spec: Readonly<Record<string, unknown>>): Promise<Submitted> {
    requireTrust();
    return this.send({ workspace: root, name, tasks: [await this.completed(root, spec)], confine: true });
  }

  private async send(request: SubmitRequest, source?: vscode.Uri): Promise<Submitted> {
    const result = await this.engine.submit(request);
    if (result.ok) return result.value;
    const showAll = { title: vscode.l10n.t('Show All'), run: () => vscode.commands.executeCommand(COMMANDS.showEngineLog) };
    const openFile = { title: vscode.l10n.t('Open File'), run: () => vscode.window.showTextDocument(source!) };
    throw new HostError(problemsText(result.error, request.name), [...(result.error.length > 1 ? [showAll] : []), ...(source === undefined ? [] : [openFile])]);
  }

  private async save(files: readonly vscode.Uri[]): Promise<void> {
    if (!this.settings().saveBeforeQueue) return;
    const wanted = new Set(files.map(String));
    for (const document of vscode.workspace.textDocuments) {
      if (!document.isDirty || !wanted.has(String(document.uri))) continue;
      if (!(await document.save()))
        throw new UserError(
          vscode.l10n.t(
            '“{0}” could not be saved, so it was not queued. Save it, or switch off `parallelWorkflow.saveBeforeQueue`.',
            path.basename(document.fileName),
          ),
        );
    }
  }

  /** The interpreter for a Python script, which outranks the setting, unless Blender is what runs it. */
  private async interpreter(file: vscode.Uri): Promise<{ readonly interpreter?: string }> {
    if (!isPython(file.fsPath) || importsBpy(await headOf(file.fsPath))) return {};
    const interpreter = await chosenPython(file, this.log);
    return interpreter === undefined ? {} : { interpreter };
  }
}

function requireRootOf(file: vscode.Uri): string {
  const root = rootOf(file);
  if (root !== undefined) return root;
  throw new HostError(vscode.l10n.t('“{0}” lies outside the folders of this window. Open its folder, or add it to the workspace, and queue it there.', file.fsPath), [
    { title: vscode.l10n.t('Add Folder to Workspace…'), run: () => vscode.commands.executeCommand('workbench.action.addRootFolder') },
  ]);
}

async function headOf(file: string): Promise<string> {
  try {
    const handle = await open(file, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
      return buffer.subarray(0, bytesRead).toString('utf8');
    } finally {
      await handle.close();
    }
  } catch {
    // The engine says what is wrong with the file.
    return '';
  }
}
