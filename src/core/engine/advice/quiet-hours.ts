import path from 'node:path';
import type { MachinePoint } from '../../model/machine/machine-point.ts';
import { median } from '../../model/quantile.ts';
import type { Recommendation, ScheduleChange } from '../../model/recommendation.ts';
import type { Schedule } from '../../model/schedules/schedule.ts';
import { timeText } from '../../schedules/time-text.ts';
import { duration, percent } from './figures.ts';
import type { History } from './history.ts';

/** What is known of schedules and of the hours of a day. */
export type HoursHistory = Pick<History, 'schedules' | 'scriptRuns' | 'weeks' | 'cores'>;

const FEWEST_RUNS = 5;
const FEWEST_DAYS = 5;
/** CPU time of a run from which on it matters to others when it is; milliseconds. */
const HEAVY_MS = 60_000;
const BUSY = 0.5;
const QUIETER = 0.3;
const HOUR_MS = 3_600_000;

/** Heavy scripts that are scheduled for an hour in which others need the machine, while another hour is quiet. Pure but for the machine's time zone. */
export function quietHours({ schedules, scriptRuns, weeks, cores }: HoursHistory): Recommendation[] {
  const hours = hoursOf(weeks);
  return schedules.flatMap((schedule) => {
    const { rule } = schedule;
    if (schedule.paused || schedule.timeZone !== 'local' || !('time' in rule)) return [];
    const hour = Math.floor(rule.time / 60);
    const runs = scriptRuns.filter((run) => run.cpuMs !== undefined && run.workspace === schedule.workspace && scriptsOf(schedule).includes(run.path) && new Date(run.startedAt).getHours() === hour);
    if (runs.length < FEWEST_RUNS) return [];
    const [cpuMs, wallMs] = [median(runs.map((run) => run.cpuMs!))!, median(runs.map((run) => run.wallMs))!];
    const here = hours.get(hour);
    const quietest = [...hours].filter(([, { days }]) => days >= FEWEST_DAYS).sort(([, a], [, b]) => a.cpu - b.cpu)[0];
    if (cpuMs < HEAVY_MS || here === undefined || here.days < FEWEST_DAYS || quietest === undefined) return [];
    // What it does to the hour itself is no reason to move it.
    const others = here.cpu - Math.min(1, cpuMs / (HOUR_MS * cores));
    const [quietHour, quiet] = quietest;
    if (others < BUSY || others - quiet.cpu < QUIETER) return [];
    const [from, to] = [timeText(hour * 60), timeText(quietHour * 60)];
    const evidence = `At ${from} others keep the machine ${percent(others)} busy (${here.days} days), at ${to} ${percent(quiet.cpu)}; a run takes ${duration(wallMs)} and ${duration(cpuMs)} of CPU time (medians of ${runs.length}).`;
    return [{ id: `quiet-hours ${schedule.workspace} ${schedule.name} ${from}`, kind: 'quiet-hours' as const, title: `Move the schedule “${schedule.name}” to ${to}`, evidence, change: moved(schedule, rule.time, quietHour * 60) }];
  });
}

function moved({ id, name, workspace, source }: Schedule, now: number, value: number): ScheduleChange {
  return { type: 'schedule', schedule: id, name, workspace, ...(source.type === 'file' && { file: source.path }), value, now };
}

function hoursOf(points: readonly MachinePoint[]): ReadonlyMap<number, { readonly cpu: number; readonly days: number }> {
  const found = new Map<number, { sum: number; lasts: number; days: Set<string> }>();
  for (const { at, lasts, cpu } of points) {
    const date = new Date(at);
    const hour = found.get(date.getHours()) ?? { sum: 0, lasts: 0, days: new Set<string>() };
    hour.sum += cpu * lasts;
    hour.lasts += lasts;
    hour.days.add(date.toDateString());
    found.set(date.getHours(), hour);
  }
  return new Map([...found].map(([hour, { sum, lasts, days }]) => [hour, { cpu: sum / lasts, days: days.size }]));
}

function scriptsOf({ workspace, request: { base, tasks } }: Schedule): readonly string[] {
  return tasks.flatMap((task) => {
    const { script } = (typeof task === 'object' && task !== null ? task : {}) as { readonly script?: unknown };
    return typeof script === 'string' ? [path.resolve(base ?? workspace, script)] : [];
  });
}
