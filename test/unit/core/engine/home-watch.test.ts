import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { HomeWatch } from '../../../../src/core/engine/home-watch.ts';
import { storeFile } from '../../../../src/core/store/store-file.ts';
import { RecordingLog } from '../../../support/recording-log.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

function setting(t: TestContext) {
  const home = path.join(tempFolder(t), 'state');
  fs.mkdirSync(home);
  fs.writeFileSync(storeFile(home), '');
  const log = new RecordingLog();
  const watch = new HomeWatch(home, log, () => [{ title: '#1 sweep', pid: 50 }, { title: '#2 mesh', pid: undefined }]);
  const told: string[] = [];
  watch.onDidLose((loss) => told.push(loss));
  return { home, log, watch, told };
}

test('a store in its place is not lost', (t) => {
  const { watch, told } = setting(t);
  assert.deepEqual([watch.isLost(), told], [false, []]);
});

test('a store that is gone, or has another in its place, is told once, with what is left running', (t) => {
  for (const replace of [false, true]) {
    const { home, log, watch, told } = setting(t);
    fs.renameSync(home, `${home}.moved`);
    if (replace) {
      fs.mkdirSync(home);
      fs.writeFileSync(storeFile(home), '');
    }
    assert.deepEqual([watch.isLost(), watch.isLost(), told.length, log.lines], [true, true, 1, [`error ${told[0]}`]]);
    assert.match(told[0]!, /#1 sweep: process 50, .*\n {2}#2 mesh$/);
  }
});

test('a disk that does not answer just now is not gone', { skip: process.platform === 'win32' ? 'links need a right there' : false }, (t) => {
  const { home, watch } = setting(t);
  fs.renameSync(home, `${home}.moved`);
  fs.symlinkSync(home, home);
  assert.equal(watch.isLost(), false);
  fs.unlinkSync(home);
  fs.renameSync(`${home}.moved`, home);
  assert.equal(watch.isLost(), false);
});
