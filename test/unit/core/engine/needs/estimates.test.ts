import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Estimates } from '../../../../../src/core/engine/needs/estimates.ts';
import { scriptIdentity } from '../../../../../src/core/engine/needs/script-identity.ts';
import { runId } from '../../../../../src/core/model/ids.ts';
import type { Limits } from '../../../../../src/core/model/limits.ts';
import type { TaskSpec } from '../../../../../src/core/model/spec.ts';
import type { StoredRun } from '../../../../../src/core/store/run-table.ts';
import { MemoryStore } from '../../../../support/memory-store.ts';
import { sampleRun } from '../../../../support/sample-run.ts';
import { sampleSpec } from '../../../../support/sample-spec.ts';

const limits: Limits = { total: 5, memoryThreshold: 0.85, types: [{ name: 'utility', limit: 5, cpu: 0.25, memory: 32 }] };
const script = (given: Partial<TaskSpec> = {}): TaskSpec => sampleSpec({ work: { kind: 'script', path: '/lab/nowhere/a.py' }, ...given });

function ran(memory: MemoryStore, peakMemory: number, spec = script()): void {
  const { key, shown, args } = scriptIdentity(spec);
  memory.store.write(() => memory.store.scriptRuns.add({ run: runId(1), workspace: '/lab', script: key, path: shown, args, type: 'utility', startedAt: 0, wallMs: 1000, cpuMs: 700, peakMemory, memoryLimit: undefined, asExpected: true }));
}

function estimate(estimates: Estimates, spec = script(), memoryWanted?: number, memoryTotal = 10_000, active: readonly StoredRun[] = []): string {
  const [found] = estimates.of([{ spec, memoryWanted }], limits, memoryTotal, active);
  return [found!.cpu, found!.memory].map(({ value, source, runs }) => `${value} ${source} ${runs}`).join(', ');
}

test('a task is taken to need what it declares, else what its script used, else what its type says or is guessed', (t) => {
  const memory = new MemoryStore(t);
  const estimates = new Estimates(memory.store);
  assert.equal(estimate(estimates), '0.75 guess 0, 312 guess 0');
  for (const peak of [100, 200, 300]) ran(memory, peak);
  assert.equal(estimate(estimates), '0.7 learned 3, 315 learned 3');
  assert.equal(estimate(estimates, script({ memory: 50 })), '0.7 learned 3, 50 declared 0');
  assert.equal(estimate(estimates, script({ cpu: 2, memory: 50 })), '2 declared 0, 50 declared 0');
  assert.equal(estimate(estimates, script({ work: { kind: 'script', path: '/lab/nowhere/b.py' } })), '0.75 guess 0, 312 guess 0');
});

test('a guess rises with what the first runs used and with what others of the script use right now', (t) => {
  const memory = new MemoryStore(t);
  const estimates = new Estimates(memory.store);
  const key = scriptIdentity(script()).key;
  const others = [sampleRun({ script: key, peakMemory: 900 }), sampleRun({ script: key }), sampleRun({ script: 'another', peakMemory: 5000 })];
  assert.equal(estimate(estimates, script(), undefined, 10_000, others), '0.75 guess 0, 900 guess 0');
  ran(memory, 400);
  assert.equal(estimate(estimates), '0.75 guess 1, 400 guess 1');
  assert.equal(estimate(estimates, script(), undefined, 10_000, others), '0.75 guess 1, 900 guess 1');
  assert.equal(estimate(estimates, script(), undefined, 600, others), '0.75 guess 1, 600 guess 1', 'never more than there is');
  assert.equal(estimate(estimates, script({ memoryLimit: 500 }), undefined, 10_000, others), '0.75 guess 1, 500 guess 1', 'above its limit it would be ended');
  ran(memory, 20);
  ran(memory, 20);
  assert.equal(estimate(estimates, script(), undefined, 10_000, others), '0.7 learned 3, 420 learned 3', 'three runs tell more than a guess');
});

test('runs too short to tell are runs all the same: nothing is guessed after three', (t) => {
  const memory = new MemoryStore(t);
  const { key, args } = scriptIdentity(script());
  memory.store.write(() => {
    for (let run = 0; run < 3; run++) memory.store.scriptRuns.add({ run: runId(1), workspace: '/lab', script: key, path: '/lab/a.py', args, type: 'utility', startedAt: 0, wallMs: 20, cpuMs: 10, peakMemory: undefined, memoryLimit: undefined, asExpected: true });
  });
  assert.equal(estimate(new Estimates(memory.store)), '0.25 type 0, 32 type 0');
});

test('runs that others add are noticed', (t) => {
  const memory = new MemoryStore(t);
  const [one, other] = [new Estimates(memory.store), new Estimates(memory.store)];
  for (const peak of [100, 100, 100]) ran(memory, peak);
  assert.equal(estimate(one), estimate(other));
  ran(memory, 1000);
  for (const estimates of [one, other]) assert.equal(estimate(estimates), '0.7 learned 4, 1050 learned 4');
});

test('what is kept in memory is what the store would tell, whatever was added meanwhile', (t) => {
  const memory = new MemoryStore(t);
  const kept = new Estimates(memory.store);
  for (let round = 0; round < 700; round++) {
    ran(memory, 100 + ((round * 7919) % 1000), script({ args: [String(round % 3)] }));
    if (round % 50 !== 0 && round < 690) continue;
    for (const arg of ['0', '1', '2']) assert.equal(estimate(kept, script({ args: [arg] })), estimate(new Estimates(memory.store), script({ args: [arg] })), `round ${round}`);
  }
});

test('what was learned fits the machine, on which it has run before', (t) => {
  const memory = new MemoryStore(t);
  for (const peak of [990, 990, 990]) ran(memory, peak);
  assert.equal(estimate(new Estimates(memory.store), script(), undefined, 1000), '0.7 learned 3, 1000 learned 3');
});

test('after a run died for lack of memory more is set aside, whatever was declared', (t) => {
  const memory = new MemoryStore(t);
  const estimates = new Estimates(memory.store);
  assert.equal(estimate(estimates, script({ memory: 50 }), 75), '0.75 guess 0, 75 shortage 0');
  assert.equal(estimate(estimates, script({ memory: 80 }), 75), '0.75 guess 0, 80 declared 0');
});

test('of each script the latest two hundred runs are kept, with a little slack', (t) => {
  const memory = new MemoryStore(t);
  const other = script({ work: { kind: 'script', path: '/lab/nowhere/b.py' } });
  for (let round = 0; round < 300; round++) for (const spec of [script(), other]) ran(memory, round, spec);
  for (const spec of [script(), other]) {
    const { key } = scriptIdentity(spec);
    const peaks = memory.store.scriptRuns.of(key).map(({ peakMemory }) => peakMemory);
    assert.deepEqual([peaks.length, peaks[0], peaks.at(-1)], [200, 100, 299]);
    const count = Number(memory.database.get('SELECT count(*) AS n FROM script_runs WHERE script = ?', key)!.n);
    assert.ok(count < 220, `${count} are kept`);
  }
});
