import type { Result } from '../../base/result.ts';
import type { NewSchedule } from '../../schedules/parse-schedule.ts';
import type { Problem } from '../../spec/problem.ts';
import type { StoredSchedule } from '../../store/schedule-table.ts';

/** The schedules that a file has in force, and what is wrong with it. */
interface FileSchedules {
  readonly schedules: readonly NewSchedule[];
  readonly problems: readonly Problem[];
}

/**
 * Reads the schedules of a file one by one. One that is wrong stays as it is `inForce`, else it is left out; so what a person said of
 * it, and its last run, outlast the mistake.
 * @param check Judges one; `where` is its place in the file.
 */
export async function readFileSchedules(written: readonly unknown[], inForce: readonly StoredSchedule[], check: (each: unknown, where: string) => Promise<Result<NewSchedule, readonly Problem[]>>): Promise<FileSchedules> {
  const known = new Map(inForce.map((schedule) => [schedule.name, schedule]));
  const named = new Set<string>();
  const right = new Map<string, NewSchedule>();
  const kept = new Map<string, NewSchedule>();
  const problems: Problem[] = [];
  for (const [index, each] of written.entries()) {
    const where = `schedules[${index}]`;
    const checked = await check(each, where);
    const name = nameOf(each);
    const before = name === undefined ? undefined : known.get(name);
    const isSecond = name !== undefined && named.has(name);
    if (name !== undefined) named.add(name);
    // Of several with one name nobody can tell which is the one in force.
    if (before !== undefined && (!checked.ok || isSecond)) kept.set(before.name, asInForce(before, isPaused(each)));
    if (!checked.ok) {
      problems.push(...checked.error.map((problem) => ({ ...problem, message: `${problem.message}; the schedule ${before === undefined ? 'is left out' : 'stays as it was before'}` })));
      continue;
    }
    const { name: called } = checked.value;
    if (isSecond) problems.push({ where: `${where}.name`, message: `there is another schedule \`${called}\` in this file; give each a name of its own; until then the one that was in force stays, else the first that is right` });
    if (!right.has(called)) right.set(called, checked.value);
  }
  // A schedule without a name may be any of those that are not there.
  if (written.some((each) => nameOf(each) === undefined)) for (const before of inForce) if (!named.has(before.name)) kept.set(before.name, asInForce(before, false));
  return { schedules: [...new Map([...right, ...kept]).values()], problems };
}

/** As it will be called; `undefined` when it has no name. */
function nameOf(written: unknown): string | undefined {
  const name = typeof written === 'object' && written !== null && 'name' in written ? written.name : undefined;
  const shown = typeof name === 'string' ? name.trim().replaceAll(/\s+/g, ' ') : '';
  return shown === '' ? undefined : shown;
}

function isPaused(written: unknown): boolean {
  return typeof written === 'object' && written !== null && 'paused' in written && written.paused === true;
}

/** As its file said it; a pause is understood from one that is wrong, too. */
function asInForce({ workspace, name, rule, timeZone, missed, overlap, source, request, role, filePaused }: StoredSchedule, paused: boolean): NewSchedule {
  return { workspace, name, rule, timeZone, missed, overlap, source, request, paused: filePaused || paused, ...(role !== undefined && { role }) };
}
