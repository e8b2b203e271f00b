import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DiskChanges } from '../../../../src/host/editors/disk-changes.ts';
import { FakeEngine } from '../../../support/fake-engine.ts';
import { ManualClock } from '../../views/manual-clock.ts';

const SOON = 400;

function world() {
  const engine = new FakeEngine();
  const clock = new ManualClock(engine.now);
  const errors: string[] = [];
  const state = { tasksRun: true };
  const changes = new DiskChanges(engine, () => state.tasksRun, clock, (error) => errors.push(String(error)));
  return { engine, clock, changes, state, errors };
}

test('changes are told gathered, each file once', async () => {
  const { engine, clock, changes } = world();
  for (const file of ['/lab/a', '/lab/b', '/lab/a']) changes.note(file);
  assert.deepEqual(engine.noted, []);
  await clock.advance(SOON);
  changes.note('/lab/a');
  await clock.advance(SOON);
  assert.deepEqual(engine.noted, ['/lab/a', '/lab/b', '/lab/a']);
});

test('caches, repositories and packages are left out', async () => {
  const { engine, clock, changes } = world();
  for (const file of ['/lab/.git/index', '/lab/__pycache__/a.pyc', '/lab/web/node_modules/x/y.js', '/lab/.gitignore']) changes.note(file);
  await clock.advance(SOON);
  assert.deepEqual(engine.noted, ['/lab/.gitignore']);
});

test('what this window saved is left out for a moment, whether it is heard of before or after the disk', async () => {
  const { engine, clock, changes } = world();
  changes.noteSaved('/lab/a');
  changes.note('/lab/a');
  changes.note('/lab/b');
  changes.noteSaved('/lab/b');
  await clock.advance(SOON);
  assert.deepEqual(engine.noted, []);
  await clock.advance(2000);
  changes.note('/lab/a');
  await clock.advance(SOON);
  assert.deepEqual(engine.noted, ['/lab/a']);
});

test('nothing is told while no task runs; a task that is heard of late counts', async () => {
  const { engine, clock, changes, state } = world();
  state.tasksRun = false;
  changes.note('/lab/a');
  await clock.advance(SOON);
  changes.note('/lab/b');
  state.tasksRun = true;
  await clock.advance(SOON);
  assert.deepEqual(engine.noted, ['/lab/b']);
});

test('an engine that does not answer is told of', async () => {
  const { engine, clock, changes, errors } = world();
  engine.noteChanged = () => Promise.reject(new Error('no engine'));
  changes.note('/lab/a');
  await clock.advance(SOON);
  assert.deepEqual(errors, ['Error: no engine']);
});
