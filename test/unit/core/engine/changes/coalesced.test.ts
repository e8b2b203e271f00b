import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Coalesced } from '../../../../../src/core/engine/changes/coalesced.ts';
import { ManualClock, settled } from '../../../views/manual-clock.ts';

function setting() {
  const clock = new ManualClock(1000);
  const ran: number[] = [];
  return { clock, ran, coalesced: new Coalesced(clock, () => ran.push(clock.now())) };
}

test('many requests are one run, when the first is due', async () => {
  const { clock, ran, coalesced } = setting();
  for (let n = 0; n < 100; n++) coalesced.request(20);
  await clock.advance(10);
  coalesced.request(20);
  await clock.advance(9);
  assert.deepEqual(ran, []);
  await clock.advance(100);
  assert.deepEqual([ran, clock.pending], [[1020], 0]);
});

test('a request that is due earlier brings the run forward, and there is still one', async () => {
  const { clock, ran, coalesced } = setting();
  coalesced.request(500);
  coalesced.request(20);
  coalesced.request(300);
  await clock.advance(1000);
  assert.deepEqual([ran, clock.pending], [[1020], 0]);
});

test('without a delay the run comes after what goes on now, once', async () => {
  const { clock, ran, coalesced } = setting();
  coalesced.request(50);
  coalesced.request(0);
  coalesced.request(0);
  assert.deepEqual(ran, []);
  await settled();
  await clock.advance(100);
  assert.deepEqual(ran, [1000]);
});

test('a request during a run is another run', async () => {
  const clock = new ManualClock();
  let left = 3;
  const coalesced: Coalesced = new Coalesced(clock, () => {
    if (--left > 0) coalesced.request(10);
  });
  coalesced.request(10);
  await clock.advance(100);
  assert.equal(left, 0);
});

test('a clock that is set back holds nothing up', async () => {
  const { clock, ran, coalesced } = setting();
  coalesced.request(20);
  clock.setBack(900);
  coalesced.request(20);
  await clock.advance(20);
  assert.equal(ran.length, 1);
});

test('once it is disposed nothing runs, neither asked for before nor after', async () => {
  for (const delay of [0, 20]) {
    const { clock, ran, coalesced } = setting();
    coalesced.request(delay);
    coalesced.dispose();
    coalesced.request(delay);
    await clock.advance(100);
    assert.deepEqual([ran, clock.pending], [[], 0]);
  }
});
