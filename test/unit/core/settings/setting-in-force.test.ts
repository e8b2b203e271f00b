import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settingInForce } from '../../../../src/core/settings/setting-in-force.ts';

const place = { line: 2, column: 0, endLine: 2, endColumn: 4 };
const file = (value: unknown) => ({ value, sources: [{ path: '/lab/a.json', place }] });

test('built in < user < file < workspace settings < settings of a folder', () => {
  const all = { defaultValue: 1, globalValue: 2, workspaceValue: 4, workspaceFolderValue: 5 };
  assert.deepEqual(settingInForce({ defaultValue: 1 }, undefined), { value: 1, from: [{ type: 'builtIn' }] });
  assert.deepEqual(settingInForce({ defaultValue: 1, globalValue: 2 }, undefined), { value: 2, from: [{ type: 'user' }] });
  assert.deepEqual(settingInForce({ defaultValue: 1, globalValue: 2 }, file(3)), { value: 3, from: [{ type: 'file', sources: [{ path: '/lab/a.json', place }] }] });
  assert.deepEqual(settingInForce({ ...all, workspaceFolderValue: undefined }, file(3)), { value: 4, from: [{ type: 'workspace' }] });
  assert.deepEqual(settingInForce(all, file(3)).value, 5);
});

test('objects are put together field by field, and all who had a part are named', () => {
  const { value, from } = settingInForce({ defaultValue: {}, globalValue: { cpu: { enter: 80, release: 70 } }, workspaceValue: { disk: { enter: 95 } } }, file({ cpu: { enter: 60 } }));
  assert.deepEqual(value, { cpu: { enter: 60, release: 70 }, disk: { enter: 95 } });
  assert.deepEqual(from.map(({ type }) => type), ['user', 'file', 'workspace']);
});

test('null is a value, a list is taken whole, and nothing stays nothing', () => {
  assert.equal(settingInForce({ defaultValue: 7, globalValue: null }, undefined).value, null);
  assert.deepEqual(settingInForce({ defaultValue: [1, 2], globalValue: [3] }, undefined).value, [3]);
  assert.deepEqual(settingInForce(undefined, undefined), { value: undefined, from: [] });
});
