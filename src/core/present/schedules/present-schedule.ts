import type { ScheduleRunView, ScheduleView } from '../../model/schedules/schedule-view.ts';
import { describeRule } from './describe-rule.ts';
import { describeScheduleRun, scheduleRunIcon } from './describe-schedule-run.ts';
import type { Face } from '../face.ts';
import { formatAge } from '../format/format-age.ts';
import { formatAgo, formatDuration } from '../format/format-duration.ts';
import { formatMoment } from '../format/format-moment.ts';
import { rowLabel } from '../format/one-line.ts';
import type { Icon } from '../tasks/state-icon.ts';

const WARNING = 'list.warningForeground';

/** The row of a schedule: when it comes due next, by which rule, and what became of its last run. */
export function presentSchedule(view: ScheduleView, now: number, locale?: string): Face {
  const { schedule, runs } = view;
  const rule = describeRule(schedule, now, locale);
  const last = runs[0] === undefined ? undefined : lastText(runs[0], now);
  return {
    label: rowLabel(schedule.name),
    description: join([stateText(view, now), rule, last]),
    ...icon(view),
    accessibility: [schedule.name, settledText(view), rule, runs[0] === undefined ? undefined : `last run ${describeScheduleRun(runs[0])}`].filter((part) => part !== undefined).join(', '),
    contextValue: ['schedule', ...scheduleWords(view)].join(' '),
  };
}

/** The row of one run below its schedule. */
export function presentScheduleRun(run: ScheduleRunView, timeZone: string, now: number, locale?: string): Face {
  const label = formatMoment(run.dueAt, now, timeZone, locale);
  const took = run.endedAt === undefined ? undefined : `ended ${formatDuration(run.endedAt - run.dueAt)} later`;
  const description = join([run.manual ? 'run by hand' : undefined, describeScheduleRun(run), took]);
  return { label, description, ...scheduleRunIcon(run), accessibility: `${label}, ${describeScheduleRun(run)}`, contextValue: run.tasks.length > 0 ? 'scheduleRun hasTasks' : 'scheduleRun' };
}

/** Words behind `schedule` in the `contextValue`, which menus match. */
export type ScheduleWord = 'runnable' | 'pausable' | 'resumable' | 'trustable' | 'removable' | 'hasLastRun';

/** What menus may offer for a schedule. */
export function scheduleWords({ schedule, state, runs }: ScheduleView): readonly ScheduleWord[] {
  return [
    ...(state.type === 'untrusted' ? (['trustable'] as const) : (['runnable'] as const)),
    ...(state.type === 'due' ? (['pausable'] as const) : []),
    ...(state.type === 'paused' ? (['resumable'] as const) : []),
    ...(schedule.source.type === 'file' ? [] : (['removable'] as const)),
    ...(runs.some(({ tasks }) => tasks.length > 0) ? (['hasLastRun'] as const) : []),
  ];
}

function stateText(view: ScheduleView, now: number): string {
  const { state } = view;
  return state.type === 'due' && view.isServed ? (state.at > now ? `in ${formatAge(state.at - now)}` : 'due now') : (settledText(view) ?? '');
}

/** What does not change with time; `undefined` for one that simply comes due. */
function settledText({ state, isServed }: ScheduleView): string | undefined {
  switch (state.type) {
    case 'untrusted':
      return 'needs your trust before it runs';
    case 'paused':
      return state.after === undefined ? 'paused' : `paused after ${count(state.after.errors)}: ${state.after.message}`;
    case 'over':
      return 'over';
    case 'due':
      return isServed ? undefined : 'waits for a trusted window, or `parallel-workflow serve`, in its workspace';
  }
}

function lastText(run: ScheduleRunView, now: number): string {
  const what = run.state.type === 'queued' ? describeScheduleRun(run) : run.state.type;
  return run.progress === 'running' || run.progress === 'waiting' ? what : `last ${what} ${formatAgo(now - (run.endedAt ?? run.dueAt))}`;
}

function icon({ state, runs }: ScheduleView): Icon {
  if (state.type === 'untrusted') return { icon: 'shield', iconColor: WARNING };
  const [last] = runs;
  if (last?.progress === 'running') return scheduleRunIcon(last);
  if (state.type === 'paused') return state.after === undefined ? { icon: 'debug-pause' } : { icon: 'debug-pause', iconColor: WARNING };
  if (last?.progress === 'failed' || last?.state.type === 'refused' || last?.state.type === 'failed') return scheduleRunIcon(last);
  return state.type === 'over' ? { icon: 'check-all' } : { icon: 'calendar' };
}

function count(errors: number): string {
  return errors === 1 ? 'an error' : `${errors} errors in a row`;
}

function join(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}
