import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Result } from '../../base/result.ts';
import { messageOf, UserError } from '../../base/user-error.ts';
import type { ScheduleId } from '../../model/ids.ts';
import type { OverlapPolicy, ScheduleRunState } from '../../model/schedules/schedule.ts';
import { dueText } from '../../schedules/due-text.ts';
import { planDue } from '../../schedules/plan-due.ts';
import { TimeZone } from '../../schedules/time-zone.ts';
import { formatProblem, type Problem } from '../../spec/problem.ts';
import type { SpecContext } from '../../spec/spec-context.ts';
import { isStoreError } from '../../store/store-error.ts';
import type { StoredSchedule } from '../../store/schedule-table.ts';
import type { Store } from '../../store/store.ts';
import type { SubmitRequest } from '../engine-port.ts';
import type { enqueue as enqueueBatch, PreparedBatch } from '../submission/submission.ts';
import type { TaskLedger } from '../tasks/task-ledger.ts';
import { reckonNext } from './reckon-next.ts';

/** Runs of one schedule that wait for the one before them. */
const MOST_WAITING = 100;
/** Errors in a row after which a schedule waits for a person. */
const MOST_FAILURES = 5;

export interface FiringPorts {
  readonly store: Store;
  readonly ledger: TaskLedger;
  readonly clock: Clock;
  readonly log: Log;
  /** What a request is read against. */
  readonly contextOf: (request: SubmitRequest) => Promise<SpecContext>;
}

/** What a schedule queues, checked, with the schedule as it was then. */
interface Loaded {
  readonly schedule: StoredSchedule;
  readonly batch: Result<PreparedBatch, readonly Problem[]>;
  readonly enqueue: typeof enqueueBatch;
}

/** One due time, and what to do if the last run has not ended. */
interface Due {
  readonly at: number;
  readonly manual: boolean;
  readonly overlap: OverlapPolicy;
}

/** The due times of a schedule that have come by `now`. */
interface Plan {
  readonly now: number;
  readonly dues: readonly number[];
}

/** Lets schedules come due, each in one transaction that moves the next due time on: so a due time is met once, whoever else tries. */
export class ScheduleFiring {
  private readonly ports: FiringPorts;

  constructor(ports: FiringPorts) {
    this.ports = ports;
  }

  /** Meets the due times that have come, and starts the run that waits for one that has ended. */
  async fire(id: ScheduleId): Promise<void> {
    try {
      const loaded = await this.load(id);
      if (loaded === undefined) return;
      const plan = planOf(loaded.schedule, this.ports.clock.now());
      this.ports.store.write(() => this.meetAll(loaded, plan));
    } catch (error) {
      if (isStoreError(error)) throw error;
      this.fail(id, messageOf(error));
    }
  }

  /** @throws UserError when it may not run, or what it queues is wrong by now. */
  async runNow(id: ScheduleId): Promise<void> {
    const loaded = await this.load(id);
    if (loaded === undefined) throw new UserError('There is no such schedule any more.');
    const { name, trusted, overlap } = loaded.schedule;
    if (!trusted) throw new UserError(`“${name}” comes with a file of the workspace, and nobody has said yes to it:`, 'trust it first.');
    if (!loaded.batch.ok) throw new UserError(`“${name}” was not queued: ${loaded.batch.error.map(formatProblem).join('; ')}`);
    this.ports.store.write(() => {
      const isBusy = this.isBusy(id);
      if (isBusy && overlap === 'skip') throw new UserError(`“${name}” has not ended since it last ran, and is not to run twice at once;`, 'wait for it, or cancel its tasks.');
      this.meet(loaded, { at: this.ports.clock.now(), manual: true, overlap });
    });
  }

  /** What a request queues is read before the transaction, which should hold the store only for as long as it writes. */
  private async load(id: ScheduleId): Promise<Loaded | undefined> {
    const { store, contextOf } = this.ports;
    const schedule = store.schedules.get(id);
    if (schedule === undefined) return undefined;
    // Loaded on use: it brings the validator along.
    const { prepare, enqueue } = await import('../submission/submission.ts');
    const request = submitRequestOf(schedule);
    const batch = prepare(request, await contextOf(request), store);
    if (!batch.ok) return { schedule, batch, enqueue };
    const mark = { id, name: schedule.name };
    return { schedule, batch: { ok: true, value: { ...batch.value, specs: batch.value.specs.map((spec) => ({ ...spec, schedule: mark })) } }, enqueue };
  }

  private meetAll(loaded: Loaded, { now, dues: planned }: Plan): void {
    const { store } = this.ports;
    const { id } = loaded.schedule;
    const schedule = store.schedules.get(id);
    // Changed meanwhile: it is looked at again.
    if (schedule === undefined || !isDeepStrictEqual(submitRequestOf(schedule), submitRequestOf(loaded.schedule)) || !hasSameDues(schedule, loaded.schedule)) return;
    if (store.scheduleRuns.waiting(id) > 0 && !store.schedules.isAtWork(id)) {
      store.scheduleRuns.settleFirstWaiting(id, this.queue(loaded));
      store.markChanged();
    }
    if (schedule.nextAt === undefined || schedule.nextAt > now) return;
    store.markChanged();
    const dues = planned.filter((due) => !store.scheduleRuns.has(id, due));
    // Several at once are runs to make up for: they take their turns.
    const overlap = dues.length > 1 && schedule.overlap === 'skip' ? 'queue' : schedule.overlap;
    for (const at of dues) this.meet(loaded, { at, manual: false, overlap });
    store.schedules.setNext(id, reckonNext(store, schedule, now));
  }

