import path from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../core/base/user-error.ts';
import { describeRequest } from '../../core/present/agents/describe-request.ts';
import { fileRow, fileRows, filesOf, OTHERS } from '../queueing/file-rows.ts';
import { SCRIPT_EXTENSIONS } from '../queueing/script-kinds.ts';
import { splitArguments } from '../queueing/split-arguments.ts';
import { pickStep, textStep, type Step } from '../queueing/steps.ts';
import { requireRoots, rootOf } from '../workspace-roots.ts';
import type { ScheduleAnswers, What } from './schedule-answers.ts';

interface WhatItem extends vscode.QuickPickItem {
  /** `undefined` for scripts that the list does not hold. */
  readonly what: What | undefined;
}

/** Which script, or that it is a command; what is queued today is offered first. */
export const whatStep =
  (kept?: What): Step<ScheduleAnswers> =>
  async (draft, place) => {
    const roots = kept === undefined ? requireRoots() : [kept.root];
    const today: readonly WhatItem[] =
      kept?.type === 'kept'
        ? [{ label: `$(check) ${vscode.l10n.t('As It Is')}`, description: describeRequest(kept.request).join(', '), what: kept }]
        : [];
    const commands = roots.map((root): WhatItem => {
      const folder = roots.length > 1 ? ` · ${path.basename(root)}` : '';
      return { label: `$(terminal) ${vscode.l10n.t('A Command…')}`, description: `${vscode.l10n.t('a program with its arguments')}${folder}`, what: { type: 'command', root } };
    });
    const picked = await pickStep<WhatItem>({
      ...place,
      placeholder: vscode.l10n.t('What to run each time'),
      items: fileRows(`**/*.{${SCRIPT_EXTENSIONS.join(',')}}`).then((rows) => [
        ...today,
        ...commands,
        ...rows.flatMap((row): readonly WhatItem[] => (row.uri === undefined ? [{ ...row, what: undefined }] : scriptItem(row.uri))),
      ]),
      isChosen: ({ what }) => what !== undefined && (draft.what === undefined ? what.type === 'scripts' : sameWhat(what, draft.what)),
    });
    if (typeof picked !== 'object') return picked;
    const what = picked[0]!.what ?? (await otherScripts());
    return what === undefined ? undefined : { ...draft, what };
  };

async function otherScripts(): Promise<What | undefined> {
  const files = await filesOf([OTHERS]);
  return files === undefined || files.length === 0 ? undefined : scriptsOf(files);
}

/** The scripts that a command was called on; they belong to one folder of the workspace. */
export function scriptsOf(files: readonly vscode.Uri[]): What {
  const roots = new Set(files.map((file) => rootOf(file)));
  const [root] = roots;
  if (root === undefined || roots.size > 1) throw new UserError(vscode.l10n.t('A schedule belongs to one folder of the workspace: pick scripts of one open folder.'));
  return { type: 'scripts', root, files: files.map(({ fsPath }) => fsPath) };
}

/** Arguments of scripts, or the whole command. */
export const lineStep: Step<ScheduleAnswers> = async (draft, place) => {
  const isCommand = draft.what?.type === 'command';
  const line = await textStep({
    ...place,
    prompt: isCommand ? vscode.l10n.t('The program and its arguments; quotes hold words together') : vscode.l10n.t('Arguments of the script; quotes hold words together'),
    placeholder: isCommand ? 'make report' : vscode.l10n.t('None'),
    value: draft.line,
    check: (text) => wrongLine(text, isCommand),
  });
  return typeof line === 'string' ? { ...draft, line } : line;
};

function wrongLine(text: string, isCommand: boolean): string | undefined {
  try {
    return splitArguments(text).length === 0 && isCommand ? vscode.l10n.t('Expected at least the program') : undefined;
  } catch (error) {
    return vscode.l10n.t('There is {0}', (error as Error).message);
  }
}

function scriptItem(uri: vscode.Uri): readonly WhatItem[] {
  const root = rootOf(uri);
  return root === undefined ? [] : [{ ...fileRow(uri), what: { type: 'scripts', root, files: [uri.fsPath] } }];
}

function sameWhat(a: What, b: What): boolean {
  return (
    a.type === b.type &&
    a.root === b.root &&
    (a.type !== 'scripts' ||
      (b.type === 'scripts' &&
        a.files.length === b.files.length &&
        a.files.every((file, index) => path.relative(file, b.files[index]!) === '')))
  );
}
