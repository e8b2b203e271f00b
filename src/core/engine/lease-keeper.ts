import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { UserError } from '../base/user-error.ts';
import type { EngineId, RunId } from '../model/ids.ts';
import { isGone } from '../process/is-gone.ts';
import type { ProcessTable } from '../process/process-table.ts';
import type { Lease } from '../store/engine-table.ts';
import type { Store } from '../store/store.ts';
import { countCrash } from './runs/crash-count.ts';
import type { EngineOptions } from './engine-options.ts';
import { withdrawModels } from './agents/window-models.ts';

/** How often the other engines are looked at. */
export const LOOK_MS = 500;
const HEARTBEAT_MS = 2000;
const MISSED_BEATS = 3;
/** An engine whose process cannot be looked at (another container, say) or hangs counts as gone after this silence. */
const SILENT_MS = 20_000;

/** How an engine went: its process is no more, or nothing is heard of it. */
type Gone = 'died' | 'silent';

interface GoneEngine {
  readonly lease: Lease;
  readonly how: Gone;
}

/** This engine's lease, and the taking over of runs whose engine is gone. */
export class LeaseKeeper {
  private readonly store: Store;
  private readonly table: ProcessTable;
  private readonly clock: Clock;
  private readonly log: Log;
  private readonly options: EngineOptions;
  private start = '';
  private own: EngineId | undefined;
  private beatAt = 0;
  /** When this engine itself had been silent last: while the machine slept the others were silent as well. */
  private awokeAt = Number.NEGATIVE_INFINITY;

  constructor(store: Store, table: ProcessTable, clock: Clock, log: Log, options: EngineOptions) {
    this.store = store;
    this.table = table;
    this.clock = clock;
    this.log = log;
    this.options = options;
  }

  /** Throws for an engine that only looks. */
  get id(): EngineId {
    if (this.own === undefined) throw new UserError('This engine only looks:', 'files are held, and tasks started, by one that takes part.');
    return this.own;
  }

  get idIfAny(): EngineId | undefined {
    return this.own;
  }

  async register(): Promise<void> {
    // Without it the others go by the heartbeat and the pid.
    this.start = (await this.table.startOf(process.pid).catch(() => undefined)) ?? '';
    this.own = this.store.write(() => this.insert());
    this.beatAt = this.clock.now();
  }

  /** Says that this engine lives, when it is time to. True when it needed a new lease. */
  beat(): boolean {
    const own = this.id;
    const now = this.clock.now();
    const since = now - this.beatAt;
    // A clock that was set back must not put the next beat off.
    if (since >= 0 && since < HEARTBEAT_MS) return false;
    if (since > MISSED_BEATS * HEARTBEAT_MS) this.awokeAt = now;
    this.beatAt = now;
    // A new one is its own only once it is written: what is taken back, another engine may be given.
    const lease = this.store.write(() => (this.store.engines.beat(own, now) ? own : this.insert()));
    if (lease === own) return false;
    this.own = lease;
    this.log.write('warn', `Another engine took this one for dead; it goes on with a new lease (${lease} after ${own})`);
    return true;
  }

  /** The other engines: which live, and which are gone. */
  async others(): Promise<{ readonly living: ReadonlySet<EngineId>; readonly gone: readonly GoneEngine[] }> {
    const living = new Set<EngineId>();
    const gone: GoneEngine[] = [];
    for (const lease of this.store.engines.all()) {
      if (lease.id === this.own) continue;
      const how = await this.goneHow(lease);
      if (how === undefined) living.add(lease.id);
      else gone.push({ lease, how });
    }
    return { living, gone };
  }

  /** Takes over the active runs of engines that are gone, and those that nobody looks after. */
  async takeOver(): Promise<readonly RunId[]> {
    const { gone: dead } = await this.others();
    const leases = new Set(this.store.engines.all().map((lease) => lease.id));
    const orphaned = this.store.runs.active().some((run) => run.engine === undefined || !leases.has(run.engine));
    if (dead.length === 0 && !orphaned) return [];
    return this.store.write(() => {
      for (const { lease, how } of dead) {
        // It may have come back to life since it was looked at.
        const now = this.store.engines.all().find((other) => other.id === lease.id);
        if (now?.heartbeatAt !== lease.heartbeatAt) continue;
        this.log.write('warn', `Engine ${lease.id} (${lease.kind}, pid ${lease.pid}) is gone; its runs are taken over`);
        // Who was heard of long ago died soon after his last beat.
        if (how === 'died') countCrash(this.store, lease.id, Math.min(this.clock.now(), lease.heartbeatAt + HEARTBEAT_MS));
        this.leave(lease.id);
      }
      const living = new Set(this.store.engines.all().map((lease) => lease.id));
      const taken = this.store.runs.active().filter((run) => run.engine === undefined || !living.has(run.engine));
      for (const run of taken) this.store.runs.setEngine(run.id, this.id);
      return taken.map((run) => run.id);
    });
  }

  /** Lets go of the lease and of all runs, in one transaction. */
  release(): void {
    const own = this.own;
    if (own === undefined) return;
    this.own = undefined;
    this.store.write(() => this.leave(own));
  }

  /** Nobody stands in line behind tasks that only this engine would have started. */
  private leave(id: EngineId): void {
    this.store.runs.releaseAll(id);
    this.store.engines.delete(id);
    this.store.settings.forgetTold(id);
    this.store.holds.orphan(id, this.clock.now());
    withdrawModels(this.store, id, this.clock.now());
    this.store.dissolveLines();
  }

  private insert(): EngineId {
    const { kind, roots, runsTasks, hasTerminals } = this.options;
    return this.store.engines.insert({ pid: process.pid, pidStart: this.start, boot: this.table.bootId(), kind, roots, runsTasks, hasTerminals }, this.clock.now());
  }

  private async goneHow(lease: Lease): Promise<Gone | undefined> {
    // Nobody is silent before he had the time to say something.
    const silence = this.clock.now() - Math.max(lease.heartbeatAt, this.awokeAt);
    const silent = silence > SILENT_MS ? 'silent' : undefined;
    // A thread of this very process: the process lives on when its engine has crashed.
    if (lease.pid === process.pid && lease.pidStart === this.start && lease.boot === this.table.bootId()) return silence > MISSED_BEATS * HEARTBEAT_MS ? 'died' : undefined;
    if (lease.boot !== this.table.bootId()) return silent;
    return (await isGone({ pid: lease.pid, start: lease.pidStart || undefined }, this.table)) ? 'died' : silent;
  }
}
