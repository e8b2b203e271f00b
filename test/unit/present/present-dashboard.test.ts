import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeRunBar } from '../../../src/core/present/tasks/describe-run-bar.ts';
import { formatRate } from '../../../src/core/present/format/format-rate.ts';
import { presentShadow } from '../../../src/core/present/machine/present-shadow.ts';
import { describeReasons } from '../../../src/core/present/machine/present-strategy.ts';
import { describeOwnCost, presentTiles } from '../../../src/core/present/machine/present-tiles.ts';
import type { ShadowReport } from '../../../src/core/model/machine/shadow-report.ts';
import type { StrategyView } from '../../../src/core/model/machine/strategy.ts';
import { sampleBar } from '../../support/sample-history.ts';
import { sampleMachine } from '../../support/sample-machine.ts';

const lines = (given: Parameters<typeof sampleMachine>[0] = {}): readonly string[] => presentTiles(sampleMachine(given)).map(({ label, value, details }) => `${label} ${value}: ${details.join('; ')}`);

void test('tiles tell the figures of the machine with their units', () => {
  assert.deepEqual(lines(), [
    'CPU 43 %: of 4 cores',
    'Memory 61 %: 6.1 GB of 10 GB',
    'Disk 60 %: 40 GB free; 1.0 MB/s read; 2.0 MB/s written',
    'Network 700 kB/s: 300 kB/s in; 400 kB/s out',
    'Load 1.8: pressure: CPU 5 %; memory 0 %; disk 1 %',
  ]);
  assert.equal(describeOwnCost(sampleMachine()), 'Watching the machine costs 0.20 % of one core.');
});

void test('guesses are marked, and what a machine does not have is left out', () => {
  const gpu = { name: 'RTX', load: 0.5, memoryUsed: undefined, memoryTotal: undefined };
  const battery = { charge: 0.8, isCharging: true };
  assert.deepEqual(lines({ disk: undefined, pressure: undefined, gpus: [gpu], battery, swapUsed: 5e8, estimates: ['cpu', 'network', 'swap'], estimated: true }), [
    'CPU ~43 %: of 4 cores',
    'Memory 61 %: 6.1 GB of 10 GB; ~500 MB swapped',
    'Disk –: 1.0 MB/s read; 2.0 MB/s written',
    'Network ~700 kB/s: ~300 kB/s in; ~400 kB/s out',
    'Load 1.8: over the last minute; RTX 50 %; battery 80 %, charging',
  ]);
});

void test('shadow mode tells what limits would have cost and saved, and nothing where there were none', () => {
  const none = { isOn: false, limitedMs: 0, heldBack: 0, addedWaitMs: 0, overMs: 0, avoidableMs: 0 };
  const told = (given: Partial<ShadowReport>): readonly string[] | undefined => {
    const face = presentShadow({ ...none, ...given });
    return face && [face.value, ...face.figures.map(({ label, value }) => `${label}: ${value}`)];
  };
  assert.equal(told({}), undefined);
  assert.deepEqual(told({ isOn: true }), ['0 held back', 'Limits, not applied: never', 'Waiting added: none', 'Over thresholds: never', 'Of it avoided: none']);
  assert.deepEqual(told({ limitedMs: 40_000, heldBack: 3, addedWaitMs: 1_080_000, overMs: 540_000, avoidableMs: 420_000 }), ['3 held back', 'Limits, not applied: 40 s', 'Waiting added: ≤ 18 min', 'Over thresholds: 9 min', 'Of it avoided: ≤ 7 min']);
});

void test('a strategy says why it is in force', () => {
  const view = (given: Partial<StrategyView>): string => describeReasons({ strategy: 'normal', since: 0, reasons: [], pinned: undefined, growth: 1, ...given });
  const reasons = [{ measure: 'memory', value: 0.92, threshold: 0.85 }, { measure: 'cpu', value: 0.9, threshold: 0.85 }] as const;
  assert.deepEqual(
    [view({}), view({ growth: 1.5 }), view({ strategy: 'conserve', reasons }), view({ strategy: 'critical', reasons: [] }), view({ strategy: 'critical', pinned: 'critical', reasons })],
    ['limits as configured', 'room to spare: limits × 1.5', 'memory 92 %, threshold 85 %; CPU 90 %, threshold 85 %', 'nothing new starts', 'pinned by you'],
  );
});

void test('a bar tells its run', () => {
  const bar = sampleBar(1, { name: 'sweep\n.py', startedAt: 60_000, waitedFrom: 0, role: 'gui_testing' });
  const [name, running, started, who] = describeRunBar(bar, 65_000);
  assert.deepEqual([name, running, who], ['sweep .py', 'running for 5.0 s', 'analysis · GUI Testing']);
  assert.match(started!, /^started .*, waited 1 min$/);
  assert.equal(describeRunBar({ ...bar, endedAt: 62_000, outcome: { type: 'cancelled' } }, 65_000)[1], 'cancelled after 2.0 s');
});

void test('rates are sizes a second', () => {
  assert.deepEqual([0, 1500, 2e9].map(formatRate), ['0 B/s', '1.5 kB/s', '2.0 GB/s']);
});
