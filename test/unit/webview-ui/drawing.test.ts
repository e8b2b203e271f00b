import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnsOf, pointAt, pointsFor } from '../../../webview-ui/plots/series-data.ts';
import { strategyBands } from '../../../webview-ui/plots/strategy-bands.ts';
import { packLanes } from '../../../webview-ui/timeline/pack-lanes.ts';
import { sampleBar, samplePoint } from '../../support/sample-history.ts';
import { SeededRandom, seedFor } from '../../support/seeded-random.ts';

const at = (...times: readonly number[]) => times.map((time) => samplePoint({ at: time, cpu: time / 10_000 }));

void test('a line is broken where nobody looked', () => {
  assert.deepEqual(columnsOf(at(0, 1000, 11_000, 70_000), [({ cpu }) => cpu]), [[500, 1500, 11_500, 12_000, 70_500], [0, 0.1, 1.1, null, 7]]);
});

void test('the latest seconds lie behind the history; finer points are used where they cover what is visible', () => {
  const history = { from: 0, to: 5000, points: at(0, 1000, 2000) };
  const tail = { from: 2000, to: 5000, points: at(2000, 3000) };
  const detail = { from: 500, to: 1500, points: at(500, 1000) };
  assert.deepEqual(pointsFor({ from: 0, to: 5000 }, history, tail, detail).map((point) => point.at), [0, 1000, 2000, 3000]);
  assert.deepEqual(pointsFor({ from: 600, to: 1400 }, history, tail, detail).map((point) => point.at), [500, 1000]);
  assert.deepEqual(pointsFor({ from: 0, to: 1 }, undefined, undefined, undefined), []);
});

void test('the point under the cursor is the nearest, and none where nobody looked', () => {
  const points = at(0, 1000, 2000, 90_000);
  assert.deepEqual([-5, 400, 1100, 4000, 40_000, 80_000, 130_000].map((time) => pointAt(points, time)?.at), [0, 0, 1000, 2000, undefined, 90_000, undefined]);
  assert.equal(pointAt([], 5), undefined);
});

void test('neighbouring points of one strategy are one band', () => {
  const points = (['normal', 'conserve', 'conserve', 'critical', 'normal', 'conserve'] as const).map((strategy, index) => samplePoint({ at: index * 10_000, strategy }));
  assert.deepEqual(strategyBands(points).map(({ from, to, strategy }) => `${from}-${to} ${strategy}`), ['10000-21000 conserve', '30000-31000 critical', '50000-51000 conserve']);
});

void test('waiting is drawn in full where there is a lane for it, else as far as there is room', () => {
  const bars = Array.from({ length: 20 }, (_, index) => sampleBar(index + 1, { waitedFrom: 0, startedAt: 100 + index * 10, endedAt: 110 + index * 10 }));
  const { bars: packed, lanes } = packLanes(bars, 1000);
  assert.equal(lanes, 8);
  assert.deepEqual(packed.slice(0, 9).map(({ lane, waitFrom }) => [lane, waitFrom]), [...Array.from({ length: 8 }, (_, lane) => [lane, 0]), [0, 110]]);
});

void test('no two bars of a lane overlap, and lanes are no more than needed', (context) => {
  const seed = seedFor(context);
  const random = new SeededRandom(seed);
  const runs = Array.from({ length: 500 }, (_, index) => {
    const startedAt = Math.floor(random.next() * 10_000);
    return sampleBar(index + 1, { startedAt, waitedFrom: startedAt - Math.floor(random.next() * 500), ...(random.next() > 0.1 && { endedAt: startedAt + Math.floor(random.next() * 300) }) });
  });
  const { bars, lanes } = packLanes(runs, 10_000);
  const most = Math.max(...runs.map(({ startedAt: time }) => runs.filter(({ startedAt, endedAt }) => startedAt <= time && (endedAt ?? 10_000) >= time).length));
  for (let lane = 0; lane < lanes; lane++) {
    const inLane = bars.filter((packed) => packed.lane === lane);
    for (const [index, { waitFrom }] of inLane.entries()) assert.ok(index === 0 || inLane[index - 1]!.end <= waitFrom, `seed ${seed}`);
  }
  assert.ok(lanes <= Math.max(8, most), `seed ${seed}: ${lanes} lanes for ${most} at once`);
});
