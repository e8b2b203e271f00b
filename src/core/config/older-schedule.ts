import { olderTask } from '../spec/older-task.ts';
import { isPlain } from './translate.ts';

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const UNITS: readonly (readonly [string, string])[] = [['seconds', 's'], ['minutes', 'm'], ['hours', 'h'], ['days', 'd'], ['interval_seconds', 's'], ['interval_minutes', 'm'], ['interval_hours', 'h'], ['interval', 's']];

/** A schedule of an earlier version (`task_data`, `schedule_type`, `schedule_params`), as one is written today. What is written as today stays. */
export function olderSchedule(value: unknown): unknown {
  if (!isPlain(value) || !('schedule_type' in value || 'task_data' in value)) return value;
  const { task_data: task, schedule_type: type, schedule_params: params, enabled, name, task_id: id, ...rest } = value;
  const given = isPlain(params) ? params : {};
  const written = olderTask(task ?? {});
  const called = name ?? id ?? (isPlain(written) ? (written.name ?? written.script) : undefined);
  const kept = Object.fromEntries(Object.entries(rest).filter(([field]) => !field.includes('_') || field === 'time_zone'));
  return {
    name: typeof called === 'string' ? called : 'Schedule',
    ...rule(String(type).toLowerCase(), given),
    tasks: [written],
    ...(enabled === false && { paused: true }),
    ...kept,
  };
}

function rule(type: string, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { time } = given;
  switch (type) {
    case 'interval': {
      const unit = UNITS.find(([name]) => typeof given[name] === 'number');
      return { every: unit === undefined ? given.interval : `${String(given[unit[0]])} ${unit[1]}` };
    }
    case 'daily':
      return { daily: time };
    case 'weekly':
      return { weekly: { days: days(given.days ?? given.day_of_week ?? given.weekday ?? given.day), time } };
    case 'monthly':
      return { monthly: { day: given.day ?? given.day_of_month ?? 1, time } };
    case 'once':
    case 'one_time':
    case 'onetime': {
      const at = given.datetime ?? given.run_at ?? given.at;
      return { once: typeof at === 'string' ? at : `${String(given.date)}T${String(time)}` };
    }
    case 'cron':
      return { cron: given.expression ?? given.cron };
    default:
      return { [type]: given };
  }
}

/** Days by name, or by number from Monday, as Python counts them. */
function days(value: unknown): unknown {
  const all = Array.isArray(value) ? value : [value];
  return all.map((day: unknown) => (typeof day === 'number' ? (DAYS[day] ?? day) : typeof day === 'string' ? day.toLowerCase() : day));
}
