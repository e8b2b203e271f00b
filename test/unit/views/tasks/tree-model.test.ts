import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Redraw } from '../../../../src/views/tasks/forest.ts';
import type { TaskView } from '../../../../src/core/engine/engine-port.ts';
import type { ScriptReport } from '../../../../src/core/assessment/report.ts';
import { gradeOf as gradeScript } from '../../../../src/core/assessment/grade.ts';
import { sampleScript } from '../../../support/sample-assessment.ts';
import { TreeModel, type TreeModelOptions } from '../../../../src/views/tasks/tree-model.ts';
import { failed, NOW, running, sampleTask, succeeded, type Sample } from '../../present/sample-task.ts';
import { SWEEP, use } from '../../host/locks/file-use.ts';
import { ManualClock, settled } from '../manual-clock.ts';
import { TasksInMemory } from '../tasks-in-memory.ts';
import { nodeAt, treeText } from '../tree-text.ts';

function named(id: number, name: string, sample: Sample = {}): TaskView {
  return sampleTask({ id, batch: id, ...sample, spec: { name, ...sample.spec } });
}

function harness(views: readonly TaskView[], options: Partial<TreeModelOptions> = {}) {
  const source = new TasksInMemory(views);
  const clock = new ManualClock(NOW);
  const errors: unknown[] = [];
  const model = new TreeModel({ source, clock, roots: () => ['/w'], onError: (error) => errors.push(error), ...options });
  const redraws: string[] = [];
  model.onDidRedraw((redraw) => redraws.push(inWords(redraw)));
  return { source, clock, model, redraws, errors };
}

function inWords(redraw: Redraw): string {
  return redraw === 'all' ? 'all' : redraw.map(({ face }) => face.label).join(', ');
}

const three = [named(1, 'A', { state: running, run: {} }), named(2, 'B', { wait: { type: 'next' } }), named(3, 'C', { state: succeeded, run: { endedAt: NOW } })];

void test('without tasks there is no row, so that the welcome shows', async () => {
  const { model } = harness([]);
  assert.deepEqual(await treeText(model), []);
});

void test('a window without a folder shows no task of others', async () => {
  const { model } = harness(three, { roots: () => [] });
  const running: number[] = [];
  model.onDidLook(({ counts }) => running.push(counts.running));
  assert.deepEqual([await treeText(model), running], [[], [0]]);
});

void test('tasks stand in groups by state, and an empty group has no row', async () => {
  const { model } = harness(three);
  assert.deepEqual(await treeText(model), ['Running | 1', '  A | 0:42 · simulation', 'Waiting | 1', '  B | starts next', 'Finished | 1', '  C | 0:42 · 3 min ago']);
});

void test('a change redraws its row alone', async () => {
  const { model, source, clock, redraws } = harness(three);
  model.setVisible(true);
  await treeText(model);
  const before = await nodeAt(model, 'Waiting', 'B');
  source.put(named(2, 'B', { wait: { type: 'engine' } }));
  await clock.advance(0);
  assert.deepEqual(redraws, ['B']);
  assert.equal(await nodeAt(model, 'Waiting', 'B'), before);
});

void test('the figures of a running task change with its clock, not in between', async () => {
  const { model, source, clock, redraws } = harness(three);
  model.setVisible(true);
  await treeText(model);
  source.put(named(1, 'A', { state: running, run: { cores: 1 } }));
  await clock.advance(999);
  assert.deepEqual(redraws, []);
  await clock.advance(1);
  assert.deepEqual([redraws, (await nodeAt(model, 'Running', 'A')).face.description], [['A'], '0:43 · 1 core · simulation']);
});

void test('a row whose tooltip is read rests for eight seconds, unless its state changes', async () => {
  const { model, source, clock, redraws } = harness(three);
  model.setVisible(true);
  await treeText(model);
  model.rest(three[0]!.task.id);
  await clock.advance(7000);
  assert.deepEqual(redraws, []);
  source.put(named(1, 'A', { state: { ...running, status: 'stopping', cause: { type: 'cancel' } }, run: {} }));
  await clock.advance(0);
  assert.deepEqual(redraws, ['A']);
  await clock.advance(2000);
  assert.deepEqual(redraws, ['A', 'A', 'A']);
});

