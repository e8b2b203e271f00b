import * as vscode from 'vscode';
import { roleLabel } from '../../core/present/roles/role-label.ts';
import { MISSED_TEXT, OVERLAP_TEXT } from '../../core/present/schedules/schedule-tooltip.ts';
import { TimeZone } from '../../core/schedules/time-zone.ts';
import { roleStep, type RolesOf } from '../queueing/role-step.ts';
import { BACK, pickStep, textStep, type Place, type Step } from '../queueing/steps.ts';
import { previewText } from './schedule-preview.ts';
import type { ScheduleAnswers } from './schedule-answers.ts';
import { lineStep } from './what-step.ts';

type Answering = Step<ScheduleAnswers>;

interface PartItem extends vscode.QuickPickItem {
  /** Asks for this part; the first item has none and ends the dialogue. */
  readonly ask?: Answering;
}

/** All that has a good default, in one list: it is taken as it is by Enter, and each part can be changed. */
export const summaryStep =
  (done: string, now: () => number, roles: RolesOf): Answering =>
  async (first, place) => {
    for (let draft = first; ; ) {
      const items: readonly PartItem[] = [
        { label: `$(check) ${done}`, description: draft.name, detail: previewText(draft, now()) },
        { label: vscode.l10n.t('Name'), description: draft.name, ask: nameStep },
        ...(draft.what?.type === 'scripts' ? [{ label: vscode.l10n.t('Arguments'), description: draft.line === '' ? vscode.l10n.t('none') : draft.line, ask: lineStep }] : []),
        ...(draft.when === 'every' ? [] : [{ label: vscode.l10n.t('Time Zone'), description: zoneText(draft.timeZone), ask: zoneStep(now) }]),
        { label: vscode.l10n.t('What Was Missed'), description: MISSED_TEXT[draft.missed], ask: missedStep },
        { label: vscode.l10n.t('While the Last Run Goes On'), description: OVERLAP_TEXT[draft.overlap], ask: overlapStep },
        { label: vscode.l10n.t('Role'), description: draft.role === undefined ? vscode.l10n.t('none') : roleLabel(draft.role), ask: joiningStep(roles) },
      ];
      const picked = await pickStep<PartItem>({ ...place, placeholder: vscode.l10n.t('Enter is fine; or change what is below'), items, isChosen: ({ ask }) => ask === undefined });
      if (picked === BACK || picked === undefined) return picked;
      const { ask } = picked[0]!;
      if (ask === undefined) return draft;
      const answer = await ask(draft, place);
      if (answer === undefined) return undefined;
      if (answer !== BACK) draft = answer;
    }
  };

const nameStep: Answering = async (draft, place) => {
  const name = await textStep({
    ...place,
    prompt: vscode.l10n.t('Name of the schedule'),
    placeholder: '',
    value: draft.name,
    check: (text) => (text.trim() === '' ? vscode.l10n.t('Expected a name') : undefined),
  });
  return typeof name === 'string' ? { ...draft, name: name.trim() } : name;
};

const joiningStep =
  (roles: RolesOf): Answering =>
  async (draft, place) => {
    const answer = await roleStep({ ...place, placeholder: vscode.l10n.t('Role whose queue its tasks join') }, roles, draft.role);
    return answer === BACK || answer === undefined ? answer : { ...draft, role: answer.role };
  };

const missedStep: Answering = choiceStep('missed', vscode.l10n.t('What passes while no window is open, and nobody serves the workspace'), [
  ['once', vscode.l10n.t('Run Once'), vscode.l10n.t('one run makes up for all that was missed')],
  ['skip', vscode.l10n.t('Skip'), vscode.l10n.t('what was missed is not made up for')],
  ['all', vscode.l10n.t('Run Each'), vscode.l10n.t('one after the other, at most the latest 100')],
]);

const overlapStep: Answering = choiceStep('overlap', vscode.l10n.t('What comes while the last run goes on'), [
  ['skip', vscode.l10n.t('Skip'), vscode.l10n.t('it does not run')],
  ['queue', vscode.l10n.t('Queue'), vscode.l10n.t('it runs when the last one has ended')],
  ['replace', vscode.l10n.t('Replace'), vscode.l10n.t('the last one is cancelled')],
]);

function choiceStep<K extends 'missed' | 'overlap'>(
  field: K,
  placeholder: string,
  choices: readonly (readonly [value: ScheduleAnswers[K], label: string, description: string])[],
): Answering {
  return async (draft, place) => {
    const items = choices.map(([value, label, description]) => ({ label, description, value }));
    const picked = await pickStep({ ...place, placeholder, items, isChosen: ({ value }) => value === draft[field] });
    return typeof picked === 'object' ? { ...draft, [field]: picked[0]!.value } : picked;
  };
}

const zoneStep =
  (now: () => number): Answering =>
  async (draft, place: Place) => {
    const local = new TimeZone('local').name;
    const names = ['local', 'UTC', ...Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC')];
    const items = names.map((name) => ({
      label: zoneText(name, local),
      ...((name === 'local' || name === draft.timeZone) && { detail: previewText({ ...draft, timeZone: name }, now()) }),
      name,
    }));
    const picked = await pickStep({ ...place, placeholder: vscode.l10n.t('Whose clocks count'), items, isChosen: ({ name }) => name === draft.timeZone });
    return typeof picked === 'object' ? { ...draft, timeZone: picked[0]!.name } : picked;
  };

function zoneText(name: string, local = new TimeZone('local').name): string {
  return name === 'local' ? vscode.l10n.t('This Machine ({0})', local) : name;
}
