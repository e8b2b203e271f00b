import type { MissedPolicy, OverlapPolicy } from '../../model/schedules/schedule.ts';
import type { ScheduleView } from '../../model/schedules/schedule-view.ts';
import { nextDues } from '../../schedules/next-due.ts';
import { isTimeZone, TimeZone } from '../../schedules/time-zone.ts';
import { describeRule } from './describe-rule.ts';
import { describeScheduleRun } from './describe-schedule-run.ts';
import { codeSpan, escapeMarkdown } from '../format/escape-markdown.ts';
import { formatMoment } from '../format/format-moment.ts';
import { roleLabel } from '../roles/role-label.ts';

const NEXT = 3;
const RUNS = 5;

/** What the policies mean, for people. */
export const MISSED_TEXT: Readonly<Record<MissedPolicy, string>> = { skip: 'is not made up for', once: 'is made up for by one run', all: 'is made up for, each time' };
export const OVERLAP_TEXT: Readonly<Record<OverlapPolicy, string>> = { skip: 'does not run', queue: 'waits for its turn', replace: 'cancels the last run' };

/** A small page about a schedule, as Markdown: its rule, the next times, what happens to times that are missed or overlap, its last runs. */
export function scheduleTooltip(view: ScheduleView, now: number, locale?: string): string {
  const { schedule, state, runs } = view;
  const { rule, timeZone, missed, overlap, source, role } = schedule;
  const moment = (at: number): string => escapeMarkdown(formatMoment(at, now, timeZone, locale));
  const nexts = state.type === 'due' && (timeZone === 'local' || isTimeZone(timeZone)) ? [state.at, ...nextDues(rule, new TimeZone(timeZone), state.at, NEXT - 1)] : [];
  const lines = [
    `**${escapeMarkdown(schedule.name)}**`,
    escapeMarkdown(describeRule(schedule, now, locale)),
    ...(state.type === 'paused' && state.after !== undefined ? [`Paused: ${escapeMarkdown(state.after.message)}. **Resume** it once that is mended, **Edit** it, or try it with **Run Now**.`] : []),
    ...(nexts.length > 0 ? [`Next: ${nexts.map(moment).join(' · ')}`] : []),
    `What was missed ${MISSED_TEXT[missed]}; what comes while the last run goes on ${OVERLAP_TEXT[overlap]}.`,
    ...(role === undefined ? [] : [`Role: ${escapeMarkdown(roleLabel(role))}`]),
    ...(source.type === 'file' ? [`From ${codeSpan(source.path)}`] : []),
    ...(runs.length > 0 ? [runs.slice(0, RUNS).map((run) => `- ${moment(run.dueAt)}: ${escapeMarkdown(describeScheduleRun(run))}`).join('\n')] : []),
  ];
  return lines.join('\n\n');
}
