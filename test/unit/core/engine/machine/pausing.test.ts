import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import type { TaskId } from '../../../../../src/core/model/ids.ts';
import { Database } from '../../../../../src/core/store/database.ts';
import { Store } from '../../../../../src/core/store/store.ts';
import type { StoredRun } from '../../../../../src/core/store/run-table.ts';
import { TaskLedger } from '../../../../../src/core/engine/tasks/task-ledger.ts';
import { RecordingLog } from '../../../../support/recording-log.ts';
import { outcomeOf, sh, TestEngine } from '../../../../support/test-engine.ts';
import { until } from '../../../../support/until.ts';

const COUNTS = 'while :; do echo >> count; sleep 0.01; done';

/** Pauses a task as the engine that watches the machine does: through the store. The pin keeps that engine from letting it go on. */
async function pauser(t: { after(clean: () => void): void }, engine: TestEngine, id: TaskId): Promise<(type: 'suspended' | 'resumed') => void> {
  await engine.when(id, 'running');
  await engine.port.pinStrategy('critical');
  const store = new Store(new Database(`${engine.home}/store.sqlite`, 'normal'));
  t.after(() => store.close());
  const ledger = new TaskLedger(store, new RecordingLog());
  return (type) => store.write(() => assert.ok('state' in ledger.apply(id, { type, at: Date.now() }, Date.now())));
}

/** Looks until two looks a while apart see the same count, or not. */
async function counting(engine: TestEngine): Promise<{ readonly standsStill: () => Promise<unknown>; readonly goesOn: () => Promise<unknown> }> {
  const read = (): number => fs.statSync(`${engine.workspace}/count`, { throwIfNoEntry: false })?.size ?? 0;
  await until('it counts', () => read() > 3);
  return {
    standsStill: () =>
      until('it stands still', async () => {
        const before = read();
        await new Promise((resolve) => setTimeout(resolve, 300));
        return read() === before;
      }),
    goesOn: () => {
      const before = read();
      return until('it goes on', () => read() > before + 3);
    },
  };
}

test('a paused task stands still with its processes, goes on, and can be cancelled in between', { skip: process.platform === 'win32' }, async (t) => {
  const engine = await TestEngine.open(t);
  const [id] = await engine.submit(sh(COUNTS));
  const pause = await pauser(t, engine, id!);
  const count = await counting(engine);
  pause('suspended');
  await engine.when(id!, 'paused');
  await count.standsStill();
  assert.equal((await engine.port.query({ group: 'running', roots: [], offset: 0, limit: 9 })).total, 1);
  pause('resumed');
  await engine.when(id!, 'running');
  await count.goesOn();
  pause('suspended');
  await count.standsStill();
  await engine.port.cancel([id!]);
  assert.deepEqual(outcomeOf(await engine.ended(id!)), { type: 'cancelled' });
});

test('the timeout of a paused task stands still with it', { skip: process.platform === 'win32' }, async (t) => {
  const engine = await TestEngine.open(t);
  const [id] = await engine.submit(sh(COUNTS, { timeout: 2 }));
  const pause = await pauser(t, engine, id!);
  const count = await counting(engine);
  pause('suspended');
  await count.standsStill();
  await new Promise((resolve) => setTimeout(resolve, 2500));
  assert.equal((await engine.port.detail(id!))?.task.state.status, 'paused');
  pause('resumed');
  const ended = await engine.ended(id!);
  assert.deepEqual(outcomeOf(ended), { type: 'timedOut', afterMs: 2000 });
  const { startedAt, endedAt, pausedMs } = ended.run as StoredRun;
  assert.ok(pausedMs >= 2500, `it stood still for ${pausedMs} ms`);
  const ran = endedAt! - startedAt! - pausedMs;
  assert.ok(ran >= 1900 && ran < 3500, `it ran for ${ran} ms`);
});

test('a paused task is known as paused by the engine that takes it over, which lets it go on', { skip: process.platform === 'win32' }, async (t) => {
  const first = await TestEngine.open(t);
  const [id] = await first.submit(sh(COUNTS));
  const pause = await pauser(t, first, id!);
  const count = await counting(first);
  pause('suspended');
  await count.standsStill();
  await first.port.close();
  const next = await TestEngine.open(t, { home: first.home, roots: [first.workspace] });
  await next.when(id!, 'paused');
  await count.standsStill();
  pause('resumed');
  await count.goesOn();
});

test('a task that was to go on while nobody looked after it does so with the engine that takes it over', { skip: process.platform === 'win32' }, async (t) => {
  const first = await TestEngine.open(t);
  const [id] = await first.submit(sh(COUNTS));
  const pause = await pauser(t, first, id!);
  const count = await counting(first);
  pause('suspended');
  await count.standsStill();
  await first.port.close();
  pause('resumed');
  await TestEngine.open(t, { home: first.home, roots: [first.workspace] });
  await count.goesOn();
});
