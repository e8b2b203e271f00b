import assert from 'node:assert/strict';
import test from 'node:test';
import { formatAgo, formatClock, formatDuration } from '../../../src/core/present/format/format-duration.ts';

test('a duration is told in the two units that matter', () => {
  const shown = [-5, 0, 0.4, 84.6, 999.6, 1000, 4210, 9949, 9951, 42_400, 59_400, 59_600, 60_000, 185_000, 3_599_700, 7_440_000, 86_399_000, 90_000_000].map(formatDuration);
  assert.deepEqual(shown, [
    '0 ms', '0 ms', '0 ms', '85 ms', '1.0 s', '1.0 s', '4.2 s', '9.9 s', '10 s', '42 s', '59 s', '1 min', '1 min', '3 min 5 s', '1 h', '2 h 4 min', '1 d', '1 d 1 h',
  ]);
});

test('a clock keeps its digits in place', () => {
  assert.deepEqual([-1, 0, 42_900, 725_000, 3_723_000].map(formatClock), ['0:00', '0:00', '0:42', '12:05', '1:02:03']);
});

test('the past is told in one unit', () => {
  assert.deepEqual([0, 4999, 42_000, 200_000, 18_000_000, 200_000_000].map(formatAgo), ['just now', 'just now', '42 s ago', '3 min ago', '5 h ago', '2 d ago']);
});
