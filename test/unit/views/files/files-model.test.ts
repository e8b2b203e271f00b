import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Emitter } from '../../../../src/core/base/emitter.ts';
import type { FileUse } from '../../../../src/core/model/files/file-use.ts';
import { taskId } from '../../../../src/core/model/ids.ts';
import { FilesModel } from '../../../../src/views/files/files-model.ts';
import type { FilesNode } from '../../../../src/views/files/files-node.ts';
import { FakeEngine } from '../../../support/fake-engine.ts';
import { BACKUP, OTHER_EDITOR, reading, SWEEP, use } from '../../host/locks/file-use.ts';
import { ManualClock } from '../manual-clock.ts';

const NOW = 1_042_000;

function harness(uses: readonly FileUse[], roots: readonly string[] = ['/lab'], pageSize = 100) {
  const engine = new FakeEngine();
  const clock = new ManualClock(NOW);
  const watch = { uses, changed: new Emitter<void>(), get onDidChange() { return this.changed.event; } };
  const awaited = { files: new Set<string>(), changed: new Emitter<void>(), has: (path: string) => awaited.files.has(path), get onDidChange() { return this.changed.event; } };
  const errors: unknown[] = [];
  const model = new FilesModel({ watch, engine, awaited, clock, roots: () => roots, onError: (error) => errors.push(error), pageSize });
  const redraws: string[] = [];
  model.onDidRedraw((redraw) => redraws.push(redraw === 'all' ? 'all' : redraw.map(({ face }) => face.label).join(', ')));
  const change = async (next: readonly FileUse[]): Promise<void> => {
    watch.uses = next;
    watch.changed.fire();
    await clock.advance(250);
  };
  return { engine, clock, watch, awaited, model, redraws, change };
}

async function text(model: FilesModel, node?: FilesNode, depth = 0): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const child of await model.children(node)) lines.push(`${'  '.repeat(depth)}${child.face.label} | ${child.face.description}`, ...(child.kind === 'use' ? await text(model, child, depth + 1) : []));
  return lines;
}

const rows = async (model: FilesModel): Promise<readonly string[]> => (await model.children()).map(({ face }) => `${face.label} | ${face.description}`);

const report = { holder: { type: 'task', id: taskId(4), name: 'Report' }, mode: 'read', since: NOW - 5000, own: false } as const;

void test('without a file in use there is no row, so that the welcome shows', async () => {
  assert.deepEqual(await text(harness([]).model), []);
});

void test('a file shows its holders and who waits, in order', async () => {
  const { model } = harness([use('/lab/data.json', [SWEEP], { waiters: [report, BACKUP], waiting: 2 })]);
  assert.deepEqual(await text(model), ['data.json | held by “Sweep 3” · 40 s · 2 waiting', '  Sweep 3 | writes · 40 s', '  Report | waits to read', '  rsync -a lab | waits to write · 40 s · process 812']);
});

void test('a task below a file has the icon of its state', async () => {
  const { model, engine } = harness([use('/lab/data.json', [{ ...SWEEP, holder: { type: 'task', id: taskId(1), name: 'Sweep 3' } }])]);
  const id = engine.add({ name: 'Sweep 3' });
  engine.start(id);
  const [file] = await model.children();
  const [user] = await model.children(file);
  assert.deepEqual([user?.face.icon, user?.face.iconColor], ['play-circle', 'charts.blue']);
});

void test('written files stand before those read and those only waited for, each by name', async () => {
  const { model } = harness([use('/lab/b10', [reading(SWEEP)]), use('/lab/c', [], { waiters: [report], waiting: 1 }), use('/lab/b9', [reading(SWEEP)]), use('/lab/z', [SWEEP])]);
  assert.deepEqual(await rows(model), ['z | held by “Sweep 3” · 40 s', 'b9 | read by “Sweep 3” · 40 s', 'b10 | read by “Sweep 3” · 40 s', 'c | 1 waiting']);
});

void test('a script that only its own tasks read has a row once somebody waits for it, writes it, or wants to be told of it', async () => {
  const own = { ...report, isOwnScript: true } as const;
  const { model, awaited } = harness([
    use('/lab/alone.py', [own, { ...own, holder: { ...own.holder, id: taskId(5) } }], { waiters: [own], waiting: 1 }), use('/lab/edited.py', [own, OTHER_EDITOR]),
    use('/lab/told.py', [own]), use('/lab/wanted.py', [own], { waiters: [SWEEP], waiting: 1 }), use('/lab/compared.py', [own, reading(SWEEP)]),
  ]);
  awaited.files.add('/lab/told.py');
  const shown = (await model.children()).map(({ face }) => face.label);
  assert.deepEqual(shown, ['edited.py', 'compared.py', 'told.py', 'wanted.py']);
});

void test('files of other windows do not show, files outside of all do', async () => {
  const { model, engine } = harness([use('/lab/a', [SWEEP]), use('/other/b', [SWEEP]), use('/tmp/c', [OTHER_EDITOR])]);
  engine.servedRoots = ['/other'];
  assert.deepEqual(await rows(model), ['/tmp/c | unsaved in another window · 40 s', 'a | held by “Sweep 3” · 40 s']);
});

