import type { Store } from '../../src/core/store/store.ts';
import type { Claim } from '../../src/core/model/files/claim.ts';
import type { BatchId } from '../../src/core/model/ids.ts';
import type { Outcome } from '../../src/core/model/outcome.ts';
import { taskSpec } from './task-spec.ts';

/** Tasks of one batch. */
const BATCH = 100;
/** Tasks written in one transaction. */
const CHUNK = 10_000;

/** Queues tasks without asking an engine; what the n-th claims besides its script can be said. */
export function fillQueue(store: Store, workspace: string, count: number, filesOf?: (n: number) => readonly Claim[]): void {
  const now = Date.now();
  inChunks(store, count, (n, batch) => {
    const usual = taskSpec(workspace, n);
    const spec = filesOf === undefined ? usual : { ...usual, files: [usual.files[0]!, ...filesOf(n)] };
    const id = store.tasks.insert({ spec, workspace, batch: batch(workspace), unmet: 0 }, now - count + n);
    store.claims.declare(id, spec.files.map((file) => ({ glob: '', ...file, key: file.path })));
  });
}

/** Puts tasks that have run, one time each, into the history; every tenth failed. */
export function fillHistory(store: Store, workspace: string, count: number): void {
  const begin = Date.now() - count * 1000;
  const engine = store.engines.insert({ pid: 1, pidStart: '1', boot: 'bench', kind: 'cli', roots: [], runsTasks: false, hasTerminals: false }, begin);
  inChunks(store, count, (n, batch) => {
    const spec = taskSpec(workspace, n);
    const at = begin + n * 1000;
    const id = store.tasks.insert({ spec, workspace, batch: batch(workspace), unmet: 0 }, at);
    const folder = `${workspace}/runs/${id}.1`;
    const run = store.runs.insert({ task: id, type: spec.type, attempt: 1, engine, folder, boot: 'bench', position: at, reservedCpu: 1, reservedMemory: 2 ** 28 }, at);
    const outcome: Outcome = n % 10 === 0 ? { type: 'failed', reason: 'exit', code: 2 } : { type: 'succeeded' };
    store.runs.setStarted(run, ['/usr/bin/python3', `${workspace}/sweep_${n}.py`, ...spec.args], 1000, '1', at);
    store.runs.setEnded(run, { at: at + 900, outcome, exitCode: outcome.type === 'failed' ? 2 : 0, signal: undefined, userMs: 700, systemMs: 50, peakMemory: 2 ** 26 });
    store.tasks.setAttempts(id, 1, 1);
    store.tasks.setState(store.tasks.get(id)!, { status: 'finished', outcome, finishedAt: at + 900 }, at + 900);
  });
  store.write(() => store.engines.delete(engine));
}

function inChunks(store: Store, count: number, add: (n: number, batch: (workspace: string) => BatchId) => void): void {
  let current: BatchId | undefined;
  for (let start = 0; start < count; start += CHUNK) {
    store.write(() => {
      for (let n = start; n < Math.min(count, start + CHUNK); n++) {
        if (n % BATCH === 0) current = undefined;
        add(n, (workspace) => (current ??= store.batches.insert(workspace, `Sweep ${n / BATCH}`, Date.now())));
      }
    });
  }
}
