import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import type { Step } from '../../src/core/engine/checkpoint.ts';
import type { EngineHandle } from '../support/engines/engine-handle.ts';
import { EngineHome } from '../support/engines/engine-home.ts';
import { exclude } from '../support/engines/exclusion.ts';
import { clashes } from '../support/engines/overlaps.ts';
import { chosenSeed, SeededRandom } from '../support/seeded-random.ts';
import { TakeOvers } from '../support/engines/take-overs.ts';
import { until } from '../support/until.ts';
import { WorkAccount } from '../support/engines/work-account.ts';
import { planBatch, specOf, TIGHT_LIMITS, type PlannedTask } from '../support/engines/workload.ts';

const STEPS: readonly Step[] = ['submit', 'claim', 'spawn', 'spawned', 'running', 'ended', 'recorded'];
const BATCHES = 4;
const TASKS = 8;
const BACK_WITHIN_MS = 2000;

const random = new SeededRandom(chosenSeed());
console.log(`seed ${random.seed} (SEED brings this run back)`);

for (const step of STEPS) {
  test(`an engine killed at its first “${step}”, beside another: the other one finishes the work`, async (context) => {
    const home = new EngineHome();
    context.after(() => home.dispose());
    const other = await home.open();
    await other.call('setLimits', TIGHT_LIMITS);
    const victim = await home.open({ interruption: { step, nth: 1, signal: 'SIGKILL' } });
    await proveNothingIsLost(home, victim, () => Promise.resolve(other));
  });

  test(`an engine killed at its fourth “${step}”, alone: the next one finishes the work`, async (context) => {
    const home = new EngineHome();
    context.after(() => home.dispose());
    const client = await home.open({ runsTasks: false });
    await client.call('setLimits', TIGHT_LIMITS);
    await client.kill();
    const victim = await home.open({ interruption: { step, nth: 4, signal: 'SIGKILL' } });
    await proveNothingIsLost(home, victim, () => home.open());
  });
}

async function proveNothingIsLost(home: EngineHome, victim: EngineHandle, successor: () => Promise<EngineHandle>): Promise<void> {
  const batches: (readonly PlannedTask[])[] = [];
  const takeOvers = new TakeOvers(home.store, () => home.engines.some((engine) => engine !== victim && engine.isReady && !engine.hasEnded));
  const died = takeOvers.awaitEnd(victim);

  const unsure: (readonly PlannedTask[])[] = [];
  const submit = async (): Promise<void> => {
    const batch = planBatch(random, String(batches.length), TASKS, path.join(home.workspace, 'data'));
    batches.push(batch);
    await home.submit(victim, batch.map((task) => specOf(task, home.journal))).catch(() => unsure.push(batch));
  };
  for (let batch = 0; batch < BATCHES; batch++) await submit();
  const killed = async (): Promise<unknown> => {
    // The other one may have been faster with all there was.
    if (!victim.hasEnded && home.store.unfinished() === 0) await submit();
    return victim.hasEnded && victim.ended;
  };
  assert.equal(await until('that the engine is killed', killed), 'SIGKILL');
  await died;
  const next = await successor();
  for (const batch of unsure) {
    const there = home.store.count(`SELECT count(*) FROM tasks WHERE name LIKE ? || '.%'`, batch[0]!.key.split('.')[0]!);
    assert.ok(there === 0 || there === TASKS, `Expected a batch to be there as a whole or not at all, got ${there} of ${TASKS}`);
    if (there === 0) await home.submit(next, batch.map((task) => specOf(task, home.journal)));
  }
  await until('an end of all tasks', () => {
    takeOvers.look();
    return home.store.unfinished() === 0 && takeOvers.isDone;
  }, 30_000);

  const account = new WorkAccount(home, batches.flat());
  assert.deepEqual(account.lost(), []);
  assert.deepEqual(account.cutOff(), []);
  assert.deepEqual(account.notOnce(), []);
  assert.deepEqual(account.early(), []);
  assert.deepEqual(clashes(account.journalled, exclude), []);
  assert.deepEqual(await home.orphans(), []);
  assert.deepEqual(takeOvers.all.filter((took) => took.attendedMs > BACK_WITHIN_MS), []);
}
