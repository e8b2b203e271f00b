import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StrategyView } from '../../../src/core/model/machine/strategy.ts';
import { presentMachine, presentNoMachine } from '../../../src/core/present/machine/present-machine.ts';
import { sampleMachine } from '../../support/sample-machine.ts';

const NORMAL: StrategyView = { strategy: 'normal', since: 0, reasons: [], pinned: undefined, growth: 1 };

test('the figures of the machine are as wide at 5 % as at 100 %, guessed or not', () => {
  const samples = [0, 0.05, 0.43, 1, 7, Number.NaN].flatMap((cpu) => [true, false].map((estimated) => presentMachine(sampleMachine({ cpu, estimated, estimates: estimated ? ['cpu'] : [] }), NORMAL, []).text));
  assert.deepEqual(new Set([...samples, presentNoMachine()].map((text) => [...text].length)).size, 1);
  assert.equal(samples[2], '$(pulse) ~5\u00a0%\u2007\u2007 $(server) 61\u00a0%\u2007\u2007');
});

test('the tooltip is a small table of what the machine has', () => {
  const { tooltip, accessibility, isAlarming } = presentMachine(sampleMachine(), NORMAL, ['[Open Dashboard](command:x)']);
  assert.equal(tooltip.replaceAll('\\', ''), [
    '**This Machine**', '',
    '| | |', '|:--|--:|',
    '| CPU | 43 % of 4 cores |', '| Memory | 61 %, 6.1 GB of 10 GB |', '| Disk | 40 GB free of 100 GB |', '| Disk traffic | 1.0 MB/s read, 2.0 MB/s written |',
    '| Network | 300 kB/s in, 400 kB/s out |', '| Load | 1.8 over the last minute |', '| Pressure | CPU 5 %, memory 0 %, disk 1 % |',
    '| Strategy | normal: limits as configured |', '| Cost of watching | 0.20 % of a core |', '',
    '[Open Dashboard](command:x)',
  ].join('\n'));
  assert.deepEqual([accessibility, isAlarming], ['This machine: CPU 43\u00a0%, memory 61\u00a0%', false]);
});

test('what a machine has besides is told when it is used', () => {
  const given = { swapUsed: 1e9, gpus: [{ name: 'RTX | 4090', load: 0.5, memoryUsed: undefined, memoryTotal: undefined }, { name: 'Silent', load: undefined, memoryUsed: undefined, memoryTotal: undefined }], battery: { charge: 0.8, isCharging: true }, load: 0, pressure: undefined, disk: undefined };
  const tooltip = presentMachine(sampleMachine(given), undefined, []).tooltip.replaceAll('\\', '');
  for (const row of ['| Swap | 1.0 GB of 2.0 GB |', '| Graphics | 50 % of RTX | 4090 |', '| Battery | 80 %, charging |']) assert.ok(tooltip.includes(row), row);
  assert.doesNotMatch(tooltip, /Silent|Load|Pressure|\| Disk \||Strategy/);
});

test('each figure that is a guess is marked, the others are not, and the mark is explained', () => {
  const { text, tooltip, accessibility } = presentMachine(sampleMachine({ estimated: true, estimates: ['memory', 'disk'] }), NORMAL, []);
  assert.equal(text, '$(pulse) 43\u00a0%\u2007\u2007 $(server) ~61\u00a0%\u2007');
  assert.match(tooltip, /\| CPU \| 43 % of 4 cores \|/);
  assert.match(tooltip, /\| Memory \| \\~61 %/);
  assert.match(tooltip, /\| Disk \| \\~40 GB/);
  assert.match(tooltip, /figures marked with \\~ are estimates/);
  assert.equal(accessibility, 'This machine: CPU 43\u00a0%, estimated memory 61\u00a0%');
});

test('only a critical machine stands out, with the reason', () => {
  const view = (strategy: StrategyView['strategy']): StrategyView => ({ ...NORMAL, strategy, reasons: [{ measure: 'memory', value: 0.97, threshold: 0.95 }] });
  const [conserve, critical] = [presentMachine(sampleMachine(), view('conserve'), []), presentMachine(sampleMachine(), view('critical'), [])];
  assert.deepEqual([conserve.isAlarming, critical.isAlarming], [false, true]);
  assert.match(critical.tooltip.replaceAll('\\', ''), /\| Strategy \| critical: memory 97 %, threshold 95 % \|/);
  assert.match(critical.accessibility, /nothing new starts$/);
});
