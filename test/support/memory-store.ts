import { Estimates } from '../../src/core/engine/needs/estimates.ts';
import { settleRole } from '../../src/core/engine/roles/role-queues.ts';
import { TaskLedger } from '../../src/core/engine/tasks/task-ledger.ts';
import { engineId, holderOfTask, type TaskId } from '../../src/core/model/ids.ts';
import type { TaskSpec } from '../../src/core/model/spec.ts';
import { Database } from '../../src/core/store/database.ts';
import { migrate } from '../../src/core/store/open-database.ts';
import { Store } from '../../src/core/store/store.ts';
import type { StoredTask } from '../../src/core/store/task-row.ts';
import { RecordingLog } from './recording-log.ts';
import { sampleSpec } from './sample-spec.ts';

interface Owner {
  after(clean: () => void): void;
}

/** A store that is gone when its test has ended, with the few steps that most tests begin with. */
export class MemoryStore {
  readonly database: Database;
  readonly store: Store;
  readonly log = new RecordingLog();
  readonly ledger: TaskLedger;
  readonly estimates: Estimates;
  private runs = 0;

  constructor(t: Owner, file = ':memory:') {
    this.database = new Database(file, 'normal');
    migrate(this.database);
    this.store = new Store(this.database);
    this.ledger = new TaskLedger(this.store, this.log);
    this.estimates = new Estimates(this.store);
    t.after(() => this.store.close());
  }

  /** A queued task of a batch of its own, with its claims; a path is its key. */
  add(spec: Partial<TaskSpec> = {}, { now = 1000, workspace = '/lab', unmet = 0 }: { readonly now?: number; readonly workspace?: string; readonly unmet?: number } = {}): TaskId {
    const { store } = this;
    return store.write(() => {
      const full = sampleSpec(spec);
      if (full.role !== undefined) settleRole(store, workspace, full.role);
      const id = store.tasks.insert({ spec: full, workspace, batch: store.batches.insert(workspace, full.name, now), unmet }, now);
      store.claims.declare(id, full.files.map((file) => ({ glob: '', ...file, key: file.path })));
      return id;
    });
  }

  task(id: TaskId): StoredTask {
    const task = this.store.tasks.get(id);
    if (task === undefined) throw new Error(`There is no task ${id}`);
    return task;
  }

  /** Takes a task through its claim to a running state. */
  run(id: TaskId, now = 2000): void {
    const { store, ledger } = this;
    store.write(() => {
      const { spec, attempts, tries } = this.task(id);
      const run = store.runs.insert({ task: id, type: spec.type, attempt: attempts + 1, engine: engineId(1), folder: `/state/runs/${++this.runs}`, boot: 'boot-1', position: 0, reservedCpu: 1, reservedMemory: 0 }, now);
      store.claims.take(holderOfTask(id), store.claims.of(id), now);
      store.tasks.setAttempts(id, attempts + 1, tries + 1);
      ledger.apply(id, { type: 'claimed', run, at: now }, now);
      ledger.apply(id, { type: 'started', at: now }, now);
    });
  }

  /** Ends a task's run with an exit code. */
  end(id: TaskId, code = 0, now = 3000): void {
    const { store, ledger } = this;
    store.write(() => {
      const outcome = code === 0 ? ({ type: 'succeeded' } as const) : ({ type: 'failed', reason: 'exit', code } as const);
      const run = store.runs.latestOf(id)!;
      store.runs.setEnded(run.id, { at: now, outcome, exitCode: code, signal: undefined, userMs: 1, systemMs: 1, peakMemory: 1 });
      ledger.apply(id, { type: 'ended', outcome, at: now }, now);
    });
  }

  /** Runs a task from its claim to its end. */
  finish(id: TaskId, code = 0, now = 3000): void {
    this.run(id, now);
    this.end(id, code, now);
  }
}
