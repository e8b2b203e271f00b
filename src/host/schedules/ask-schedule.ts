import path from 'node:path';
import * as vscode from 'vscode';
import type { RolesOf } from '../queueing/role-step.ts';
import { askAlong, type Step } from '../queueing/steps.ts';
import { splitArguments } from '../queueing/split-arguments.ts';
import type { ScheduleAnswers, What } from './schedule-answers.ts';
import { summaryStep } from './summary-step.ts';
import { lineStep, whatStep } from './what-step.ts';
import { detailSteps, whenStep } from './when-steps.ts';

export interface Asking {
  readonly title: string;
  /** What the last item says, such as “Create Schedule”. */
  readonly done: string;
  /** What it is about is known: the first question is when. */
  readonly isWhatKnown: boolean;
  readonly now: () => number;
  readonly roles: RolesOf;
}

/** Asks for a schedule, starting from `first`; `undefined` when it was left. */
export async function askForSchedule(first: ScheduleAnswers, { title, done, isWhatKnown, now, roles }: Asking): Promise<ScheduleAnswers | undefined> {
  const what = whatStep(first.what);
  const named: Step<ScheduleAnswers> = (draft, place) => summaryStep(done, now, roles)({ ...draft, name: draft.name === '' ? nameOf(draft) : draft.name }, place);
  return askAlong(title, first, (draft) => [
    ...(isWhatKnown ? [] : [what, ...(draft.what?.type === 'command' ? [lineStep] : [])]),
    whenStep(now),
    ...detailSteps(draft.when, now),
    named,
  ]);
}

/** Tasks as a batch file has them. */
export function tasksOf(what: What, line: string): readonly Readonly<Record<string, unknown>>[] {
  const words = splitArguments(line);
  if (what.type === 'command') return [{ command: words }];
  const files = what.type === 'scripts' ? what.files : [];
  return files.map((file) => ({ script: path.relative(what.root, file), ...(words.length > 0 && { args: words }) }));
}

function nameOf({ what, line }: ScheduleAnswers): string {
  if (what?.type === 'command') return splitArguments(line).slice(0, 3).join(' ');
  const [file, ...more] = what?.type === 'scripts' ? what.files : [];
  if (file === undefined) return '';
  return more.length === 0 ? path.basename(file) : vscode.l10n.t('{0} and {1} more', path.basename(file), more.length);
}
