import { err, type Result } from '../../base/result.ts';
import type { NewSchedule, ScheduleContext } from '../../schedules/parse-schedule.ts';
import type { Problem } from '../../spec/problem.ts';
import type { Store } from '../../store/store.ts';
import { submitRequestOf, type FiringPorts } from './schedule-firing.ts';

/** A schedule from what somebody wrote, whose tasks could be queued now; or all that is wrong with it. */
export async function checkSchedule(written: unknown, context: ScheduleContext, contextOf: FiringPorts['contextOf'], store: Store, where = ''): Promise<Result<NewSchedule, readonly Problem[]>> {
  // Loaded on use: they bring the validator along.
  const [{ parseSchedule }, { prepare }] = await Promise.all([import('../../schedules/parse-schedule.ts'), import('../submission/submission.ts')]);
  const parsed = parseSchedule(written, context, where);
  if (!parsed.ok) return parsed;
  const request = submitRequestOf(parsed.value);
  const batch = prepare(request, await contextOf(request), store);
  if (batch.ok) return parsed;
  return err(batch.error.map((problem) => ({ ...problem, where: [where, problem.where].filter((part) => part !== '').join('.') })));
}
