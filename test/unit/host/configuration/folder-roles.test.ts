import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { ConfigReader } from '../../../../src/core/config/config-reader.ts';
import type { Role } from '../../../../src/core/model/roles/role.ts';
import { FolderRoles } from '../../../../src/host/configuration/folder-roles.ts';
import { readRoles } from '../../../../src/core/settings/read-roles.ts';
import { SettingReader } from '../../../../src/core/settings/setting-reader.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

/** Two folders of a window, the configuration files in them, and what an engine was told. */
function window(owner: Parameters<typeof tempFolder>[0]) {
  const home = tempFolder(owner);
  const [first, second] = ['first', 'second'].map((name) => path.join(home, name)) as [string, string];
  const reader = new ConfigReader({ cores: 8, memory: 2 ** 34 });
  const told: string[] = [];
  const state = { isThere: true };
  const engine = {
    setRoles: ([root]: readonly string[], roles: readonly Role[]) => {
      if (!state.isThere) return Promise.reject(new Error('no engine'));
      told.push(`${path.basename(root!)}: ${roles.map(({ name, command }) => `${name} ${command?.join(' ') ?? ''}`.trim()).join(', ')}`);
      return Promise.resolve();
    },
  };
  const roles = new FolderRoles(engine, (root) => readRoles(new SettingReader((key) => reader.merged(root).values.get(key)?.value ?? {})));
  const write = async (root: string, definitions: unknown): Promise<void> => {
    fs.mkdirSync(root, { recursive: true });
    fs.writeFileSync(path.join(root, 'parallel_execution_config.json'), JSON.stringify({ roles: definitions }));
    await reader.read([first, second]);
  };
  return { first, second, reader, roles, told, state, write, tell: () => roles.tell([first, second]) };
}

test('a role of one folder is no role of another', async (t) => {
  const { first, told, write, tell } = window(t);
  await write(first, { night_shift: { command: ['python3', 'tidy.py'] } });
  await tell();
  assert.deepEqual(told, ['first: night_shift python3 tidy.py', 'second: ']);
});

test('two folders may have a role of the same name, each its own, and neither says anything against the other', async (t) => {
  const { first, second, reader, told, write, tell } = window(t);
  await write(first, { night_shift: { command: ['make', 'a'] } });
  await write(second, { night_shift: { command: ['make', 'b'] } });
  await tell();
  assert.deepEqual(told, ['first: night_shift make a', 'second: night_shift make b']);
  assert.deepEqual(reader.merged().conflicts, []);
});

test('a folder is told of again when its roles are others, when the engine is another, and after an error', async (t) => {
  const { first, second, roles, told, state, write, tell } = window(t);
  await write(first, { night_shift: { priority: 3 } });
  await tell();
  await tell();
  await write(second, { day_shift: {} });
  await tell();
  assert.deepEqual(told.splice(0), ['first: night_shift', 'second: ', 'second: day_shift']);
  roles.forget();
  await tell();
  assert.deepEqual(told.splice(0), ['first: night_shift', 'second: day_shift']);
  state.isThere = false;
  await write(second, {});
  await assert.rejects(tell, /no engine/);
  state.isThere = true;
  await tell();
  assert.deepEqual(told, ['first: night_shift', 'second: ']);
});
