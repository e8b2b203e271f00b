import assert from 'node:assert/strict';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { assessFiles } from '../../../../src/core/assessment/assess-files.ts';
import { systemClock } from '../../../../src/core/base/clock.ts';
import { GradeBook } from '../../../../src/host/assessment/grade-book.ts';
import { PastRuns } from '../../../../src/host/assessment/past-runs.ts';
import { FakeEngine } from '../../../support/fake-engine.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { ManualClock, settled } from '../../views/manual-clock.ts';

test('a grade is known of what was looked at, with what runs cost, until the script changes', async (t) => {
  const folder = tempFolder(t);
  const home = path.join(folder, 'state');
  mkdirSync(home);
  const file = path.join(folder, 'a.py');
  writeFileSync(file, 'print(x)\n');
  const engine = new FakeEngine();
  engine.stats = [{ script: file, runs: 9, success: 1, wallMedian: 1, wallP95: 1, peakMemory: 1, cores: 1, trend: 1.5, lastAt: 1 }];
  const book = new GradeBook(home, new PastRuns(engine, systemClock));
  assert.equal(await book.lookUp(file), undefined);
  await assessFiles([file], { home, clock: systemClock, finder: { find: () => undefined }, workspace: folder, allowPrograms: false });
  const found = await book.lookUp(file);
  assert.deepEqual([found?.grade.score, found?.grade.reasons.map(({ type }) => type), found?.runs?.runs], [75, ['error', 'slower'], 9]);
  utimesSync(file, 1, 1);
  assert.equal(await book.lookUp(file), undefined);
  assert.equal(await book.lookUp(path.join(folder, 'gone.py')), undefined);
  assert.equal(await book.lookUp(path.join(folder, 'run.sh')), undefined);
});

test('past runs are asked for now and then, and an engine that does not answer is not waited for', async () => {
  const clock = new ManualClock(1e6);
  let asked = 0;
  let answers = true;
  const runs = new PastRuns({ scripts: () => (asked++, answers ? Promise.resolve([]) : new Promise(() => undefined)) }, clock);
  await runs.read();
  await runs.read();
  assert.equal(asked, 1);
  await clock.advance(10_000);
  answers = false;
  let isDone = false;
  void runs.read().then(() => (isDone = true));
  await clock.advance(2900);
  assert.deepEqual([asked, isDone], [2, false]);
  await clock.advance(200);
  await settled();
  assert.equal(isDone, true);
});
