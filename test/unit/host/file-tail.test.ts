import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { FileTail } from '../../../src/host/tasks/output/file-tail.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test('a file that is not there yet has nothing to tell', async (t) => {
  const file = path.join(tempFolder(t), 'stdout');
  const tail = new FileTail(file);
  assert.equal(await tail.read(100), undefined);
  writeFileSync(file, 'first\n');
  assert.deepEqual(await tail.read(100), { text: 'first\n', skipped: undefined });
  assert.equal(await tail.read(100), undefined);
});

test('only what was added is read, characters in one piece', async (t) => {
  const file = path.join(tempFolder(t), 'stdout');
  const tail = new FileTail(file);
  const bytes = Buffer.from('ä€😀');
  writeFileSync(file, bytes.subarray(0, 3));
  assert.equal((await tail.read(100))?.text, 'ä');
  appendFileSync(file, bytes.subarray(3, 7));
  assert.equal((await tail.read(100))?.text, '€');
  appendFileSync(file, bytes.subarray(7));
  assert.equal((await tail.read(100))?.text, '😀');
});

test('of more than fits, the newest whole lines are read and the lines before them counted', async (t) => {
  const file = path.join(tempFolder(t), 'stdout');
  const tail = new FileTail(file);
  const lines = Array.from({ length: 1000 }, (_, index) => `line ${String(index).padStart(3, '0')}\n`);
  writeFileSync(file, lines.join(''));
  const addition = await tail.read(85);
  assert.deepEqual(addition, { text: lines.slice(-9).join(''), skipped: { bytes: 991 * 9, lines: 991 } });
  appendFileSync(file, 'next\n');
  assert.deepEqual(await tail.read(85), { text: 'next\n', skipped: undefined });
});

test('lines are counted exactly over many pieces', async (t) => {
  const file = path.join(tempFolder(t), 'stdout');
  const line = `${'x'.repeat(99)}\n`;
  writeFileSync(file, line.repeat(20_000));
  const addition = await new FileTail(file).read(1000);
  assert.ok(addition?.text === line.repeat(10));
  assert.deepEqual(addition?.skipped, { bytes: 19_990 * 100, lines: 19_990 });
});

test('beyond a limit the left-out output is not read, only measured', async (t) => {
  const file = path.join(tempFolder(t), 'stdout');
  writeFileSync(file, '');
  truncateSync(file, 40 * 2 ** 20);
  appendFileSync(file, '\nend\n');
  const addition = await new FileTail(file).read(64);
  assert.equal(addition?.text, 'end\n');
  assert.equal(addition?.skipped?.lines, undefined);
  assert.equal(addition?.skipped?.bytes, 40 * 2 ** 20 + 1);
});

test('a file that was emptied is read from its start, and a deleted one ends quietly', async (t) => {
  const file = path.join(tempFolder(t), 'stdout');
  const tail = new FileTail(file);
  writeFileSync(file, 'one two three\n');
  await tail.read(100);
  writeFileSync(file, 'new\n');
  assert.equal((await tail.read(100))?.text, 'new\n');
  rmSync(file);
  assert.equal(await tail.read(100), undefined);
});

test('what opens and cannot be read has nothing to tell, and is read once it can', async (t) => {
  const file = path.join(tempFolder(t), 'stdout');
  const tail = new FileTail(file);
  writeFileSync(file, 'one\n');
  await tail.read(100);
  rmSync(file);
  mkdirSync(file);
  assert.equal(await tail.read(100), undefined);
  rmSync(file, { recursive: true });
  writeFileSync(file, 'one\ntwo\n');
  assert.equal((await tail.read(100))?.text, 'two\n');
});
