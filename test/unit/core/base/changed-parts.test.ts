import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changedParts, partAt, withPart } from '../../../../src/core/base/changed-parts.ts';

const before = { a: { limit: 2, cpu: 1 }, b: { limit: 3 }, list: [1, 2] };

test('only the smallest parts that differ are told', () => {
  assert.deepEqual(changedParts(before, { ...before, a: { limit: 1, cpu: 1 }, list: [1] }), [{ path: ['a', 'limit'], before: 2, after: 1 }, { path: ['list'], before: [1, 2], after: [1] }]);
  assert.deepEqual(changedParts(before, { a: before.a, list: before.list, c: 1 }), [{ path: ['b'], before: { limit: 3 }, after: undefined }, { path: ['c'], before: undefined, after: 1 }]);
  assert.deepEqual(changedParts(3, 4), [{ path: [], before: 3, after: 4 }]);
  assert.deepEqual(changedParts(before, structuredClone(before)), []);
});

test('a part is found, put in its place and taken away', () => {
  assert.deepEqual([partAt(before, ['a', 'limit']), partAt(before, ['list', 'x', 'y']), partAt(before, [])], [2, undefined, before]);
  assert.equal(JSON.stringify(withPart(before, ['a', 'limit'], 5)), '{"a":{"limit":5,"cpu":1},"b":{"limit":3},"list":[1,2]}');
  assert.deepEqual(withPart(before, ['b'], undefined), { a: before.a, list: before.list });
  assert.deepEqual(withPart(undefined, ['x', 'y'], 1), { x: { y: 1 } });
});
