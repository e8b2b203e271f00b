import * as vscode from 'vscode';
import { formatMoment } from '../../core/present/format/format-moment.ts';
import { nextDues } from '../../core/schedules/next-due.ts';
import { parseSchedule } from '../../core/schedules/parse-schedule.ts';
import { TimeZone } from '../../core/schedules/time-zone.ts';
import { whenFields, type ScheduleAnswers } from './schedule-answers.ts';

const SHOWN = 3;

export type Preview = { readonly type: 'next'; readonly text: string } | { readonly type: 'wrong'; readonly message: string };

/** The next times that these answers mean, or what is wrong with them. */
export function previewOf(answers: Omit<ScheduleAnswers, 'what'>, now: number): Preview {
  const parsed = parseSchedule({ name: 'preview', tasks: [{}], ...whenFields(answers) }, { workspace: '/', source: { type: 'person' }, now });
  if (!parsed.ok) return { type: 'wrong', message: sentence(parsed.error[0]!.message) };
  const { rule, timeZone } = parsed.value;
  const zone = new TimeZone(timeZone);
  const dues = nextDues(rule, zone, now, SHOWN);
  if (dues.length === 0) return { type: 'wrong', message: vscode.l10n.t('That time is past') };
  return { type: 'next', text: vscode.l10n.t('Next: {0}', dues.map((due) => formatMoment(due, now, timeZone, vscode.env.language)).join(' · ')) };
}

/** The same as one text. */
export function previewText(answers: Omit<ScheduleAnswers, 'what'>, now: number): string {
  const preview = previewOf(answers, now);
  return preview.type === 'next' ? preview.text : preview.message;
}

/** As it stands below what was typed, which need not be said again. */
function sentence(text: string): string {
  const short = text.replace(/, got `.*$/, '').replaceAll('`', '');
  return short.charAt(0).toUpperCase() + short.slice(1);
}
