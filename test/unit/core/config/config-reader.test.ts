import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { ConfigReader } from '../../../../src/core/config/config-reader.ts';
import { CONFIG_FILES } from '../../../../src/core/config/config-files.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

const MACHINE = { cores: 8, memory: 16 * 2 ** 30 };

test('files that no person wrote are told of, and leave the others and what they said before in force', async (t) => {
  const folder = tempFolder(t);
  const write = (name: string, text: string): void => fs.writeFileSync(path.join(folder, name), text);
  write(CONFIG_FILES.parallel, '{ "maxParallel": 3 }');
  write(CONFIG_FILES.resource, '{ "adaptive": true }');
  const reader = new ConfigReader(MACHINE);
  await reader.read([folder]);

  write(CONFIG_FILES.resource, `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`);
  write(CONFIG_FILES.scheduler, ' '.repeat(2 ** 20 + 1));
  if (process.platform === 'win32') fs.mkdirSync(path.join(folder, CONFIG_FILES.execution));
  else execFileSync('mkfifo', [path.join(folder, CONFIG_FILES.execution)]);
  await reader.read([folder]);

  assert.deepEqual(reader.files.map(({ file, problems }) => [file, ...problems.map(({ severity, message }) => `${severity}: ${message}`)]), [
    ['execution', 'error: It cannot be read: it is no file'],
    ['parallel'],
    ['resource', 'error: This is no JSON: more than 100 values within one another'],
    ['scheduler', 'error: It cannot be read: it is too large (1048577 bytes, at most 1048576)'],
  ]);
  assert.deepEqual([...reader.merged().values].map(([key, { value }]) => [key, value]), [['maxParallel', 3], ['machine.adaptive', true]]);
});

test('of very many problems the first are told', async (t) => {
  const folder = tempFolder(t);
  fs.writeFileSync(path.join(folder, CONFIG_FILES.execution), JSON.stringify({ roles: Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`r${n}`, { lable: 'x' }])) }));
  const reader = new ConfigReader(MACHINE);
  await reader.read([folder]);
  assert.equal(reader.files[0]!.problems.length, 100);
});
