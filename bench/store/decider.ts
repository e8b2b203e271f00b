import { silentLog } from '../../src/core/base/log.ts';
import { claimRunnable, type Claims } from '../../src/core/engine/claiming.ts';
import { Estimates } from '../../src/core/engine/needs/estimates.ts';
import { TaskLedger } from '../../src/core/engine/tasks/task-ledger.ts';
import type { EngineId } from '../../src/core/model/ids.ts';
import type { Limits } from '../../src/core/model/limits.ts';
import type { Capacity } from '../../src/core/scheduler/snapshot.ts';
import type { Store } from '../../src/core/store/store.ts';

export const ROOMY: Capacity = { cores: 16, memoryTotal: 2 ** 35, memoryAvailable: 2 ** 35 };

class TakenBack extends Error {}

/** Decides as an engine does. */
export class Decider {
  private readonly store: Store;
  private readonly home: string;
  private readonly ledger: TaskLedger;
  private readonly estimates: Estimates;
  readonly engine: EngineId;

  constructor(store: Store, home: string) {
    this.store = store;
    this.home = home;
    this.estimates = new Estimates(store);
    this.ledger = new TaskLedger(store, silentLog);
    const lease = { pid: process.pid, pidStart: '', boot: '', kind: 'cli', roots: [home], runsTasks: true, hasTerminals: false } as const;
    this.engine = store.write(() => store.engines.insert(lease, Date.now()));
  }

  decide(capacity: Capacity, limits: Limits): Claims {
    return this.store.write(() => this.inTransaction(capacity, limits));
  }

  /** Time of a decision that is taken back, and that must start so many. */
  timeOf(capacity: Capacity, limits: Limits, expected: number): number {
    let started = -1;
    const begin = performance.now();
    this.takenBack(() => (started = this.inTransaction(capacity, limits).claimed.length));
    const time = performance.now() - begin;
    if (started !== expected) throw new Error(`Expected ${expected} tasks to start, got ${started}`);
    return time;
  }

  /** Times of something that comes before a decision in its transaction, and of the decision, which must start one. */
  timesAfter(before: () => void, capacity: Capacity, limits: Limits): { readonly beforeMs: number; readonly decisionMs: number } {
    const at: number[] = [];
    this.takenBack(() => {
      at.push(performance.now());
      before();
      at.push(performance.now());
      const { length } = this.inTransaction(capacity, limits).claimed;
      at.push(performance.now());
      if (length !== 1) throw new Error(`Expected one task to start, got ${length}`);
    });
    const [begin = 0, between = 0, end = 0] = at;
    return { beforeMs: between - begin, decisionMs: end - between };
  }

  private takenBack(act: () => void): void {
    try {
      this.store.write(() => {
        act();
        throw new TakenBack();
      });
    } catch (error) {
      if (!(error instanceof TakenBack)) throw error;
    }
  }

  private inTransaction(capacity: Capacity, limits: Limits): Claims {
    const claimant = { engine: this.engine, roots: [this.home], hasTerminals: false, jobs: undefined, boot: '', folderFor: () => `${this.home}/runs/1` };
    return claimRunnable(this.store, this.ledger, this.estimates, claimant, limits, capacity, Date.now());
  }
}
