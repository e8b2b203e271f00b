import assert from 'node:assert/strict';
import test from 'node:test';
import { formatBytes } from '../../../src/core/present/format/format-bytes.ts';
import { coreFigure, formatCores } from '../../../src/core/present/format/format-cores.ts';
import { formatShare } from '../../../src/core/present/format/format-share.ts';
import { afterLabel, inLine } from '../../../src/core/present/format/right-to-left.ts';

test('a size has at most three digits and never shows 1000 of a unit', () => {
  const shown = [-1, 0, 512, 999, 1000, 4210, 9949, 9951, 610e6, 999.7e3, 2.14e9, 3e12, 4e15].map(formatBytes);
  assert.deepEqual(shown, ['0 B', '0 B', '512 B', '999 B', '1.0 kB', '4.2 kB', '9.9 kB', '10 kB', '610 MB', '1.0 MB', '2.1 GB', '3.0 TB', '4000 TB']);
});

test('cores show no more places than say something', () => {
  assert.deepEqual([0, 0.25, 0.999, 1, 1.26, 2].map(formatCores), ['0 cores', '0.25 cores', '1 core', '1 core', '1.3 cores', '2 cores']);
  assert.equal(coreFigure(1.3), '1.3');
});

test('a share is whole percent, within its bounds', () => {
  assert.deepEqual([-0.1, 0, 0.434, 1.2].map(formatShare), ['0 %', '0 %', '43 %', '100 %']);
});

test('figures behind a name that is written from right to left stay behind it', () => {
  assert.deepEqual([afterLabel('sweep.py', '0:42'), afterLabel('حساب', '0:42'), afterLabel('3 חישוב', '0:42')], ['0:42', '\u200e0:42', '\u200e0:42']);
  assert.deepEqual([inLine('sweep.py'), inLine('حساب')], ['sweep.py', '\u200eحساب\u200e']);
});