void test('a task that comes to its end moves, and the rows that are not concerned stay', async () => {
  const { model, source, clock, redraws } = harness([...three, named(4, 'D', { state: running, run: {} })]);
  model.setVisible(true);
  await treeText(model);
  source.put(named(1, 'A', { state: failed, run: { endedAt: NOW } }));
  await clock.advance(0);
  assert.deepEqual(redraws, ['Running, Finished']);
  assert.deepEqual(await treeText(model), ['Running | 1', '  D | 0:42 · simulation', 'Waiting | 1', '  B | starts next', 'Finished | 2 · 1 failed', '  A | failed (exit 2) · 0:42 · 3 min ago', '  C | 0:42 · 3 min ago']);
});

void test('a group that appears or goes redraws the whole', async () => {
  const { model, source, clock, redraws } = harness(three);
  model.setVisible(true);
  await treeText(model);
  source.put(named(2, 'B', { state: succeeded, run: { endedAt: NOW } }));
  await clock.advance(0);
  source.clear();
  await clock.advance(200);
  assert.deepEqual([redraws, await treeText(model)], [['all', 'all'], []]);
});

void test('a burst is looked at five times a second at most', async () => {
  const { model, source, clock } = harness(three);
  model.setVisible(true);
  await treeText(model);
  source.asked.length = 0;
  for (let step = 1; step < 100; step++) {
    source.put(named(1, 'A', { state: running, run: { memory: step * 1e6 } }));
    await clock.advance(10);
  }
  assert.equal(source.asked.filter((question) => question === 'status').length, 5);
  await clock.advance(200);
  await clock.advance(1000);
  assert.equal((await nodeAt(model, 'Running', 'A')).face.description, '0:44 · 99 MB · simulation');
});

void test('while nobody sees it only counts are read; seen again it is up to date', async () => {
  const { model, source, clock, redraws } = harness(three);
  model.setVisible(true);
  await treeText(model);
  model.setVisible(false);
  source.asked.length = 0;
  const looks: number[] = [];
  model.onDidLook(({ counts }) => looks.push(counts.running));
  source.put(named(5, 'E', { state: running, run: {} }));
  await clock.advance(10_000);
  assert.deepEqual([source.asked, looks, redraws], [['status'], [2], []]);
  model.setVisible(true);
  await settled();
  await settled();
  assert.deepEqual(redraws, ['Running']);
});

void test('clocks tick each second while the tree is seen and something runs, else nothing does', async () => {
  const { model, source, clock, redraws } = harness(three);
  model.setVisible(true);
  await treeText(model);
  await clock.advance(3000);
  assert.deepEqual(redraws, ['A', 'A', 'A']);
  model.setVisible(false);
  assert.equal(clock.pending, 0);
  model.setVisible(true);
  source.put(named(1, 'A', { state: succeeded, run: { endedAt: NOW } }));
  await clock.advance(200);
  redraws.length = 0;
  await clock.advance(9000);
  assert.deepEqual(redraws, []);
  await clock.advance(60_000);
  assert.deepEqual(redraws, ['A, C'], 'they ended four minutes ago now');
});

void test('a long group comes by pages', async () => {
  const many = Array.from({ length: 25 }, (_, index) => named(index + 1, `T${index + 1}`));
  const { model, redraws } = harness(many, { pageSize: 10 });
  const group = await nodeAt(model, 'Waiting');
  const labels = async (): Promise<readonly string[]> => (await model.children(group)).map(({ face }) => face.label);
  assert.deepEqual([(await labels()).length, (await labels()).at(-1)], [11, 'Show 10 More…']);
  const more = await nodeAt(model, 'Waiting', 'Show 10 More…');
  assert.equal(more.kind, 'more');
  await model.showMore(more);
  assert.deepEqual([(await labels()).length, (await labels()).at(-1), redraws], [21, 'Show 5 More…', ['Waiting']]);
});

void test('of a hundred thousand finished tasks only the first page is read', async () => {
  const { model, source } = harness(Array.from({ length: 100_000 }, (_, index) => named(index + 1, `T${index}`, { state: succeeded })));
  await treeText(model);
  assert.deepEqual(source.asked, ['query running 100', 'query waiting 100', 'query finished 100', 'dues 5', 'status']);
});

