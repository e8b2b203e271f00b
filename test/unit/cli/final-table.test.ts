import assert from 'node:assert/strict';
import { test } from 'node:test';
import { totalsOf } from '../../../src/cli/follow/task-totals.ts';
import { finalTable } from '../../../src/cli/report/final-table.ts';
import { plainStyle } from '../../../src/cli/terminal/style.ts';
import { FakeEngine } from '../../support/fake-engine.ts';

async function table(engine: FakeEngine, width?: number): Promise<string[]> {
  const views = await engine.batchTasks();
  return finalTable(views, await totalsOf(engine, views), { cwd: '/lab', style: plainStyle, width });
}

function batch(): FakeEngine {
  const engine = new FakeEngine();
  const sweep = engine.add({ name: 'sweep.py', type: 'simulation' });
  const bad = engine.add({ name: 'bad.py', expect: { type: 'exit', code: 3 } });
  const render = engine.add({ name: 'render.py', type: 'blender_task' });
  const plot = engine.add({ name: 'plot.py' });
  const flaky = engine.add({ name: 'flaky.py', retries: 1 });
  for (const id of [sweep, bad, flaky]) engine.start(id);
  engine.skip(render, { type: 'skipped', reason: 'missing-program', program: 'Blender' });
  engine.now += 2000;
  engine.end(bad, { type: 'failed', reason: 'exit', code: 3 });
  engine.end(flaky, { type: 'timedOut', afterMs: 2000 }, { userMs: 1000, peakMemory: 700e6 }, engine.now);
  engine.start(flaky);
  engine.now += 3000;
  engine.end(flaky, { type: 'failed', reason: 'exit', code: 1 });
  engine.end(sweep, undefined, { userMs: 4000, systemMs: 900 });
  engine.skip(plot, { type: 'skipped', reason: 'upstream', task: flaky, name: 'flaky.py' });
  return engine;
}

void test('the table tells how each task ended, what all its runs took, and the whole against its parts', async () => {
  assert.deepEqual(await table(batch()), [
    '   task          type          outcome                               wall time  CPU time  peak memory  output',
    '✔  #1 sweep.py   simulation    succeeded                                 5.0 s     4.9 s        50 MB  /state/runs/1.1',
    '✔  #2 bad.py     utility       failed (exit 3), as expected              2.0 s    120 ms        50 MB  /state/runs/2.1',
    '–  #3 render.py  blender_task  skipped (Blender is not installed)',
    '✘  #4 plot.py    utility       skipped (“flaky.py” did not succeed)',
    '✘  #5 flaky.py   utility       failed (exit 1) (2 attempts)              5.0 s     1.1 s       700 MB  /state/runs/5.2',
    '',
    '3 tasks ran in 5.0 s; one after another they would have taken 12 s (2.4 times as long).',
    'Skipped: #3 render.py (Blender is not installed); #4 plot.py (“flaky.py” did not succeed).',
  ]);
});

void test('in a narrow terminal names are cut, and the folder of the runs is said once', async () => {
  const lines = await table(batch(), 88);
  assert.deepEqual([lines[2], lines[6]], ['✔  #2 bad.py     utility       failed (exit 3…      2.0 s    120 ms        50 MB  …/2.1', '… is /state/runs']);
});

void test('a task that could not start has no figures, and its reason does not widen the table', async () => {
  const engine = new FakeEngine();
  const id = engine.add({ name: 'a' });
  engine.start(id, { startedAt: undefined });
  engine.end(id, { type: 'spawnFailed', message: 'there is no program `nope`, and this sentence is long' }, { userMs: undefined, systemMs: undefined, peakMemory: undefined });
  assert.deepEqual(await table(engine), ['   task  type     outcome          wall time  CPU time  peak memory  output', '✘  #1 a  utility  could not start']);
});

/** Two tasks of two seconds, with so many milliseconds between them. */
function oneAfterAnother(gapMs: number): FakeEngine {
  const engine = new FakeEngine();
  for (const name of ['a', 'b']) {
    const id = engine.add({ name });
    engine.start(id);
    engine.now += 2000;
    engine.end(id);
    engine.now += gapMs;
  }
  return engine;
}

void test('tasks that ran one after another are not said to have been the faster for it', async () => {
  assert.equal((await table(oneAfterAnother(0))).at(-1), '2 tasks ran in 4.0 s.');
});

void test('tasks between which nothing ran are not said to have run all the while', async () => {
  assert.equal((await table(oneAfterAnother(3_600_000))).at(-1), '2 tasks ran for 4.0 s in all, within 1 h.');
});
