import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { DiskCopies } from '../../../../src/host/editors/disk-copies.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { ManualClock } from '../../views/manual-clock.ts';

const NOW = 1_800_000_000_000;

test('a copy holds what the file held, and is there until it is dropped', async (t) => {
  const home = tempFolder(t);
  const file = path.join(home, 'data.csv');
  const copies = new DiskCopies(path.join(home, 'deep', 'copies'), new ManualClock(NOW));
  writeFileSync(file, 'one');
  const first = copies.keep(file)!;
  writeFileSync(file, 'two');
  const second = copies.keep(file)!;
  assert.deepEqual([first, second].map((copy) => [readFileSync(copy, 'utf8'), path.extname(copy)]), [['one', '.csv'], ['two', '.csv']]);
  await copies.drop(first);
  assert.deepEqual([existsSync(first), existsSync(second)], [false, true]);
});

test('a file that is not there has no copy', (t) => {
  const home = tempFolder(t);
  assert.equal(new DiskCopies(home, new ManualClock(NOW)).keep(path.join(home, 'missing')), undefined);
});

test('a folder of copies that was taken away is made again', (t) => {
  const home = tempFolder(t);
  const [file, folder] = [path.join(home, 'data.csv'), path.join(home, 'copies')];
  writeFileSync(file, 'one');
  const copies = new DiskCopies(folder, new ManualClock(NOW));
  copies.keep(file);
  rmSync(folder, { recursive: true });
  assert.equal(readFileSync(copies.keep(file)!, 'utf8'), 'one');
});

test('a file that is there and cannot be copied is an error, and not a file that is not there', { skip: process.platform === 'win32' }, (t) => {
  const home = tempFolder(t);
  const file = path.join(home, 'data.csv');
  writeFileSync(file, 'one');
  const folder = path.join(home, 'copies');
  const copies = new DiskCopies(folder, new ManualClock(NOW));
  copies.keep(file);
  const next = path.basename(copies.keep(file)!).replace('-2-', '-3-');
  // Its target is in a folder that is not there, so the copy has no place.
  symlinkSync(path.join(home, 'nowhere', 'copy'), path.join(folder, next));
  assert.throws(() => copies.keep(file), { code: 'ENOENT' });
});

test('copies that nobody asked for in a week are gone', async (t) => {
  const home = tempFolder(t);
  const folder = path.join(home, 'copies');
  const file = path.join(home, 'a');
  writeFileSync(file, 'one');
  const clock = new ManualClock(NOW);
  const copies = new DiskCopies(folder, clock);
  await copies.clean();
  const [old, young] = [copies.keep(file)!, copies.keep(file)!];
  utimesSync(old, NOW / 1000, NOW / 1000);
  await clock.advance(8 * 86_400_000);
  utimesSync(young, clock.now() / 1000, clock.now() / 1000);
  await copies.clean();
  assert.deepEqual(readdirSync(folder), [path.basename(young)]);
});
