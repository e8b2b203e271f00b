import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { diskBesideWindow } from '../../../../src/agent/window/window-files.ts';
import { FakeWindow } from '../../../support/agents/fake-window.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

test('what a window has unsaved is read from it when it is there, and files are written on the disk', async (t) => {
  const [home, workspace] = [tempFolder(t), tempFolder(t)];
  const files = diskBesideWindow({ home, workspace });
  const file = path.join(workspace, 'a.txt');
  writeFileSync(file, 'saved\n');
  assert.equal(await files.unsaved(file), undefined, 'without a window nobody waits');
  const window = await FakeWindow.open(t, home, [workspace], () => ({ say: '' }));
  window.typed.set(file, 'typed\n');
  assert.equal(await files.unsaved(file), 'typed\n');
  assert.equal(await files.unsaved(path.join(workspace, 'b.txt')), undefined);
  assert.deepEqual(await files.replace(file, 'saved\n', 'written\n'), { type: 'done' });
  assert.equal(readFileSync(file, 'utf8'), 'written\n');
  window.close();
  assert.equal(await files.unsaved(file), undefined);
});