void test('a batch that is over is one row with its failed and slowest tasks below', async () => {
  const over = Array.from({ length: 12 }, (_, index) =>
    named(index + 10, `S${index}`, { batch: 2, state: index === 4 ? failed : { ...succeeded, finishedAt: NOW - 60_000 - 1000 * index }, run: { startedAt: NOW - 60_000, endedAt: NOW - 60_000 + 1000 * (index + 1) } }),
  );
  const { model } = harness([named(1, 'A', { batch: 1, state: succeeded, run: { endedAt: NOW } }), ...over]);
  assert.deepEqual(
    (await treeText(model)).map((line) => line.replace(/ · (?:just now|\d min ago)$/, '')),
    ['Finished | 13 · 1 failed', '  Batch 2 | 12 of 12 · 1 failed · 0:12', '    S4 | failed (exit 2) · 5.0 s', '    S11 | 0:12', '    S10 | 0:11', '    S9 | 0:10', '    S8 | 9.0 s', '    S7 | 8.0 s', '    Show 6 More… | 6 tasks not shown', '  A | 0:42'],
  );
  const more = await nodeAt(model, 'Finished', 'Batch 2', 'Show 6 More…');
  assert.equal(more.kind, 'more');
  await model.showMore(more);
  assert.equal((await model.children(await nodeAt(model, 'Finished', 'Batch 2'))).length, 12);
});

void test('a page of rows is filled though many tasks fold into one', async () => {
  const big = Array.from({ length: 50 }, (_, index) => named(index + 100, `S${index}`, { batch: 2, state: succeeded, run: { endedAt: NOW } }));
  const single = Array.from({ length: 30 }, (_, index) => named(index + 1000, `T${index}`, { batch: index + 10, state: { ...succeeded, finishedAt: NOW - 1_000_000 } }));
  const { model } = harness([...big, ...single], { pageSize: 10 });
  const rows = await model.children(await nodeAt(model, 'Finished'));
  assert.equal(rows.length >= 11, true, `${rows.length} rows`);
  assert.deepEqual([rows[0]?.face.label, rows[0]?.face.description], ['Batch 2', '50 of 50 · 0:42']);
});

void test('tasks group by a field of theirs, those without it last', async () => {
  const { model, redraws } = harness([named(1, 'A', { state: running, run: {}, spec: { role: 'night' } }), named(2, 'B'), named(3, 'C', { state: failed, spec: { role: 'day' } })]);
  await treeText(model);
  await model.setGrouping('role');
  assert.deepEqual([redraws, await treeText(model)], [
    ['all'],
    ['day | 1 finished · 1 failed', '  C | failed (exit 2) · 3 min ago', 'night | 1 running', '  A | 0:42 · simulation', 'No role | 1 waiting', '  B | waiting'],
  ]);
});

void test('grouped by batch, what runs stands first', async () => {
  const { model } = harness([named(1, 'A', { batch: 3 }), named(2, 'B', { batch: 3, state: running, run: {} }), named(3, 'C', { batch: 1, state: succeeded, run: { endedAt: NOW } })], { grouping: 'batch' });
  // The first time a batch is opened its rows are read, and with them its wall time.
  await treeText(model);
  assert.deepEqual(await treeText(model), ['Batch 3 | 0 of 2', '  B | 0:42 · simulation', '  A | waiting', 'Batch 1 | 1 of 1 · 0:42', '  C | 0:42 · 3 min ago']);
});

void test('a waiting task shows who holds its files, and one that ran what it wrote without a claim', async () => {
  const files = [{ path: '/home/ada/lab/out.json', mode: 'write' }] as const;
  const undeclared = Array.from({ length: 25 }, (_, index) => ({ path: `/home/ada/lab/w${index}`, at: NOW, guess: index === 1 }));
  const views = [named(1, 'A', { wait: { type: 'lock', path: files[0].path, mode: 'write', holder: SWEEP.holder, waiting: false, since: NOW }, spec: { files } }), named(2, 'B', { state: running, run: { undeclared } })];
  const { model } = harness(views, { uses: () => [use(files[0].path, [SWEEP])] });
  const below = async (...labels: readonly string[]): Promise<readonly string[]> => (await model.children(await nodeAt(model, ...labels))).map(({ kind, face }) => `${kind}: ${face.label} | ${face.description}`);
  assert.deepEqual(await below('Waiting', 'A'), ['file: out.json | writes · held by “Sweep 3”']);
  const rows = await below('Running', 'B');
  assert.deepEqual([rows.length, ...rows.slice(1, 3), rows.at(-1)], [22, 'undeclared: wrote w0 | without a claim', 'undeclared: wrote w1 | without a claim (guess)', 'undeclared: wrote 5 more files | without a claim']);
});

