import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { ConfigReader } from '../../../../src/core/config/config-reader.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

const MACHINE = { cores: 8, memory: 16 * 2 ** 30 };

function write(file: string, value: unknown): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value, null, 2));
}

test('of a file that becomes wrong the last values that were right stay in force; of one that goes, none', async (t) => {
  const root = tempFolder(t);
  const file = path.join(root, 'claude_parallel_config.json');
  const reader = new ConfigReader(MACHINE);
  await reader.read([root]);
  assert.equal(reader.files.length, 0);
  write(file, { maxParallel: 4 });
  await reader.read([root]);
  assert.equal(reader.merged().values.get('maxParallel')?.value, 4);
  for (const wrong of ['{ "maxParallel": ', '{ "maxParallel": 0 }', '', '\u0000']) {
    write(file, wrong);
    await reader.read([root]);
    assert.equal(reader.merged().values.get('maxParallel')?.value, 4, wrong);
    assert.ok(reader.files[0]?.problems.some(({ severity }) => severity === 'error'), wrong);
  }
  write(file, { maxParallel: 6 });
  await reader.read([root]);
  assert.equal(reader.merged().values.get('maxParallel')?.value, 6);
  fs.rmSync(file);
  await reader.read([root]);
  assert.equal(reader.merged().values.get('maxParallel'), undefined);
});

test('while a file is written again and again, only whole values are ever in force', async (t) => {
  const root = tempFolder(t);
  const file = path.join(root, 'claude_parallel_config.json');
  const texts = [4, 5].map((limit) => JSON.stringify({ maxParallel: limit, types: { simulation: { limit } } }, null, 2));
  write(file, texts[0]);
  const reader = new ConfigReader(MACHINE);
  await reader.read([root]);
  for (let n = 0; n < 200; n++) {
    const text = texts[n % 2]!;
    fs.writeFileSync(file, text.slice(0, (n * 7) % (text.length + 1)));
    const reading = reader.read([root]);
    fs.appendFileSync(file, text.slice((n * 7) % (text.length + 1)));
    await reading;
    const { values } = reader.merged();
    const limit = values.get('maxParallel')?.value;
    assert.ok(limit === 4 || limit === 5);
    assert.deepEqual(values.get('types')?.value, { simulation: { limit } });
  }
});

test('the folder .vscode overrules the root, a later file an earlier one, and who is overruled is told so', async (t) => {
  const root = tempFolder(t);
  write(path.join(root, 'parallel_execution_config.json'), { thresholds: { cpu: { enter: 60 }, disk: { enter: 95 } } });
  write(path.join(root, '.vscode/claude_resource_config.json'), { thresholds: { cpu: { enter: 70 } } });
  write(path.join(root, 'claude_resource_config.json'), { thresholds: { cpu: { enter: 65 } } });
  const reader = new ConfigReader(MACHINE);
  await reader.read([root]);
  const { values, conflicts } = reader.merged();
  assert.deepEqual(values.get('machine.thresholds')?.value, { cpu: { enter: 70 }, disk: { enter: 95 } });
  assert.deepEqual([...new Set(conflicts.map((conflict) => path.relative(root, conflict.path)))].sort(), ['claude_resource_config.json', 'parallel_execution_config.json']);
  assert.ok(conflicts.every(({ problem }) => problem.severity === 'warning' && problem.place.line === 1));
});

test('a file that cannot be read is told, not ignored', { skip: process.getuid?.() === 0 && 'root reads everything' }, async (t) => {
  const root = tempFolder(t);
  const file = path.join(root, 'claude_parallel_config.json');
  write(file, { maxParallel: 4 });
  fs.chmodSync(file, 0);
  const reader = new ConfigReader(MACHINE);
  await reader.read([root]);
  assert.match(reader.files[0]?.problems[0]?.message ?? '', /cannot be read/);
});

test('a folder of that name does no harm', async (t) => {
  const root = tempFolder(t);
  fs.mkdirSync(path.join(root, 'claude_parallel_config.json'));
  const reader = new ConfigReader(MACHINE);
  await reader.read([root]);
  assert.match(reader.files[0]?.problems[0]?.message ?? '', /cannot be read/);
});
