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
    ['execution', 'error: It cannot be read: it is no file; the file is not in force'],
    ['parallel'],
    ['resource', 'error: This is no JSON: more than 100 values within one another; what the file said before stays in force'],
    ['scheduler', 'error: It cannot be read: it is too large (1048577 bytes, at most 1048576); schedules that it made stay as they are'],
  ]);
  assert.deepEqual([...reader.merged().values].map(([key, { value }]) => [key, value]), [['maxParallel', 3], ['machine.adaptive', true]]);
});

test('however a file is encoded or linked, what it says is in force or why not is told', async (t) => {
  const folder = tempFolder(t);
  const [file, elsewhere] = [path.join(folder, CONFIG_FILES.parallel), path.join(folder, 'elsewhere.json')];
  const text = '{ "maxParallel": 3, // three\n }';
  const told = async (write: () => void): Promise<readonly unknown[]> => {
    fs.rmSync(file, { force: true });
    write();
    const reader = new ConfigReader(MACHINE);
    await reader.read([folder]);
    return [reader.merged().values.get('maxParallel')?.value, ...reader.files.flatMap(({ problems }) => problems.map(({ message }) => message.replace(/ELOOP.*;/, 'ELOOP;')))];
  };
  assert.deepEqual(await told(() => fs.writeFileSync(file, `\uFEFF${text}`)), [3]);
  assert.deepEqual(await told(() => fs.writeFileSync(file, text.replaceAll('\n', '\r\n'))), [3]);
  assert.deepEqual(await told(() => fs.writeFileSync(file, `\uFEFF${text}`, 'utf16le')), [undefined, 'It cannot be read: its text is not UTF-8; the file is not in force']);
  fs.writeFileSync(elsewhere, text);
  if (process.platform === 'win32') return;
  assert.deepEqual(await told(() => fs.symlinkSync(elsewhere, file)), [3]);
  assert.deepEqual(await told(() => fs.symlinkSync(file, file)), [undefined, 'It cannot be read: ELOOP; the file is not in force']);
  assert.deepEqual(await told(() => fs.symlinkSync(path.join(folder, 'nothing'), file)), [undefined]);
});

test('what a look that began earlier has seen never takes the place of what a later one has', async (t) => {
  const folder = tempFolder(t);
  const file = path.join(folder, CONFIG_FILES.parallel);
  const reader = new ConfigReader(MACHINE);
  for (let n = 1; n <= 50; n++) {
    fs.writeFileSync(`${file}.new`, JSON.stringify({ maxParallel: n, ...(n % 2 === 0 && { memoryThreshold: 'x' }) }));
    const early = reader.read([folder]);
    fs.renameSync(`${file}.new`, file);
    const late = reader.read([folder]);
    await Promise.all([early, late]);
    assert.equal(reader.merged().values.get('maxParallel')?.value, n);
  }
});

test('a mistake leaves all else of the file in force, today and after what was right', async (t) => {
  const folder = tempFolder(t);
  const file = path.join(folder, CONFIG_FILES.parallel);
  const reader = new ConfigReader(MACHINE);
  const values = async (text: string): Promise<unknown> => {
    fs.writeFileSync(file, text);
    await reader.read([folder]);
    return Object.fromEntries([...reader.merged().values].map(([key, { value }]) => [key, value]));
  };
  assert.deepEqual(await values('{ "maxParallel": "x", "graceSeconds": 3 }'), { graceSeconds: 3 });
  assert.deepEqual(await values('{ "maxParallel": 4, "graceSeconds": 3 }'), { maxParallel: 4, graceSeconds: 3 });
  assert.deepEqual(await values('{ "maxParallel": "x", "graceSeconds": 5 }'), { maxParallel: 4, graceSeconds: 5 });
  assert.deepEqual(await values('{ "maxParallel": "x", "graceSeconds": '), { maxParallel: 4, graceSeconds: 5 });
  assert.deepEqual(await values('{ "maxParallel": "y", "memoryThreshold": 80 }'), { maxParallel: 4, memoryThreshold: 80 });
  assert.deepEqual(await values('{ "memoryThreshold": 80 }'), { memoryThreshold: 80 });
  assert.deepEqual(await values('{ "maxParallel": "y" }'), {});
});

test('a text that has not changed is judged as it was, however often it is looked at', async (t) => {
  const folder = tempFolder(t);
  const write = (enter: number): void => fs.writeFileSync(path.join(folder, CONFIG_FILES.resource), JSON.stringify({ version: 2, thresholds: { cpu: { enter, critical: 80, release: 60 } } }));
  const reader = new ConfigReader(MACHINE);
  const told = async (): Promise<readonly (string | undefined)[]> => {
    await reader.read([folder]);
    return reader.files.flatMap(({ problems }) => problems.map(({ message }) => message.split('; ')[1]));
  };
  write(90);
  assert.deepEqual([await told(), await told()], [['it is left out'], ['it is left out']]);
  write(70);
  assert.deepEqual(await told(), []);
  write(90);
  const before = ['`{"enter":70,"critical":80,"release":60}`, what the file said before, stays in force'];
  assert.deepEqual([await told(), await told()], [before, before]);
});

test('of very many problems the first are told', async (t) => {
  const folder = tempFolder(t);
  fs.writeFileSync(path.join(folder, CONFIG_FILES.execution), JSON.stringify({ roles: Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`r${n}`, { lable: 'x' }])) }));
  const reader = new ConfigReader(MACHINE);
  await reader.read([folder]);
  assert.equal(reader.files[0]!.problems.length, 100);
});
