import * as vscode from 'vscode';
import type { Weekday } from '../../core/model/schedules/schedule.ts';
import { pickStep, textStep, type Step } from '../queueing/steps.ts';
import { previewOf, previewText } from './schedule-preview.ts';
import type { ScheduleAnswers, When } from './schedule-answers.ts';

type Answering = Step<ScheduleAnswers>;

const WHENS: readonly (readonly [when: When, icon: string, label: string, description: string])[] = [
  ['every', 'sync', vscode.l10n.t('At an Interval'), vscode.l10n.t('every 15 minutes, every 2 hours')],
  ['daily', 'clock', vscode.l10n.t('Every Day'), vscode.l10n.t('at a time of the day')],
  ['weekly', 'calendar', vscode.l10n.t('On Days of the Week'), vscode.l10n.t('at a time of the day')],
  ['monthly', 'calendar', vscode.l10n.t('Every Month'), vscode.l10n.t('on a day, or on the last')],
  ['once', 'pinned', vscode.l10n.t('Once'), vscode.l10n.t('at a date and time')],
  ['cron', 'code', vscode.l10n.t('By a Cron Expression'), vscode.l10n.t('minute, hour, day of month, month, day of week')],
];

/** How often; each way shows the times it would mean as things stand. */
export const whenStep =
  (now: () => number): Answering =>
  async (draft, place) => {
    const picked = await pickStep({
      ...place,
      placeholder: vscode.l10n.t('How often'),
      items: WHENS.map(([when, icon, label, description]) => ({ label: `$(${icon}) ${label}`, description, detail: previewText({ ...draft, when }, now()), when })),
      isChosen: ({ when }) => when === draft.when,
    });
    return typeof picked === 'object' ? { ...draft, when: picked[0]!.when } : picked;
  };

/** What is to be asked for a way to say when. */
export function detailSteps(when: When, now: () => number): readonly Answering[] {
  switch (when) {
    case 'every':
      return [textOf(now, 'every', vscode.l10n.t('How long between two runs'), '15m')];
    case 'daily':
      return [timeStep(now)];
    case 'weekly':
      return [daysStep(now), timeStep(now)];
    case 'monthly':
      return [dayStep(now), timeStep(now)];
    case 'once':
      return [textOf(now, 'once', vscode.l10n.t('When'), '2030-01-31T08:00')];
    case 'cron':
      return [textOf(now, 'cron', vscode.l10n.t('Cron expression'), '30 8 * * 1-5')];
  }
}

function textOf(now: () => number, field: 'every' | 'once' | 'cron' | 'time', prompt: string, example: string): Answering {
  return async (draft, place) => {
    // Who changes an interval means one that begins now.
    const withText = (text: string): ScheduleAnswers => ({ ...draft, [field]: text, ...(field === 'every' && text !== draft.every && { starting: undefined }) });
    const text = await textStep({
      ...place,
      prompt,
      placeholder: example,
      value: draft[field],
      tell: (value) => `${prompt}. ${previewText(withText(value), now())}`,
      check: (value) => {
        const preview = previewOf(withText(value), now());
        return preview.type === 'wrong' ? preview.message : undefined;
      },
    });
    return typeof text === 'string' ? withText(text) : text;
  };
}

function timeStep(now: () => number): Answering {
  return textOf(now, 'time', vscode.l10n.t('Time of the day, such as 08:30'), '08:30');
}

/** The week begins on Monday. */
const WEEK: readonly (readonly [day: Weekday, label: string])[] = [
  [1, vscode.l10n.t('Monday')],
  [2, vscode.l10n.t('Tuesday')],
  [3, vscode.l10n.t('Wednesday')],
  [4, vscode.l10n.t('Thursday')],
  [5, vscode.l10n.t('Friday')],
  [6, vscode.l10n.t('Saturday')],
  [0, vscode.l10n.t('Sunday')],
];

function daysStep(now: () => number): Answering {
  return async (draft, place) => {
    const daysOf = (items: readonly { readonly day: Weekday }[]): readonly Weekday[] => items.map(({ day }) => day).sort((a, b) => a - b);
    const placeholder = (days: readonly Weekday[]): string => (days.length === 0 ? vscode.l10n.t('On which days; at least one') : previewText({ ...draft, days }, now()));
    const picked = await pickStep({
      ...place,
      placeholder: placeholder(draft.days),
      items: WEEK.map(([day, label]) => ({ label, day })),
      isChosen: ({ day }) => draft.days.includes(day),
      many: true,
      tell: (chosen) => placeholder(daysOf(chosen)),
    });
    if (typeof picked !== 'object') return picked;
    // None is as good as what was there before.
    return picked.length === 0 ? draft : { ...draft, days: daysOf(picked) };
  };
}

function dayStep(now: () => number): Answering {
  return async (draft, place) => {
    const items = (['last', ...Array.from({ length: 31 }, (_, index) => index + 1)] as const).map((day) => ({
      label: day === 'last' ? vscode.l10n.t('The Last Day') : vscode.l10n.t('Day {0}', day),
      description: typeof day === 'number' && day > 28 ? vscode.l10n.t('or the last, where a month is shorter') : '',
      detail: previewText({ ...draft, day }, now()),
      day,
    }));
    const picked = await pickStep<(typeof items)[number]>({ ...place, placeholder: vscode.l10n.t('On which day of the month'), items, isChosen: ({ day }) => day === draft.day });
    return typeof picked === 'object' ? { ...draft, day: picked[0]!.day } : picked;
  };
}
