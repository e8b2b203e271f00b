import { minutesOf, timeText } from '../schedules/time-text.ts';
import { withValue } from './edit-config.ts';
import type { JsonPath } from './json-places.ts';
import { olderSchedule } from './older-schedule.ts';
import { isPlain } from './translate.ts';

/** Where a file has its schedules, today and earlier. */
const LISTS = ['schedules', 'scheduled_tasks', 'tasks'];
/** Where a schedule has its time of day, today and earlier. */
const TIMES = [['daily'], ['weekly', 'time'], ['monthly', 'time'], ['schedule_params', 'time']];

/**
 * The text of a file of schedules in which one comes due at another time of day, in minutes since midnight; all else stays
 * as it is. `undefined` when it has none of that name that comes due at `from`.
 * @param value What the text says.
 */
export function movedInFile(text: string, value: unknown, name: string, from: number, to: number): string | undefined {
  const file = isPlain(value) ? value : {};
  for (const list of LISTS) {
    for (const [key, item] of entriesOf(file[list])) {
      if (!isPlain(item) || nameOf(item, key) !== name) continue;
      const time = TIMES.find((path) => isTime(valueAt(item, path), from));
      if (time !== undefined) return withValue(text, [list, key, ...time], timeText(to));
    }
  }
  return undefined;
}

function entriesOf(list: unknown): readonly (readonly [string | number, unknown])[] {
  if (Array.isArray(list)) return list.map((item: unknown, index) => [index, item]);
  return isPlain(list) ? Object.entries(list) : [];
}

/** As it is called once it is read: an earlier version could name it by its key, or not at all. */
function nameOf(item: Readonly<Record<string, unknown>>, key: string | number): string | undefined {
  const written = olderSchedule(typeof key === 'string' ? { name: key, ...item } : item);
  return isPlain(written) && typeof written.name === 'string' ? written.name.trim().replaceAll(/\s+/g, ' ') : undefined;
}

function isTime(value: unknown, minutes: number): boolean {
  return typeof value === 'string' && minutesOf(value) === minutes;
}

function valueAt(item: unknown, path: JsonPath): unknown {
  return path.reduce((inner, part) => (isPlain(inner) ? inner[part] : undefined), item);
}
