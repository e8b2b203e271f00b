import assert from 'node:assert/strict';
import test from 'node:test';
import { wantsColor } from '../../../src/cli/terminal/style.ts';
import { cut, textWidth } from '../../../src/cli/terminal/text-width.ts';

test('width counts terminal columns', () => {
  assert.deepEqual(['', 'abc', 'é', 'e\u0301', '漢字', '⚙️', '🚀', '…'].map(textWidth), [0, 3, 1, 1, 4, 2, 2, 1]);
});

test('a cut never exceeds its width nor splits a character', () => {
  assert.deepEqual([cut('abcdef', 6), cut('abcdef', 4), cut('漢字漢', 4), cut('漢字漢', 5), cut('abc', 1), cut('abc', 0)], ['abcdef', 'abc…', '漢…', '漢字…', '…', '']);
});

test('colours follow the terminal, and every way of saying no', () => {
  const wanted = [
    wantsColor({}, true, false),
    wantsColor({}, false, false),
    wantsColor({}, true, true),
    wantsColor({ NO_COLOR: '1' }, true, false),
    wantsColor({ NO_COLOR: '' }, true, false),
    wantsColor({ FORCE_COLOR: '1' }, false, false),
    wantsColor({ FORCE_COLOR: '0' }, true, false),
    wantsColor({ NO_COLOR: '1', FORCE_COLOR: '1' }, true, false),
    wantsColor({ TERM: 'dumb' }, true, false),
  ];
  assert.deepEqual(wanted, [true, false, false, false, true, true, false, false, false]);
});
