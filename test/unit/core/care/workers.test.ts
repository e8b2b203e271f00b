import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { cleanTemporary, ResourceCare } from '../../../../src/core/care/resource-care.ts';
import { TaskCare } from '../../../../src/core/care/task-care.ts';
import { builtInRole } from '../../../../src/core/model/roles/built-in-roles.ts';
import { FakeEngine } from '../../../support/fake-engine.ts';
import { RecordingLog } from '../../../support/recording-log.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { ManualClock } from '../../views/manual-clock.ts';

const HOUR = 3_600_000;

function post(role: string) {
  const engine = new FakeEngine();
  const clock = new ManualClock(engine.now);
  const log = new RecordingLog();
  const abort = new AbortController();
  const context = { role: builtInRole(role)!, workspace: '/lab', engine, clock, log, isStartedAnew: false, signal: abort.signal, queue: () => Promise.reject(new Error('nothing is to be queued')) };
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const pass = async (ms: number): Promise<void> => {
    engine.now += ms;
    await clock.advance(ms);
    await settled();
  };
  return { engine, clock, log, abort, context, settled, pass };
}

/** A run's folder, with a temporary file of that age in milliseconds. */
function runFolder(home: string, name: string, { ended, ageMs }: { readonly ended: boolean; readonly ageMs: number }): string {
  const temp = path.join(home, 'runs', name, 'tmp');
  fs.mkdirSync(temp, { recursive: true });
  fs.writeFileSync(path.join(temp, 'scratch'), 'x'.repeat(1000));
  const at = new Date(Date.now() - ageMs);
  fs.utimesSync(path.join(temp, 'scratch'), at, at);
  if (ended) fs.writeFileSync(path.join(home, 'runs', name, 'result'), '0');
  return path.join(home, 'runs', name);
}

test('each trouble of the queue is told once, and nothing after the role was stopped', async () => {
  const { engine, context, log, settled, pass } = post('task_management');
  const told: string[] = [];
  const care = new TaskCare((troubles) => told.push(...troubles.map(({ name }) => name)));
  const id = engine.add({ name: 'forgotten' });
  engine.wait(id, { type: 'held' });
  care.start(context);
  await settled();
  assert.deepEqual(told, []);
  for (let n = 0; n < 26 * 6; n++) await pass(10 * 60_000);
  assert.deepEqual(told, ['forgotten']);
  assert.equal(log.lines.filter((line) => line.includes('stale')).length, 1);
  care.stop();
  engine.wait(engine.add({ name: 'later' }), { type: 'held' });
  for (let n = 0; n < 26 * 6; n++) await pass(10 * 60_000);
  assert.deepEqual(told, ['forgotten']);
});

test('a machine that becomes short is reported, once for each time', async () => {
  const { engine, context, log, settled, pass } = post('resource_management');
  const care = new ResourceCare('/nowhere');
  care.start(context);
  await settled();
  engine.strategyNow = { ...engine.strategyNow, strategy: 'conserve', reasons: [{ measure: 'memory', value: 0.9, threshold: 0.85 }] };
  for (let n = 0; n < 3; n++) await pass(10_000);
  assert.deepEqual(log.lines.filter((line) => line.includes('short')).length, 1);
  assert.match(log.lines.find((line) => line.includes('short'))!, /memory 90 % of at most 85 %/);
  care.stop();
});

test('only what ended runs left behind long ago is removed', async (t: TestContext) => {
  const home = tempFolder(t);
  const old = runFolder(home, '1.1-a', { ended: true, ageMs: 48 * HOUR });
  const young = runFolder(home, '2.1-b', { ended: true, ageMs: 1 * HOUR });
  const running = runFolder(home, '3.1-c', { ended: false, ageMs: 48 * HOUR });
  const looked = runFolder(home, '4.1-d', { ended: true, ageMs: 48 * HOUR });
  const { folders, bytes } = await cleanTemporary(home, new Set([looked]), Date.now() - 24 * HOUR);
  assert.deepEqual([folders, bytes], [1, 1000]);
  assert.deepEqual([old, young, running, looked].map((folder) => fs.existsSync(path.join(folder, 'tmp'))), [false, true, true, true]);
  assert.ok(fs.existsSync(path.join(old, 'result')));
});

test('a state folder without runs is no trouble', async (t: TestContext) => {
  assert.deepEqual(await cleanTemporary(tempFolder(t), new Set(), 0), { folders: 0, bytes: 0 });
});
