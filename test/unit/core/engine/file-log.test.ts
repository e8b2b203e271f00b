import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { FileLog } from '../../../../src/core/engine/file-log.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { ManualClock } from '../../views/manual-clock.ts';

const MAX = 4 * 2 ** 20;

function setting(t: Parameters<typeof tempFolder>[0]) {
  const home = tempFolder(t);
  fs.mkdirSync(path.join(home, 'logs'));
  const clock = new ManualClock(Date.UTC(2030, 0, 31, 8));
  const heard: string[] = [];
  const log = new FileLog(home, clock, (level, message) => heard.push(`${level} ${message}`));
  const file = path.join(home, 'logs', 'parallel-workflow.log');
  return { home, clock, heard, log, file, logs: () => fs.readdirSync(path.join(home, 'logs')).sort() };
}

test('lines tell when, who and how bad; they are heard at once and written a moment later, together', async (t) => {
  const { clock, heard, log, file } = setting(t);
  log.write('info', 'Queued 3 tasks');
  await clock.advance(30);
  log.write('warn', 'No Blender');
  assert.deepEqual([heard, fs.existsSync(file)], [['info Queued 3 tasks', 'warn No Blender'], false]);
  await clock.advance(20);
  assert.equal(fs.readFileSync(file, 'utf8'), `2030-01-31T08:00:00.000Z ${process.pid} info Queued 3 tasks\n2030-01-31T08:00:00.030Z ${process.pid} warn No Blender\n`);
  if (process.platform !== 'win32') assert.equal(fs.statSync(file).mode & 0o777, 0o600);
});

test('what is written over several lines cannot be mistaken for lines of the log', async (t) => {
  const { clock, log, file } = setting(t);
  log.write('error', 'TypeError: x\n2030-01-01T00:00:00.000Z 1 info forged');
  await clock.advance(50);
  assert.match(fs.readFileSync(file, 'utf8'), /^2030-01-31T\S+ \d+ error TypeError: x\n {2}2030-01-01T00:00:00\.000Z 1 info forged\n$/);
});

test('what waits is written when it is flushed, and once', async (t) => {
  const { clock, log, file } = setting(t);
  log.write('info', 'bye');
  log.flush();
  log.flush();
  await clock.advance(100);
  assert.equal(fs.readFileSync(file, 'utf8').split('\n').length, 2);
  assert.equal(clock.pending, 0);
});

test('a full log is turned over; the oldest of four goes', (t) => {
  const { log, file, logs } = setting(t);
  for (const generation of ['a', 'b', 'c', 'd', 'e', 'f']) {
    fs.writeFileSync(file, generation.repeat(MAX + 1));
    log.write('info', `after ${generation}`);
    log.flush();
  }
  assert.deepEqual(logs(), ['parallel-workflow.log', 'parallel-workflow.log.1', 'parallel-workflow.log.2', 'parallel-workflow.log.3']);
  assert.deepEqual([1, 2, 3].map((age) => fs.readFileSync(`${file}.${age}`, 'utf8')[0]), ['f', 'e', 'd']);
  assert.match(fs.readFileSync(file, 'utf8'), /after f\n$/);
});

test('a log that is not full goes on', (t) => {
  const { log, file, logs } = setting(t);
  fs.writeFileSync(file, 'x'.repeat(MAX));
  log.write('info', 'more');
  log.flush();
  assert.deepEqual([logs(), fs.readFileSync(file, 'utf8').length > MAX], [['parallel-workflow.log'], true]);
});

test('without a place to write nothing breaks, and lines are still heard', (t) => {
  const { home, log, heard } = setting(t);
  fs.rmSync(path.join(home, 'logs'), { recursive: true });
  log.write('error', 'disk full');
  log.flush();
  assert.deepEqual(heard, ['error disk full']);
});
