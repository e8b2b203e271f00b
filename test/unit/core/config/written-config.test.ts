import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONFIG_FILES, type ConfigFile } from '../../../../src/core/config/config-files.ts';
import { configValues } from '../../../../src/core/config/config-values.ts';
import { parseConfig } from '../../../../src/core/config/parse-config.ts';
import { newConfigText } from '../../../../src/core/config/written-config.ts';
import { BUILT_IN_ROLES } from '../../../../src/core/model/roles/built-in-roles.ts';
import { readRoles } from '../../../../src/core/settings/read-roles.ts';
import { SettingReader } from '../../../../src/core/settings/setting-reader.ts';

const MACHINE = { cores: 4, memory: 16e9 };
const valuesOf = (file: ConfigFile, text: string): ReadonlyMap<string, unknown> =>
  new Map(configValues(file, JSON.parse(text) as Record<string, unknown>).map(({ key, value }) => [key, value]));

for (const file of Object.keys(CONFIG_FILES) as ConfigFile[]) {
  test(`a new ${CONFIG_FILES[file]} is right as it is written`, () => {
    assert.deepEqual(parseConfig(file, newConfigText(file, () => undefined), MACHINE).problems, []);
  });
}

test('a new file of schedules has a list to fill', () => {
  assert.deepEqual(JSON.parse(newConfigText('scheduler', () => undefined)), { version: 2, schedules: [] });
});

test('a new file of roles shows the built-in ones as they are, and changes nothing', () => {
  const values = valuesOf('execution', newConfigText('execution', () => undefined));
  const roles = readRoles(new SettingReader((key) => values.get(key)));
  assert.deepEqual(roles, BUILT_IN_ROLES.map((role) => ({ ...role, source: 'configuration' })));
});

test('a new file of roles keeps what is in force of them, and those of the person', () => {
  const inForce = { gui_testing: { priority: 'low', options: { headless: true } }, night_shift: { priority: 8 } };
  const values = valuesOf('execution', newConfigText('execution', (key) => (key === 'roles.definitions' ? inForce : undefined)));
  const roles = readRoles(new SettingReader((key) => values.get(key)));
  assert.deepEqual(roles.map(({ name, priority }) => [name, priority]).slice(-3), [['gui_testing', 9], ['script_assessment', 7], ['night_shift', 8]]);
  assert.deepEqual(roles.find(({ name }) => name === 'gui_testing')?.options, { headless: true });
});
