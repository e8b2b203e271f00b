import type { ScheduleRule } from '../../core/model/schedules/schedule.ts';
import type { ScheduleRunView, ScheduleView } from '../../core/model/schedules/schedule-view.ts';
import { presentSchedule } from '../../core/present/schedules/present-schedule.ts';
import type { CommandContext } from '../command-context.ts';
import { isoTime } from '../report/iso-time.ts';
import { printJson } from '../report/print-json.ts';
import { renderTable, type Cell, type Column } from '../terminal/table.ts';

const COLUMNS: readonly Column[] = [{ title: '' }, { title: 'id', align: 'right' }, { title: 'schedule', shrinksTo: 12 }, { title: '', shrinksTo: 16 }];
const MARKS: Readonly<Record<ScheduleView['state']['type'], Cell>> = {
  due: { text: '·', look: 'dim' }, paused: { text: '‖', look: 'dim' }, untrusted: { text: '!', look: 'yellow' }, over: { text: '✔', look: 'dim' },
};

/** Schedules, a line each; or data; or only their numbers. */
export function printSchedules(views: readonly ScheduleView[], { output, style, clock, json, quiet }: CommandContext): void {
  if (json) return printJson(output, { schedules: views.map(scheduleJson) });
  if (quiet) return output.write(views.map(({ schedule }) => `${schedule.id}\n`).join(''));
  const now = clock.now();
  const rows = views.map((view): readonly Cell[] => [
    view.runs[0]?.progress === 'running' ? { text: '▸', look: 'cyan' } : MARKS[view.state.type],
    `#${view.schedule.id}`,
    view.schedule.name,
    presentSchedule(view, now, 'en').description,
  ]);
  output.write(`${renderTable(COLUMNS, rows, { style, width: output.columns, titles: false }).join('\n')}\n`);
}

function scheduleJson({ schedule, state, isServed, runs }: ScheduleView): unknown {
  const { role, source, rule, ...rest } = schedule;
  return { ...rest, rule: ruleJson(rule), role: role ?? null, source: source.type, file: source.type === 'file' ? source.path : null, state: state.type, nextAt: isoTime(state.type === 'due' ? state.at : undefined), pausedBy: state.type === 'paused' ? (state.after?.message ?? null) : null, served: isServed, runs: runs.map(runJson) };
}

function runJson({ dueAt, manual, state, progress, endedAt, tasks }: ScheduleRunView): unknown {
  return { dueAt: isoTime(dueAt), manual, state: state.type, message: state.type === 'refused' || state.type === 'failed' ? state.message : null, progress: progress ?? null, endedAt: isoTime(endedAt), tasks };
}

function ruleJson(rule: ScheduleRule): unknown {
  if (rule.type === 'interval') return { ...rule, anchor: isoTime(rule.anchor) };
  return rule.type === 'once' ? { ...rule, at: isoTime(rule.at) } : rule;
}
