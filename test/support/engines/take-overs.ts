import type { EngineHandle } from './engine-handle.ts';
import type { RunRow, StoreReader } from './store-reader.ts';

interface Death {
  readonly at: number;
  /** Time in which there was an engine that could have taken over. */
  attendedMs: number;
  readonly leases: readonly number[];
  /** Which kill it was. */
  readonly kill: number;
  readonly held: number;
  /** Runs that nobody has accounted for since. */
  readonly runs: Set<number>;
}

export interface TakeOver {
  /** Counted while another engine is there. */
  readonly attendedMs: number;
  /** From the kill on, with the time it takes to start another engine if all of them were killed. */
  readonly fromKillMs: number;
  readonly runs: number;
  /** Other engines killed in the meantime. */
  readonly otherKills: number;
}

/**
 * Measures how long the work of killed engines is left alone: until the lease is gone and each of the runs that it had in
 * hand has ended, is queued again, or is known to run under another engine. If that one is killed in turn, the clock for the
 * run is its own.
 */
export class TakeOvers {
  readonly all: TakeOver[] = [];
  /** Kills that hit an engine with runs in hand. */
  hits = 0;
  private readonly store: StoreReader;
  private readonly isAttended: () => boolean;
  private readonly pending = new Set<Death>();
  private readonly dead = new Set<number>();
  private kills = 0;
  private lookedAt = performance.now();

  constructor(store: StoreReader, isAttended: () => boolean) {
    this.store = store;
    this.isAttended = isAttended;
  }

  async kill(engine: EngineHandle): Promise<void> {
    const at = performance.now();
    // Looked at on both sides of its end: it may take a lease, or another engine may take over, in between.
    const before = this.leasesOf(engine);
    engine.signal('SIGKILL');
    const runs = before.flatMap((id) => this.store.runsOfEngine(id));
    await engine.ended;
    const leases = [...new Set([...before, ...this.leasesOf(engine)])];
    runs.push(...leases.flatMap((id) => this.store.runsOfEngine(id)));
    this.died(at, leases, runs);
  }

  /** Waits for an open engine that ends itself. Whose runs are whose may have changed by then, so all are counted. */
  async awaitEnd(engine: EngineHandle): Promise<void> {
    const leases = this.leasesOf(engine);
    await engine.ended;
    this.died(performance.now(), leases, this.store.runs().filter((run) => run.ended_at === null));
  }

  /** Call often. */
  look(): void {
    const now = performance.now();
    const sinceLast = now - this.lookedAt;
    this.lookedAt = now;
    if (this.pending.size === 0) return;
    const living = new Set(this.store.leases().map((lease) => lease.id));
    const isAttended = this.isAttended();
    for (const death of this.pending) {
      if (isAttended) death.attendedMs += Math.min(sinceLast, now - death.at);
      for (const id of death.runs) if (this.isBack(id, death)) death.runs.delete(id);
      if (death.runs.size > 0 || death.leases.some((id) => living.has(id))) continue;
      this.all.push({ attendedMs: death.attendedMs, fromKillMs: now - death.at, runs: death.held, otherKills: this.kills - death.kill });
      this.pending.delete(death);
    }
  }

  get isDone(): boolean {
    return this.pending.size === 0;
  }

  private died(at: number, leases: readonly number[], runs: readonly RunRow[]): void {
    for (const id of leases) this.dead.add(id);
    this.kills++;
    if (runs.length > 0) this.hits++;
    this.look();
    const left = new Set(runs.map((run) => run.id));
    if (leases.length > 0) this.pending.add({ at, attendedMs: this.isAttended() ? performance.now() - at : 0, leases, kill: this.kills, held: left.size, runs: left });
  }

  private isBack(id: number, death: Death): boolean {
    const run = this.store.run(id);
    if (run === undefined) return true;
    if (run.ended_at !== null) return true;
    if (run.engine === null || death.leases.includes(run.engine)) return false;
    return run.started_at !== null || this.dead.has(run.engine);
  }

  private leasesOf(engine: EngineHandle): readonly number[] {
    return this.store.leases().filter((lease) => lease.pid === engine.pid).map((lease) => lease.id);
  }
}
