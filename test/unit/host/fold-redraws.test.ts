import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldRedraws } from '../../../src/host/tasks/output/fold-redraws.ts';

const cases: readonly (readonly [string, string, string])[] = [
  ['lines end as a terminal wants them', 'a\nb\n', 'a\r\nb\r\n'],
  ['lines that already do stay so', 'a\r\nb\r\n', 'a\r\nb\r\n'],
  ['of a redrawn line the last state stays', '10 %\r20 %\r30 %\ndone\n', '\r\u001b[K30 %\r\ndone\r\n'],
  ['a redraw of the line before the chunk goes back to its start', '\r40 %', '\r40 %'],
  ['a trailing return stays, for the next redraw', '10 %\r20 %\r', '\r\u001b[K20 %\r'],
  ['a single state with a return is left alone', '10 %\r', '10 %\r'],
  ['colours set in overwritten states still hold', '\u001b[32m10 %\r20 %\u001b[0m', '\r\u001b[K\u001b[32m20 %\u001b[0m'],
  ['an empty redraw clears nothing', '\r\r', '\r'],
  ['nothing stays nothing', '', ''],
];

for (const [name, output, expected] of cases) {
  test(name, () => assert.equal(foldRedraws(output), expected));
}

test('a thousand redraws cost one', () => {
  const output = Array.from({ length: 1000 }, (_, index) => `\rprogress ${index}`).join('');
  assert.equal(foldRedraws(output), '\r\u001b[Kprogress 999');
});
