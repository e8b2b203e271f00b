import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeOf } from '../../../../src/core/gui-tests/place-of.ts';

const known = ['/lab/gui/test_window.py', '/lab/tests/deep/login.spec.ts', '/lab/tests/same.spec.ts', '/lab/other/same.spec.ts'];
const files = { known, has: (file: string) => known.includes(file) || file === '/lab/.hidden/test_a.py' };
const place = (fields: object): unknown => {
  const found = placeOf({ file: undefined, group: '', line: undefined, details: '', ...fields }, '/lab', files);
  return found && [found.file, found.line, found.failedAt];
};

test('pytest names file and line; it failed where the last line of its file in the report is', () => {
  const details = "def test_a():\n>   check()\n\ngui/test_window.py:17: \n_ _ _\n    def check():\n>       assert 0\nE       AssertionError\n\ngui/test_window.py:5: AssertionError";
  assert.deepEqual(place({ file: 'gui/test_window.py', line: 14, details }), ['/lab/gui/test_window.py', 14, 4]);
  assert.deepEqual(place({ file: '.hidden/test_a.py', group: 'test_a' }), ['/lab/.hidden/test_a.py', undefined, undefined]);
});

test('Playwright names a file from a folder that only its configuration knows, and lines only where something failed', () => {
  const details = '  [wide] › deep/login.spec.ts:10:3 › login › says no ────\n\n    Error: no\n      > 13 |     await expect()\n        at open (/lab/tests/deep/login.spec.ts:13:42)\n        at /lab/tests/deep/login.spec.ts:21:5';
  assert.deepEqual(place({ group: 'deep/login.spec.ts', details }), ['/lab/tests/deep/login.spec.ts', 9, 12]);
  assert.deepEqual(place({ group: 'deep/login.spec.ts' }), ['/lab/tests/deep/login.spec.ts', undefined, undefined]);
});

test('a stack of unittest tells where it failed', () => {
  assert.deepEqual(place({ file: 'gui/test_window.py', details: 'Traceback (most recent call last):\n  File "/lab/gui/test_window.py", line 42, in test_a\n    self.assertEqual(1, 2)' }), ['/lab/gui/test_window.py', undefined, 41]);
});

test('no file is better than a wrong one', () => {
  for (const group of ['same.spec.ts', 'ogin.spec.ts', 'window', '']) assert.equal(place({ group }), undefined, group);
});
