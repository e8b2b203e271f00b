import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Coalescer } from '../../../src/views/coalescer.ts';
import { MachinePoll } from '../../../src/views/machine-poll.ts';
import { RowActivation } from '../../../src/views/tasks/row-activation.ts';
import { Ticker } from '../../../src/views/ticker.ts';
import type { MachineSample } from '../../../src/core/engine/engine-port.ts';
import { deferred } from '../../../src/host/engine/deferred.ts';
import { sampleMachine } from '../../support/sample-machine.ts';
import { ManualClock, settled } from './manual-clock.ts';

const sample: MachineSample = sampleMachine({ at: 0 });

void test('the first of a burst passes at once, the rest together after the pause', async () => {
  const clock = new ManualClock();
  const passed: string[] = [];
  const coalescer = new Coalescer<number>(clock, () => 200, (items) => {
    passed.push(`${clock.now()}: ${items.join()}`);
    return Promise.resolve();
  });
  coalescer.add(1);
  await clock.advance(50);
  coalescer.add(2);
  coalescer.add(3);
  await clock.advance(500);
  coalescer.add(4);
  await clock.advance(0);
  assert.deepEqual(passed, ['0: 1', '200: 2,3', '550: 4']);
});

void test('nothing passes while the last is under way, and the pause counts from its end', async () => {
  const clock = new ManualClock();
  const passed: string[] = [];
  const first = deferred<void>();
  const coalescer = new Coalescer<number>(clock, () => 200, (items) => {
    passed.push(`${clock.now()}: ${items.join()}`);
    return passed.length === 1 ? first.promise : Promise.resolve();
  });
  coalescer.add(1);
  await clock.advance(1000);
  coalescer.add(2);
  await clock.advance(1000);
  first.resolve();
  await settled();
  await clock.advance(1000);
  assert.deepEqual(passed, ['0: 1', '2200: 2']);
});

void test('a clock that is set back keeps nothing waiting for longer than the pause', async () => {
  const clock = new ManualClock(1_000_000);
  let passes = 0;
  const coalescer = new Coalescer<number>(clock, () => 200, () => Promise.resolve(void passes++));
  coalescer.add(1);
  await clock.advance(0);
  clock.setBack(500_000);
  coalescer.add(2);
  await clock.advance(200);
  assert.equal(passes, 2);
});

void test('the ticker keeps its period, changes it, and stops', async () => {
  const clock = new ManualClock();
  let ticks = 0;
  const ticker = new Ticker(clock, () => ticks++);
  ticker.setPeriod(1000);
  await clock.advance(3500);
  ticker.setPeriod(10_000);
  await clock.advance(10_000);
  ticker.dispose();
  await clock.advance(60_000);
  assert.deepEqual([ticks, clock.pending], [4, 0]);
});

void test('the machine is looked at each second while tasks run, else every five, and never when switched off', async () => {
  const clock = new ManualClock();
  const looks: number[] = [];
  const poll = new MachinePoll(clock, () => Promise.resolve((looks.push(clock.now()), sample)), () => undefined);
  poll.setOn(true);
  await clock.advance(6000);
  poll.setBusy(true);
  await clock.advance(2000);
  poll.setOn(false);
  await clock.advance(60_000);
  assert.deepEqual([looks, clock.pending], [[0, 5000, 6000, 7000, 8000], 0]);
});

void test('a look that takes long is not overtaken, and one that fails is followed by the next', async () => {
  const clock = new ManualClock();
  const shown: MachineSample[] = [];
  const answers = [deferred<MachineSample>(), deferred<MachineSample>(), deferred<MachineSample>()];
  let looks = 0;
  const poll = new MachinePoll(clock, () => answers[looks++]!.promise, (one) => shown.push(one));
  poll.setOn(true);
  poll.setBusy(true);
  await clock.advance(10_000);
  assert.equal(looks, 1);
  answers[0]!.reject(new Error('replaced'));
  await settled();
  await clock.advance(1000);
  answers[1]!.resolve(sample);
  await settled();
  assert.deepEqual([looks, shown.length], [2, 1]);
  poll.dispose();
  answers[2]!.resolve(sample);
  await clock.advance(10_000);
  assert.deepEqual([looks, shown.length, clock.pending], [2, 1, 0]);
});

void test('a row opens at the second click, or at once by Enter', async () => {
  const clock = new ManualClock();
  const activation = new RowActivation(clock);
  const clicks: boolean[] = [];
  const click = async (id: string, afterMs: number): Promise<void> => {
    await clock.advance(afterMs);
    clicks.push(activation.opens(id));
  };
  await click('a', 0);
  await click('a', 200);
  await click('a', 200);
  await click('b', 200);
  await click('b', 600);
  await click('b', 500);
  activation.announceKey();
  await click('c', 20);
  assert.deepEqual(clicks, [false, true, false, false, false, true, true]);
});
