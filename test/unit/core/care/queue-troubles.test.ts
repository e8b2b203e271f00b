import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dailySummary } from '../../../../src/core/care/daily-summary.ts';
import { queueTroubles } from '../../../../src/core/care/queue-troubles.ts';
import { readSummary, readTroubles } from '../../../../src/core/care/read-summary.ts';
import type { TaskId } from '../../../../src/core/model/ids.ts';
import type { ScriptStats } from '../../../../src/core/model/script-stats.ts';
import { FakeEngine } from '../../../support/fake-engine.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const script = { kind: 'script', path: '/lab/sweep.py' } as const;
const stats: readonly ScriptStats[] = [{ script: '/lab/sweep.py', runs: 9, success: 1, wallMedian: 8 * MINUTE, wallP95: 10 * MINUTE, peakMemory: 0, cores: 1, trend: undefined, lastAt: 0 }];

function lab() {
  const engine = new FakeEngine();
  const troubles = async (known = stats) => queueTroubles(await engine.batchTasks(), known, engine.now);
  return { engine, troubles };
}

test('a run is stuck when it takes far longer than ever and does nothing; a busy one is only long', async () => {
  const { engine, troubles } = lab();
  const idle = engine.add({ name: 'idle', work: script });
  engine.start(idle, { cores: 0 });
  const busy = engine.add({ name: 'busy', work: script });
  engine.start(busy, { cores: 0.9 });
  engine.now += 29 * MINUTE;
  assert.deepEqual(await troubles(), []);
  engine.now += 2 * MINUTE;
  assert.deepEqual((await troubles()).map(({ task, type }) => [task, type]), [[idle, 'stuck']]);
  assert.match((await troubles())[0]!.why, /does nothing; its past runs took up to 10 m/);
});

test('of what nobody has run before only hours say something', async () => {
  const { engine, troubles } = lab();
  engine.start(engine.add({ name: 'new', work: script }), { cores: 0 });
  engine.now += 5 * HOUR;
  assert.deepEqual(await troubles([]), []);
  engine.now += 2 * HOUR;
  assert.equal((await troubles([])).length, 1);
});

test('what waits for a day is stale, unless that was wished', async () => {
  const { engine, troubles } = lab();
  const forgotten = engine.add({ name: 'forgotten' });
  engine.wait(forgotten, { type: 'held' });
  const paused = engine.add({ name: 'paused' });
  engine.wait(paused, { type: 'paused' });
  engine.now += 25 * HOUR;
  assert.deepEqual((await troubles()).map(({ task, type, why }) => [task, type, why]), [[forgotten, 'stale', 'queued 1 d 1 h ago; held until it is released']]);
});

test('what fails again and again is told', async () => {
  const { engine, troubles } = lab();
  const id = engine.add({ name: 'flaky' });
  for (let n = 0; n < 3; n++) {
    engine.start(id);
    engine.end(id, { type: 'failed', reason: 'exit', code: 1 }, {}, engine.now);
  }
  assert.deepEqual((await troubles()).map(({ type }) => type), ['retried']);
  engine.start(id);
  engine.end(id, { type: 'failed', reason: 'exit', code: 1 }, {}, engine.now + HOUR);
  assert.equal((await engine.query({ group: 'scheduled', roots: ['/lab'], offset: 0, limit: 0 })).total, 1);
  for (const found of [await readTroubles(engine, ['/lab'], engine.now), await readTroubles(engine, ['/lab'], engine.now, { withFinished: true })]) {
    assert.deepEqual(found.map(({ why }) => why), ['failed 4 times and is tried again']);
  }
  assert.match(await readSummary(engine, ['/lab'], engine.now), /1 scheduled now\n[^]*flaky: failed 4 times and is tried again/);
});

test('what failed again and again and is over is told of until the same is queued anew; what succeeded at last is not', async () => {
  const { engine, troubles } = lab();
  const tried = (name: string, last: 'succeeded' | 'failed'): TaskId => {
    const id = engine.add({ name });
    for (let n = 0; n < 3; n++) {
      engine.start(id);
      engine.end(id, n === 2 && last === 'succeeded' ? { type: 'succeeded' } : { type: 'failed', reason: 'exit', code: 1 }, {}, n < 2 ? engine.now : undefined);
    }
    return id;
  };
  tried('mended', 'succeeded');
  const broken = tried('broken', 'failed');
  assert.deepEqual((await troubles()).map(({ task, why }) => [task, why]), [[broken, 'failed 3 times and is not tried again']]);
  const roots = ['/lab'];
  assert.match(await readSummary(engine, roots, engine.now), /## Needs somebody\n\n- \\#2 broken: failed 3 times and is not tried again\n/);
  assert.equal((await readTroubles(engine, roots, engine.now, { withFinished: true })).length, 1);
  // Its failure was told when it came: whoever looks after the queue has nothing to add.
  assert.deepEqual(await readTroubles(engine, roots, engine.now), []);
  engine.add({ name: 'broken' });
  assert.deepEqual(await troubles(), []);
  engine.now += 25 * HOUR;
  assert.doesNotMatch(await readSummary(engine, roots, engine.now), /broken: failed/);
});

test('what somebody runs again and again has not failed', async () => {
  const { engine, troubles } = lab();
  const id = engine.add({ name: 'plot' });
  for (let n = 0; n < 3; n++) {
    engine.start(id);
    engine.end(id);
    await engine.retry([id]);
  }
  assert.deepEqual([engine.get(id).task.attempts, await troubles()], [3, []]);
});

test('the summary tells what ended, failed, took long and needs somebody', async () => {
  const { engine } = lab();
  const good = engine.add({ name: 'good' });
  engine.start(good);
  engine.now += 5 * MINUTE;
  engine.end(good);
  const bad = engine.add({ name: 'bad *name*' });
  engine.start(bad);
  engine.end(bad, { type: 'failed', reason: 'exit', code: 2 });
  const text = await readSummary(engine, ['/lab'], engine.now);
  assert.match(text, /- 2 tasks ended, 1 of them failed/);
  assert.match(text, /## Failed\n\n- \\#2 bad \\\*name\\\*: failed \(exit 2\)/);
  assert.match(text, /## Longest\n\n- \\#1 good: 5 min/);
  assert.doesNotMatch(text, /Needs somebody/);
});

test('of a busy day all is told, however much it is', async () => {
  const { engine } = lab();
  const bad = engine.add({ name: 'bad' });
  engine.start(bad);
  engine.end(bad, { type: 'failed', reason: 'exit', code: 2 });
  for (let n = 0; n < 5999; n++) {
    const id = engine.add({ name: `good ${n}` });
    engine.start(id);
    engine.now++;
    engine.end(id);
  }
  const text = await readSummary(engine, ['/lab'], engine.now);
  assert.match(text, /- 6000 tasks ended, 1 of them failed/);
  engine.now += 24 * HOUR;
  assert.match(await readSummary(engine, ['/lab'], engine.now), /- 1 task ended, 0 of them failed/);
});

test('what ended on another day is not told again; a day without anything says so', () => {
  const text = dailySummary({ finished: [], running: 0, waiting: 0, scheduled: 0, troubles: [], points: [], decisions: [], from: 0, to: 24 * HOUR });
  assert.match(text, /- 0 tasks ended, 0 of them failed/);
});
