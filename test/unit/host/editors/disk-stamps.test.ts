import assert from 'node:assert/strict';
import { renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { DiskStamps, type StampMemory } from '../../../../src/host/editors/disk-stamps.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

function memory(): StampMemory {
  let kept: Readonly<Record<string, string>> = {};
  return { read: () => kept, write: (stamps) => void (kept = stamps) };
}

test('a file that was written, replaced, created or deleted since its changes began is known as changed', (t) => {
  const folder = tempFolder(t);
  const file = (name: string): string => path.join(folder, name);
  const names = ['same', 'written', 'replaced', 'deleted'];
  for (const name of names) {
    writeFileSync(file(name), 'one');
    utimesSync(file(name), 1, 1);
  }
  const stamps = new DiskStamps(memory());
  stamps.note([...names, 'created'].map(file));
  writeFileSync(file('written'), 'two');
  writeFileSync(file('other'), 'one');
  renameSync(file('other'), file('replaced'));
  rmSync(file('deleted'));
  writeFileSync(file('created'), '');
  assert.deepEqual([...names, 'created'].map((name) => stamps.isUnchanged(file(name))), [true, false, false, false, false]);
  assert.equal(stamps.isUnchanged(file('never noted')), false);
});

test('changes count from when they began, over a reload of the window as well, and anew when there are others', (t) => {
  const file = path.join(tempFolder(t), 'a');
  writeFileSync(file, 'one');
  const kept = memory();
  new DiskStamps(kept).note([file]);
  writeFileSync(file, 'longer');
  const other = path.join(path.dirname(file), 'b');
  const stamps = new DiskStamps(kept);
  // The texts come back one by one.
  stamps.note([other]);
  stamps.note([other, file]);
  assert.equal(stamps.isUnchanged(file), false);
  stamps.accept(file);
  assert.equal(stamps.isUnchanged(file), true);
  writeFileSync(file, 'longer still');
  stamps.note([]);
  stamps.note([file]);
  assert.equal(stamps.isUnchanged(file), true);
});
