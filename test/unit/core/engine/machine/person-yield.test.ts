import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PersonYield } from '../../../../../src/core/engine/machine/person-yield.ts';
import type { RunInHand } from '../../../../../src/core/engine/runs/run-in-hand.ts';
import { RecordingLog } from '../../../../support/recording-log.ts';
import { FakeProcessTable } from '../../../../support/process/fake-process-table.ts';
import { sampleRun } from '../../../../support/sample-run.ts';
import { sampleSpec } from '../../../../support/sample-spec.ts';

const inHand = (pid: number, priority: number, adopted = false): RunInHand => ({ task: { id: pid, spec: sampleSpec({ priority }) }, run: sampleRun({ folder: `/runs/${pid}` }), process: { pid, start: String(pid * 10) }, gone: false, adopted }) as unknown as RunInHand;

function setting(yieldFrom: number | undefined) {
  const table = new FakeProcessTable();
  const runs: RunInHand[] = [];
  const done: string[] = [];
  const add = (pid: number, priority: number, adopted = false): RunInHand => {
    table.add(pid).add(pid + 1, { parent: pid, group: pid });
    const run = inHand(pid, priority, adopted);
    runs.push(run);
    return run;
  };
  const setQuiet = (pids: readonly number[], quiet: boolean): Promise<void> => Promise.resolve(void done.push(`${pids.join()} ${quiet ? 'quiet' : 'as before'}`));
  const yielding = new PersonYield({ runs: () => runs, table, setQuiet, yieldFrom: () => yieldFrom, log: new RecordingLog() });
  return { yielding, add, done };
}

test('background tasks give way while a person is at work, those that begin meanwhile too, and go on as before', async () => {
  const { yielding, add, done } = setting(7);
  add(10, 5);
  add(20, 7);
  yielding.setAtWork(true);
  await yielding.settled();
  add(30, 9);
  yielding.apply();
  await yielding.settled();
  yielding.setAtWork(true);
  yielding.setAtWork(false);
  await yielding.settled();
  assert.deepEqual(done, ['21 quiet', '31 quiet', '21 as before', '31 as before']);
});

test('what another engine may have made quiet goes on as before with the next, once', async () => {
  const { yielding, add, done } = setting(7);
  add(20, 9, true);
  add(30, 5, true);
  yielding.apply();
  yielding.apply();
  await yielding.settled();
  assert.deepEqual(done, ['21 as before']);
});

test('a person who comes and goes in a moment disturbs nobody for good', async () => {
  const { yielding, add, done } = setting(7);
  add(20, 9);
  yielding.setAtWork(true);
  yielding.setAtWork(false);
  await yielding.settled();
  assert.deepEqual(done, []);
});

test('where it is switched off nobody gives way', async () => {
  const { yielding, add, done } = setting(undefined);
  add(20, 9);
  yielding.setAtWork(true);
  await yielding.settled();
  assert.deepEqual(done, []);
});