  private meet(loaded: Loaded, { at, manual, overlap }: Due): void {
    const { store, log } = this.ports;
    const { id, name, timeZone } = loaded.schedule;
    store.markChanged();
    if (overlap === 'replace' && this.isBusy(id)) this.cancelLast(id);
    const state = this.isBusy(id) ? this.whileBusy(id, overlap) : this.queue(loaded);
    store.scheduleRuns.insert(id, { dueAt: at, manual, state });
    log.write(state.type === 'refused' || state.type === 'failed' ? 'warn' : 'info', `Schedule ${id} “${name}”, ${manual ? 'run by a person' : `due ${dueText(at, timeZone)}`}: ${describe(state)}`);
  }

  private whileBusy(id: ScheduleId, overlap: OverlapPolicy): ScheduleRunState {
    return overlap === 'skip' || this.ports.store.scheduleRuns.waiting(id) >= MOST_WAITING ? { type: 'skipped' } : { type: 'waiting' };
  }

  private queue({ schedule, batch, enqueue }: Loaded): ScheduleRunState {
    const { store, ledger, clock } = this.ports;
    const queued = batch.ok ? enqueue(batch.value, store, ledger, clock.now()) : batch;
    if (!queued.ok) return { type: 'refused', message: queued.error.map(formatProblem).join('; ') };
    store.schedules.setLastBatch(schedule.id, queued.value.batch);
    return { type: 'queued', batch: queued.value.batch };
  }

  private isBusy(id: ScheduleId): boolean {
    const { store } = this.ports;
    return store.schedules.isAtWork(id) || store.scheduleRuns.waiting(id) > 0;
  }

  private cancelLast(id: ScheduleId): void {
    const { store, ledger, clock } = this.ports;
    store.scheduleRuns.skipWaiting(id);
    const batch = store.schedules.get(id)?.lastBatch;
    const at = clock.now();
    for (const task of batch === undefined ? [] : store.tasks.ofBatch(batch)) ledger.apply(task.id, { type: 'stopRequested', cause: { type: 'cancel' }, at }, at);
  }

  /** An error is told, and the next due time is tried. Who meets nothing but errors, or can reckon no due time here, is paused; others do not wait for it. */
  private fail(id: ScheduleId, message: string): void {
    const { store, log, clock } = this.ports;
    store.write(() => {
      const schedule = store.schedules.get(id);
      if (schedule === undefined) return;
      store.markChanged();
      const now = clock.now();
      const state: ScheduleRunState = { type: 'failed', message };
      if (store.scheduleRuns.waiting(id) > 0 && !store.schedules.isAtWork(id)) store.scheduleRuns.settleFirstWaiting(id, state);
      const { nextAt } = schedule;
      if (nextAt !== undefined && nextAt <= now && !store.scheduleRuns.has(id, nextAt)) store.scheduleRuns.insert(id, { dueAt: nextAt, manual: false, state });
      const next = nextOrNothing(store, schedule, now);
      const isHopeless = store.scheduleRuns.failuresInARow(id) % MOST_FAILURES === 0 || (next === undefined && schedule.rule.type !== 'once');
      if (isHopeless) store.schedules.update(id, { ...schedule, paused: true, nextAt: undefined });
      else store.schedules.setNext(id, next);
      const then = isHopeless ? `it is paused, until somebody resumes it, such as by \`parallel-workflow schedules resume ${id}\`` : next === undefined ? 'no due time lies ahead' : `tried again when it is due next, ${dueText(next, schedule.timeZone)}`;
      log.write('error', `Schedule ${id} “${schedule.name}” could not come due: ${message}; ${then}`);
    });
  }
}

/** `undefined` where it cannot even be told. */
function nextOrNothing(store: Store, schedule: StoredSchedule, now: number): number | undefined {
  try {
    return reckonNext(store, schedule, now);
  } catch (error) {
    if (isStoreError(error)) throw error;
    return undefined;
  }
}

/** What a schedule queues, as if a person queued it now. */
export function submitRequestOf({ workspace, name, role, request }: Pick<StoredSchedule, 'workspace' | 'name' | 'role' | 'request'>): SubmitRequest {
  const { defaults } = request;
  // What is no object is left as it is, to be refused by name.
  const takesRole = role !== undefined && (defaults === undefined || (typeof defaults === 'object' && defaults !== null));
  return { workspace, name, ...request, ...(takesRole && { defaults: { ...defaults, role } }) };
}

/** Reckoned before the transaction: it may take a while when much was missed. */
function planOf({ rule, timeZone, missed, nextAt }: StoredSchedule, now: number): Plan {
  return { now, dues: nextAt === undefined || nextAt > now ? [] : planDue(rule, new TimeZone(timeZone), missed, nextAt, now) };
}

function hasSameDues(a: StoredSchedule, b: StoredSchedule): boolean {
  return a.nextAt === b.nextAt && a.timeZone === b.timeZone && a.missed === b.missed && isDeepStrictEqual(a.rule, b.rule);
}

function describe(state: ScheduleRunState): string {
  switch (state.type) {
    case 'queued':
      return `queued batch ${state.batch}`;
    case 'waiting':
      return 'waits for its last run to end';
    case 'skipped':
      return 'skipped, since its last run has not ended';
    case 'refused':
      return `refused: ${state.message}`;
    case 'failed':
      return `failed: ${state.message}`;
  }
}
