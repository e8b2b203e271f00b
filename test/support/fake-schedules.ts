import { ok, type Result } from '../../src/core/base/result.ts';
import { UserError } from '../../src/core/base/user-error.ts';
import type { DueSchedules, SchedulePort, WrittenBy } from '../../src/core/engine/engine-port.ts';
import { batchId, scheduleId, type ScheduleId, type TaskId } from '../../src/core/model/ids.ts';
import type { Schedule, ScheduleState } from '../../src/core/model/schedules/schedule.ts';
import type { ScheduleRunView, ScheduleView } from '../../src/core/model/schedules/schedule-view.ts';
import { nextDue } from '../../src/core/schedules/next-due.ts';
import { parseSchedule } from '../../src/core/schedules/parse-schedule.ts';
import { TimeZone } from '../../src/core/schedules/time-zone.ts';
import { isInside } from '../../src/core/spec/paths.ts';
import type { Problem } from '../../src/core/spec/problem.ts';

/** Schedules in memory: they are kept as they are ordered, and run when the test says so. */
export class FakeSchedules implements SchedulePort {
  readonly views = new Map<ScheduleId, ScheduleView>();
  /** What is queued when somebody runs one. */
  queues: readonly TaskId[] = [];
  private readonly now: () => number;
  private readonly changed: () => void;

  constructor(now: () => number, changed: () => void) {
    this.now = now;
    this.changed = changed;
  }

  /** What became of a due time. */
  ran(id: ScheduleId, run: Partial<ScheduleRunView> = {}): void {
    const view = this.get(id);
    this.put({ ...view, runs: [{ dueAt: this.now(), manual: false, state: { type: 'queued', batch: batchId(view.runs.length + 1) }, progress: 'succeeded', endedAt: this.now(), tasks: [], ...run }, ...view.runs] });
  }

  /** As it would be had it come with a file. */
  fromFile(id: ScheduleId, path: string): void {
    const view = this.get(id);
    this.put({ ...view, schedule: { ...view.schedule, source: { type: 'file', path } }, state: { type: 'untrusted' } });
  }

  get(id: ScheduleId): ScheduleView {
    const view = this.views.get(id);
    if (view === undefined) throw new UserError(`There is no schedule ${id};`, '`parallel-workflow schedules` lists those there are.');
    return view;
  }

  schedules(roots: readonly string[]): Promise<readonly ScheduleView[]> {
    return Promise.resolve([...this.views.values()].filter(({ schedule }) => roots.length === 0 || roots.some((root) => isInside(schedule.workspace, root))));
  }

  async dueSchedules(roots: readonly string[], limit: number): Promise<DueSchedules> {
    const at = ({ state }: ScheduleView): number => (state.type === 'due' ? state.at : 0);
    const due = (await this.schedules(roots)).filter(({ state }) => state.type === 'due').sort((a, b) => at(a) - at(b));
    return { items: due.slice(0, limit), total: due.length };
  }

  addSchedule(workspace: string, written: unknown, by: WrittenBy): Promise<Result<ScheduleId, readonly Problem[]>> {
    return this.write(scheduleId(this.views.size + 1), workspace, written, { type: by });
  }

  changeSchedule(id: ScheduleId, written: unknown): Promise<Result<ScheduleId, readonly Problem[]>> {
    const { schedule } = this.get(id);
    return this.write(id, schedule.workspace, written, schedule.source);
  }

  async moveSchedule(id: ScheduleId, from: number, to: number): Promise<boolean> {
    const { schedule, ...view } = this.get(id);
    if (!('time' in schedule.rule) || schedule.rule.time !== from) return Promise.resolve(false);
    this.put(this.reckoned({ ...view, schedule: { ...schedule, rule: { ...schedule.rule, time: to } } }));
    return Promise.resolve(true);
  }

  async removeSchedule(id: ScheduleId): Promise<void> {
    this.get(id);
    this.views.delete(id);
    this.changed();
    return Promise.resolve();
  }

  async pauseSchedule(id: ScheduleId, paused: boolean): Promise<void> {
    const { schedule, ...view } = this.get(id);
    this.put(this.reckoned({ ...view, schedule: { ...schedule, paused } }));
    return Promise.resolve();
  }

  async trustSchedule(id: ScheduleId): Promise<void> {
    this.put(this.reckoned(this.get(id)));
    return Promise.resolve();
  }

  async runScheduleNow(id: ScheduleId): Promise<void> {
    this.ran(id, { manual: true, progress: 'waiting', endedAt: undefined, tasks: this.queues });
    return Promise.resolve();
  }

  syncFileSchedules(): Promise<readonly Problem[]> {
    return Promise.resolve([]);
  }

  private write(id: ScheduleId, workspace: string, written: unknown, source: Schedule['source']): Promise<Result<ScheduleId, readonly Problem[]>> {
    const parsed = parseSchedule(written, { workspace, source, now: this.now() });
    if (!parsed.ok) return Promise.resolve(parsed);
    this.put(this.reckoned({ schedule: { ...parsed.value, id }, state: { type: 'over' }, isServed: true, runs: this.views.get(id)?.runs ?? [] }));
    return Promise.resolve(ok(id));
  }

  private reckoned(view: ScheduleView): ScheduleView {
    const { paused, rule, timeZone } = view.schedule;
    const at = nextDue(rule, new TimeZone(timeZone), this.now());
    const state: ScheduleState = paused ? { type: 'paused' } : at === undefined ? { type: 'over' } : { type: 'due', at };
    return { ...view, state };
  }

  private put(view: ScheduleView): void {
    this.views.set(view.schedule.id, view);
    this.changed();
  }
}
