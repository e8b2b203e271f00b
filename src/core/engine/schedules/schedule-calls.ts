import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { UserError } from '../../base/user-error.ts';
import type { ScheduleId } from '../../model/ids.ts';
import type { ScheduleSource } from '../../model/schedules/schedule.ts';
import type { ScheduleView } from '../../model/schedules/schedule-view.ts';
import type { NewSchedule } from '../../schedules/parse-schedule.ts';
import { timeText } from '../../schedules/time-text.ts';
import { isInside } from '../../spec/paths.ts';
import { formatProblem, type Problem } from '../../spec/problem.ts';
import type { StoredSchedule } from '../../store/schedule-table.ts';
import type { Store } from '../../store/store.ts';
import type { DueSchedules, SchedulePort, WrittenBy } from '../engine-port.ts';
import { checkSchedule } from './check-schedule.ts';
import { readFileSchedules } from './read-file-schedules.ts';
import { reckonNext } from './reckon-next.ts';
import type { FiringPorts, ScheduleFiring } from './schedule-firing.ts';
import { dueSchedules, scheduleViews } from './schedule-views.ts';
import { syncFile } from './sync-file.ts';

interface ScheduleCallsPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly contextOf: FiringPorts['contextOf'];
  readonly firing: ScheduleFiring;
  readonly onCommitted: () => void;
}

/** See `SchedulePort` for what the methods mean. */
export class ScheduleCalls implements SchedulePort {
  private readonly ports: ScheduleCallsPorts;

  constructor(ports: ScheduleCallsPorts) {
    this.ports = ports;
  }

  schedules(roots: readonly string[]): Promise<readonly ScheduleView[]> {
    return Promise.resolve(scheduleViews(this.ports.store, this.workspaces(roots)));
  }

  dueSchedules(roots: readonly string[], limit: number): Promise<DueSchedules> {
    return Promise.resolve(dueSchedules(this.ports.store, this.workspaces(roots), limit));
  }

  async addSchedule(workspace: string, written: unknown, by: WrittenBy): Promise<Result<ScheduleId, readonly Problem[]>> {
    const checked = await this.checkSchedule(written, workspace, { type: by });
    if (!checked.ok) return checked;
    return ok(this.storeSchedule(undefined, checked.value));
  }

  async changeSchedule(id: ScheduleId, written: unknown): Promise<Result<ScheduleId, readonly Problem[]>> {
    const { workspace, source } = this.changeable(id);
    const checked = await this.checkSchedule(written, workspace, source);
    if (!checked.ok) return checked;
    return ok(this.storeSchedule(id, checked.value));
  }

  async moveSchedule(id: ScheduleId, from: number, to: number): Promise<boolean> {
    let isMoved = false;
    await this.changed(() => {
      if (this.ports.store.schedules.get(id) === undefined) return;
      const schedule = this.changeable(id);
      const { rule, name } = schedule;
      if (!('time' in rule) || rule.time !== from) return;
      this.rewrite({ ...schedule, rule: { ...rule, time: to } });
      this.ports.log.write('info', `Moved schedule ${id} “${name}” from ${timeText(from)} to ${timeText(to)}`);
      isMoved = true;
    });
    return isMoved;
  }

  removeSchedule(id: ScheduleId): Promise<void> {
    return this.changed(() => {
      const { name, source } = this.knownSchedule(id);
      if (source.type === 'file') throw new UserError(`“${name}” is written in ${source.path};`, 'take it out of there, or pause it.');
      this.ports.store.schedules.delete(id);
      this.ports.log.write('info', `Removed schedule ${id} “${name}”`);
    });
  }

  pauseSchedule(id: ScheduleId, paused: boolean): Promise<void> {
    return this.changed(() => {
      const schedule = this.knownSchedule(id);
      if (schedule.paused !== paused) this.rewrite({ ...schedule, paused });
    });
  }

  trustSchedule(id: ScheduleId): Promise<void> {
    return this.changed(() => this.rewrite({ ...this.knownSchedule(id), trusted: true }));
  }

  async runScheduleNow(id: ScheduleId): Promise<void> {
    await this.ports.firing.runNow(id);
    this.ports.onCommitted();
  }

  async syncFileSchedules(workspace: string, file: string, written: readonly unknown[]): Promise<readonly Problem[]> {
    const { store, clock, contextOf, log, onCommitted } = this.ports;
    const now = clock.now();
    const source: ScheduleSource = { type: 'file', path: file };
    const inForce = store.schedules.ofFile(workspace, file).filter(({ goneAt }) => goneAt === undefined);
    const { schedules, problems } = await readFileSchedules(written, inForce, (each, where) => checkSchedule(each, { workspace, source, now }, contextOf, store, where));
    if (syncFile(store, workspace, file, schedules, now, log)) onCommitted();
    return problems;
  }

  private workspaces(roots: readonly string[]): readonly string[] {
    return this.ports.store.schedules.workspaces().filter((workspace) => roots.length === 0 || roots.some((root) => isInside(workspace, root)));
  }

  private async checkSchedule(written: unknown, workspace: string, source: ScheduleSource): Promise<Result<NewSchedule, readonly Problem[]>> {
    const { store, clock, contextOf, log } = this.ports;
    const checked = await checkSchedule(written, { workspace, source, now: clock.now() }, contextOf, store);
    if (!checked.ok) log.write('warn', ['Refused a schedule:', ...checked.error.map(formatProblem)].join('\n  '));
    else if (checked.value.rule.type === 'once' && checked.value.rule.at <= clock.now()) return err([{ where: 'once', message: `is past; a schedule needs a time that is to come` }]);
    return checked;
  }

  private storeSchedule(id: ScheduleId | undefined, schedule: NewSchedule): ScheduleId {
    const { store, clock, log, onCommitted } = this.ports;
    const stored = store.write(() => {
      const row = { ...schedule, trusted: true, filePaused: false };
      // It may have been removed while what it queues was checked.
      const known = id === undefined ? store.schedules.insert({ ...row, nextAt: undefined }) : this.changeable(id).id;
      store.schedules.update(known, { ...row, nextAt: reckonNext(store, { ...row, id: known }, clock.now()) });
      store.markChanged();
      return known;
    });
    log.write('info', `${id === undefined ? 'Added' : 'Changed'} schedule ${stored} “${schedule.name}”`);
    onCommitted();
    return stored;
  }

  private rewrite(schedule: StoredSchedule): void {
    const { store, clock } = this.ports;
    const before = this.knownSchedule(schedule.id);
    if (isDeepStrictEqual(before, schedule)) return;
    store.schedules.update(schedule.id, { ...schedule, nextAt: reckonNext(store, schedule, clock.now()) });
  }

  private changeable(id: ScheduleId): StoredSchedule {
    const schedule = this.knownSchedule(id);
    const { name, source } = schedule;
    if (source.type === 'file') throw new UserError(`“${name}” is written in ${source.path};`, 'change it there.');
    return schedule;
  }

  private knownSchedule(id: ScheduleId): StoredSchedule {
    const schedule = this.ports.store.schedules.get(id);
    if (schedule === undefined) throw new UserError(`There is no schedule ${id};`, '`parallel-workflow schedules` lists those there are.');
    return schedule;
  }

  /** A change that fails rejects, as it would across a thread. */
  private async changed(change: () => void): Promise<void> {
    const { store, onCommitted } = this.ports;
    store.write(() => {
      change();
      store.markChanged();
    });
    onCommitted();
    return Promise.resolve();
  }
}