void test('only the row that changed is drawn again, and keeps its node', async () => {
  const { model, redraws, change } = harness([use('/lab/a', [SWEEP]), use('/lab/b', [SWEEP])]);
  model.setVisible(true);
  const [before] = await model.children();
  await change([use('/lab/a', [SWEEP], { waiters: [report], waiting: 1 }), use('/lab/b', [SWEEP])]);
  assert.deepEqual(redraws, ['a']);
  assert.equal((await model.children())[0], before);
  await change([use('/lab/b', [SWEEP])]);
  assert.deepEqual([redraws, await rows(model)], [['a', 'all'], ['b | held by “Sweep 3” · 40 s']]);
});

void test('another waiter in the place of one redraws a file that is open', async () => {
  const { model, redraws, change } = harness([use('/lab/a', [SWEEP], { waiters: [report], waiting: 1 })]);
  model.setVisible(true);
  const [file] = await model.children();
  await model.children(file);
  await change([use('/lab/a', [SWEEP], { waiters: [BACKUP], waiting: 1 })]);
  assert.deepEqual(redraws, ['a']);
});

void test('ages grow by ten seconds in the first minute, then by the minute', async () => {
  const { model, redraws, clock } = harness([use('/lab/a', [SWEEP])]);
  model.setVisible(true);
  await model.children();
  await clock.advance(10_000);
  assert.deepEqual([redraws, await rows(model)], [['a'], ['a | held by “Sweep 3” · 50 s']]);
  await clock.advance(60_000);
  assert.deepEqual([redraws, await rows(model)], [['a', 'a'], ['a | held by “Sweep 3” · 1 min']]);
});

void test('a row whose tooltip is read rests for eight seconds, unless its users change', async () => {
  const { model, redraws, clock, change } = harness([use('/lab/a', [SWEEP])]);
  model.setVisible(true);
  const [file] = await model.children();
  await clock.advance(5000);
  model.rest(file!);
  await clock.advance(6000);
  assert.deepEqual(redraws, []);
  await change([use('/lab/a', [SWEEP, reading(BACKUP)])]);
  assert.deepEqual(redraws, ['a']);
  await clock.advance(10_000);
  assert.deepEqual(redraws, ['a', 'a']);
});

void test('nothing is read or drawn while nobody sees it', async () => {
  const { model, redraws, clock, change } = harness([use('/lab/a', [SWEEP])]);
  await model.children();
  await change([]);
  await clock.advance(60_000);
  assert.deepEqual([redraws, clock.pending], [[], 0]);
  model.setVisible(true);
  await clock.advance(0);
  assert.deepEqual([redraws, await rows(model)], [['all'], []]);
});

void test('a thousand files show by the page, and of a crowd that waits the first', async () => {
  const crowd = Array.from({ length: 60 }, (_, index) => ({ ...report, holder: { ...report.holder, id: taskId(index + 10) } }));
  const many = Array.from({ length: 1000 }, (_, index) => use(`/lab/f${index}`, [SWEEP], index === 0 ? { waiters: crowd, waiting: 5000 } : {}));
  const { model } = harness(many);
  const first = await model.children();
  assert.deepEqual([first.length, first.at(-1)?.face.label, first.at(-1)?.face.description], [101, 'Show 100 More…', '900 files not shown']);
  const users = await model.children(first[0]);
  assert.deepEqual([users.length, users.at(-1)?.face.label], [51, '4,951 more']);
  await model.showMore();
  assert.equal((await model.children()).length, 201);
});

void test('a file that somebody wants to be told of is marked', async () => {
  const { model, awaited, clock } = harness([use('/lab/a', [SWEEP])]);
  model.setVisible(true);
  const [file] = await model.children();
  assert.equal(file?.face.contextValue, 'use held breakable awaitable');
  awaited.files.add('/lab/a');
  awaited.changed.fire();
  await clock.advance(0);
  assert.deepEqual([file.face.icon, file.face.accessibility, file.face.contextValue], ['bell', 'a, held by “Sweep 3”, you will be told when it is free', 'use held breakable awaited']);
});

void test('places are told anew when the folders of the window change', async () => {
  const roots = ['/lab'];
  const { model, clock, redraws } = harness([use('/lab/a', [SWEEP])], roots);
  model.setVisible(true);
  await model.children();
  roots.push('/other');
  model.reload();
  await clock.advance(0);
  assert.deepEqual([redraws, await rows(model)], [['lab/a'], ['lab/a | held by “Sweep 3” · 40 s']]);
});

void test('a disposed model is still', async () => {
  const { model, redraws, clock, watch } = harness([use('/lab/a', [SWEEP])]);
  model.setVisible(true);
  await model.children();
  model.dispose();
  watch.changed.fire();
  await clock.advance(60_000);
  assert.deepEqual([redraws, clock.pending], [[], 0]);
});
