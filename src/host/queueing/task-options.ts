import path from 'node:path';
import * as vscode from 'vscode';
import { DEFAULT_PRIORITY, parsePriority } from '../../core/model/priority.ts';
import { DEFAULT_TYPE, type TaskType } from '../../core/model/task-type.ts';
import { formatBytes } from '../../core/present/format/format-bytes.ts';
import { formatCores } from '../../core/present/format/format-cores.ts';
import { fileRows, filesOf, type FileRow } from './file-rows.ts';
import { splitArguments } from './split-arguments.ts';
import { roleStep, type RolesOf } from './role-step.ts';
import { askInSteps, BACK, pickStep, textStep, type Step } from './steps.ts';

/** What is asked of a task beside its script. */
export interface TaskOptions {
  readonly type: string;
  readonly priority: number;
  /** As typed. */
  readonly args: string;
  /** Files it writes; no other task does so meanwhile. */
  readonly files: readonly vscode.Uri[];
  readonly role: string;
}

export const PLAIN_OPTIONS: TaskOptions = { type: DEFAULT_TYPE, priority: DEFAULT_PRIORITY, args: '', files: [], role: '' };

/** The options as fields of a spec. */
export function specFields({ type, priority, args, files, role }: TaskOptions): Record<string, unknown> {
  const words = splitArguments(args);
  return {
    type,
    priority,
    ...(words.length > 0 && { args: words }),
    ...(files.length > 0 && { files: files.map(({ fsPath }) => fsPath) }),
    ...(role !== '' && { role }),
  };
}

/** Asks for the options, starting from `first`; `undefined` when it was left. */
export function askForOptions(title: string, first: TaskOptions, types: readonly TaskType[], roles: RolesOf): Promise<TaskOptions | undefined> {
  return askInSteps(title, first, [typeStep(types), priorityStep, argumentsStep, filesStep, joiningStep(roles)]);
}

const typeStep =
  (types: readonly TaskType[]): Step<TaskOptions> =>
  async (draft, place) => {
    const items = types.map(({ name, limit, cpu, memory }) => ({
      label: name,
      description: vscode.l10n.t('{0} at once · about {1} and {2} each', limit, formatCores(cpu), formatBytes(memory)),
    }));
    const picked = await pickStep({
      ...place,
      placeholder: vscode.l10n.t('Type of the task: how many of its kind run at once'),
      items,
      isChosen: ({ label }) => label === draft.type,
    });
    return picked === BACK || picked === undefined ? picked : { ...draft, type: picked[0]!.label };
  };

const PRIORITIES = [
  { label: vscode.l10n.t('High'), description: '1', value: 1 },
  { label: vscode.l10n.t('Normal'), description: '5', value: 5 },
  { label: vscode.l10n.t('Low'), description: '9', value: 9 },
] as const;

const priorityStep: Step<TaskOptions> = async (draft, place) => {
  const priority = await askForPriority(draft.priority, place);
  return priority === BACK || priority === undefined ? priority : { ...draft, priority };
};

/** A priority from a list of three, or any number. Lower runs first. */
export async function askForPriority(
  current: number,
  place: { readonly title: string; readonly step: number; readonly totalSteps: number },
): Promise<number | typeof BACK | undefined> {
  const other = {
    label: vscode.l10n.t('Other Number…'),
    description: PRIORITIES.some(({ value }) => value === current) ? '' : String(current),
    value: undefined,
  };
  const picked = await pickStep<{ label: string; description: string; value: number | undefined }>({
    ...place,
    placeholder: vscode.l10n.t('Priority: lower numbers run first'),
    items: [...PRIORITIES, other],
    isChosen: ({ value }) => value === current || (value === undefined && other.description !== ''),
  });
  if (picked === BACK || picked === undefined) return picked;
  if (picked[0]!.value !== undefined) return picked[0]!.value;
  const text = await textStep({
    ...place,
    prompt: vscode.l10n.t('Priority: lower numbers run first'),
    placeholder: '5',
    value: String(current),
    check: (value) => (parsePriority(value) === undefined ? vscode.l10n.t('Expected a number, such as 3') : undefined),
  });
  return typeof text === 'string' ? parsePriority(text) : text;
}

const argumentsStep: Step<TaskOptions> = async (draft, place) => {
  const args = await textStep({
    ...place,
    prompt: vscode.l10n.t('Arguments of the script; quotes hold words together'),
    placeholder: vscode.l10n.t('None'),
    value: draft.args,
    check: (text) => {
      try {
        splitArguments(text);
        return undefined;
      } catch (error) {
        return vscode.l10n.t('There is {0}', (error as Error).message);
      }
    },
  });
  return typeof args === 'string' ? { ...draft, args } : args;
};

const filesStep: Step<TaskOptions> = async (draft, place) => {
  const chosen = new Set(draft.files.map(String));
  const picked = await pickStep<FileRow>({
    ...place,
    placeholder: vscode.l10n.t('Files it writes, so that no other task does meanwhile; none is fine'),
    items: fileRows('**/*', draft.files),
    isChosen: ({ uri }) => uri !== undefined && chosen.has(String(uri)),
    many: true,
  });
  const files = picked === BACK || picked === undefined ? picked : await filesOf(picked);
  return files === BACK || files === undefined ? files : { ...draft, files };
};

const joiningStep =
  (roles: RolesOf): Step<TaskOptions> =>
  async (draft, place) => {
    const answer = await roleStep({ ...place, placeholder: vscode.l10n.t('Role whose queue it joins') }, roles, draft.role === '' ? undefined : draft.role);
    return answer === BACK || answer === undefined ? answer : { ...draft, role: answer.role ?? '' };
  };

/** How the options dialogue is headed for these scripts. */
export function optionsTitle(files: readonly vscode.Uri[]): string {
  return files.length === 1 ? vscode.l10n.t('Queue {0} in Parallel', path.basename(files[0]!.fsPath)) : vscode.l10n.t('Queue {0} Scripts in Parallel', files.length);
}