void test('below a task stand its runs, what it comes after and its files', async () => {
  const { model } = harness([
    named(1, 'A', { state: succeeded, run: { endedAt: NOW } }),
    named(2, 'B', { state: running, run: {}, spec: { after: ['#1'], files: [{ path: '/home/ada/lab/out.json', mode: 'write' }] } }),
  ]);
  const task = await nodeAt(model, 'Running', 'B');
  const children = await model.children(task);
  assert.deepEqual(children.map(({ kind, face }) => `${kind}: ${face.label} | ${face.description}`), ['run: Run 1 | 0:42', 'dependency: after A | 0:42 · 3 min ago', 'file: out.json | writes']);
  assert.equal(children.every(({ parent }) => parent === task), true);
});

void test('below a task stands the grade of its script, where one is known', async () => {
  const script = sampleScript({ path: '/home/ada/lab/sweep.py', counts: { warning: 2 } });
  const gradeOf = (path: string): Promise<ScriptReport | undefined> => Promise.resolve(path === script.path ? { script, grade: gradeScript(script), runs: undefined } : undefined);
  const { model } = harness([named(1, 'A'), named(2, 'B', { spec: { work: { kind: 'script', path: '/other.py' } } }), named(3, 'C', { spec: { work: { kind: 'command', argv: ['make'] } } })], { gradeOf });
  const below = async (name: string): Promise<readonly string[]> => (await model.children(await nodeAt(model, 'Waiting', name))).map(({ kind, face }) => `${kind}: ${face.label} | ${face.description}`);
  assert.deepEqual([await below('A'), await below('B'), await below('C')], [['grade: grade A (94) | 2 warnings'], [], []]);
});

void test('when the engine cannot be asked, the rows stay, the error is told, and what was missed is read later', async () => {
  const { model, source, clock, errors } = harness(three);
  model.setVisible(true);
  await treeText(model);
  source.failure = new Error('away');
  source.put(named(3, 'C2', { state: succeeded, run: { endedAt: NOW } }));
  await clock.advance(200);
  assert.deepEqual([errors.length, (await model.children()).length], [1, 3]);
  source.failure = undefined;
  source.put(named(1, 'A', { state: running, run: { cores: 2 } }));
  await clock.advance(200);
  assert.equal((await nodeAt(model, 'Finished', 'C2')).kind, 'task');
});

void test('a first look that fails is made up for as soon as the engine speaks', async () => {
  const { model, source, clock, redraws } = harness(three);
  model.setVisible(true);
  source.failure = new Error('not yet');
  await assert.rejects(model.children(), /not yet/);
  source.failure = undefined;
  source.changes.fire({ revision: 0, tasks: undefined });
  await clock.advance(200);
  assert.deepEqual(redraws, ['all']);
});

void test('disposed of while the engine is asked, it tells nobody of the answer', async () => {
  const { model, source, redraws, errors } = harness(three);
  model.setVisible(true);
  await treeText(model);
  const answered = model.reload().catch(() => undefined);
  source.failure = new Error('closed');
  model.setVisible(false);
  model.dispose();
  await answered;
  await settled();
  assert.deepEqual([redraws, errors], [[], []]);
});

void test('made and disposed of many times it leaves no listener and no timer', async () => {
  const source = new TasksInMemory(three);
  const clock = new ManualClock(NOW);
  for (let round = 0; round < 50; round++) {
    const model = new TreeModel({ source, clock, roots: () => ['/w'], onError: (error) => assert.fail(String(error)) });
    model.setVisible(true);
    await treeText(model);
    source.put(three[0]!);
    if (round % 2 === 0) await clock.advance(200);
    model.dispose();
    await settled();
  }
  assert.deepEqual([source.changes.size, clock.pending], [0, 0]);
});
