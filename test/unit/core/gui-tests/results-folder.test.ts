import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { UserError } from '../../../../src/core/base/user-error.ts';
import { freshReport, newResultsFolder, noteTask, sweepResults } from '../../../../src/core/gui-tests/results-folder.ts';
import { taskId } from '../../../../src/core/model/ids.ts';
import { FakeEngine } from '../../../support/fake-engine.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

test('a report that would fill the memory is refused by its size', async (t) => {
  const file = path.join(tempFolder(t), 'junit.xml');
  fs.writeFileSync(file, '');
  fs.truncateSync(file, 2 ** 27);
  await assert.rejects(freshReport(file, undefined), (error) => error instanceof UserError && error.message.includes('junit.xml is too large (134217728 bytes'));
});

test('folders of runs that have not ended stay, and of the others those that ended last', async (t) => {
  const home = tempFolder(t);
  const engine = new FakeEngine();
  const folders: string[] = [];
  for (let n = 0; n < 30; n++) {
    const [folder, id] = [await newResultsFolder(home), engine.add()];
    await noteTask(folder, id);
    engine.start(id);
    engine.now += 1000;
    // The first goes on while the others come and go; the second has just ended.
    if (n > 1) engine.end(id);
    folders.push(folder);
  }
  engine.end(engine.get(taskId(2)).task.id);
  await sweepResults(home, engine);
  const left = folders.map((folder, n) => ({ n, isThere: fs.existsSync(folder) })).filter(({ isThere }) => isThere).map(({ n }) => n);
  assert.deepEqual(left, [0, 1, ...Array.from({ length: 19 }, (_, index) => 11 + index)]);
});

test('a folder of a run that nobody knows any more goes by its age', async (t) => {
  const home = tempFolder(t);
  const engine = new FakeEngine();
  const folders = await Promise.all(Array.from({ length: 21 }, async (_, n) => {
    const folder = await newResultsFolder(home);
    if (n % 2 === 0) await noteTask(folder, taskId(100 + n));
    fs.utimesSync(folder, n + 1, n + 1);
    return folder;
  }));
  await sweepResults(home, engine);
  assert.deepEqual(folders.map((folder) => fs.existsSync(folder)), folders.map((_, n) => n > 0));
});
