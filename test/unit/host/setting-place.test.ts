import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settingInForce } from '../../../src/core/settings/setting-in-force.ts';
import { placeOf } from '../../../src/host/settings/setting-place.ts';

const FILE = { value: 3, sources: [] };

test('a change goes to the person’s settings, unless something that outranks them has the setting', () => {
  assert.equal(placeOf(settingInForce({ defaultValue: 11 }, undefined)), 'user');
  assert.equal(placeOf(settingInForce({ defaultValue: 11, globalValue: 5 }, undefined)), 'user');
  assert.equal(placeOf(settingInForce({ defaultValue: 11, globalValue: 5 }, FILE)), 'workspace');
  assert.equal(placeOf(settingInForce({ defaultValue: 11, workspaceValue: 5 }, FILE)), 'workspace');
});

test('of an object, a part that a file sets is enough', () => {
  assert.equal(placeOf(settingInForce({ defaultValue: { a: 1 }, globalValue: { a: 2 } }, { value: { b: 3 }, sources: [] })), 'workspace');
});
