import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import type { FileUse, HoldView } from '../../../../../src/core/engine/engine-port.ts';
import { FileLocks } from '../../../../../src/core/engine/files/file-locks.ts';
import { engineId, holderOfHold, holderOfTask, type HoldId, type TaskId } from '../../../../../src/core/model/ids.ts';
import { MemoryStore } from '../../../../support/memory-store.ts';
import { FakeProcessTable } from '../../../../support/process/fake-process-table.ts';
import { sh, TestEngine } from '../../../../support/test-engine.ts';
import { until } from '../../../../support/until.ts';
import { ManualClock } from '../../../views/manual-clock.ts';

/** A task that writes a file and runs until its file `go` is there. */
const gated = (file: string, more: object = {}): object => sh('while [ ! -e go ]; do sleep 0.02; done', { files: [file], name: `writer of ${path.basename(file)}`, ...more });

async function waits(engine: TestEngine, id: TaskId, type: string): Promise<void> {
  await engine.when(id, 'queued', ({ wait }) => wait?.type === type);
}

const inWords = (uses: readonly FileUse[]): string[] =>
  uses.map(({ path: file, glob, holders, waiters }) => `${[path.basename(file), glob].filter((part) => part !== '').join('/')}: ${[...holders.map(({ holder, mode, own }) => `${mode} by ${holder.type}${own ? ' of mine' : ''}`), ...waiters.map(({ holder, mode }) => `${holder.type} waits to ${mode}`)].join(', ')}`).sort();

test('unsaved changes in one engine’s window keep back what writes the file, in all of them, until they are saved', async (t) => {
  const window = await TestEngine.open(t, { kind: 'window' });
  const other = await TestEngine.open(t, { home: window.home, roots: [path.join(window.workspace, 'other')] });
  const file = window.file('data.json', '{}');
  await window.port.setUnsaved([file]);
  const [writer] = await other.submit(sh('true', { files: [file] }));
  const reader = await other.finish(sh('true', { files: [{ path: file, mode: 'read' }] }));
  assert.equal(reader.task.state.status, 'finished');
  const { wait } = await other.when(writer!, 'queued', (detail) => detail.wait?.type === 'editor');
  assert.equal(wait?.type === 'editor' && wait.path, file);
  await until('the writer stands there', async () => inWords(await window.port.filesInUse([]))[0] === 'data.json: write by editor of mine, task waits to write');
  assert.deepEqual(inWords(await other.port.filesInUse([path.dirname(file)])), ['data.json: write by editor, task waits to write']);
  assert.deepEqual(await other.port.filesInUse(['/elsewhere']), []);
  await window.port.setUnsaved([]);
  await other.ended(writer!);
  assert.deepEqual(await window.port.filesInUse([]), []);
});

test('a task’s own script is told from what it was asked to read', async (t) => {
  const engine = await TestEngine.open(t);
  const [script, data] = [engine.file('own.sh', 'while [ ! -e go ]; do sleep 0.02; done'), engine.file('data.json', '{}')];
  const [id] = await engine.submit({ script, files: [{ path: data, mode: 'read' }] });
  await engine.when(id!, 'running');
  const told = (await engine.port.filesInUse([])).map(({ path: file, holders }) => [path.basename(file), holders.map(({ isOwnScript }) => isOwnScript)]);
  assert.deepEqual(told.sort(), [['data.json', [undefined]], ['own.sh', [true]]]);
  engine.file('go', '');
  await engine.ended(id!);
});

test('two that come to wait for a person at the same moment do not wait for each other', async (t) => {
  const window = await TestEngine.open(t, { kind: 'window' });
  const [a, b, y] = [window.file('a.json', '{}'), window.file('b.json', '{}'), window.file('y.csv', '')];
  const [first, second, third] = await window.submit(gated(b), sh('true', { files: [{ path: b, mode: 'read' }, y], priority: 9 }), sh('true', { files: ['?.json'] }));
  await window.when(first!, 'running');
  await waits(window, second!, 'lock');
  await waits(window, third!, 'lock');
  // Now both stand right behind the first.
  await window.port.setPriority([second!], 1);
  await window.port.setUnsaved([a, y]);
  window.file('go', '');
  await waits(window, second!, 'editor');
  await waits(window, third!, 'editor');
  await window.port.setUnsaved([y]);
  await window.ended(third!);
  await waits(window, second!, 'editor');
});

test('a person may start a task over unsaved changes, and then waits for nothing but other tasks', async (t) => {
  const window = await TestEngine.open(t, { kind: 'window' });
  const file = window.file('data.json', '{}');
  await window.port.setUnsaved([file]);
  const [first, second] = await window.submit(gated(file), sh('true', { files: [file] }));
  await waits(window, first!, 'editor');
  const applied = await window.port.startAnyway([first!, second!]);
  assert.deepEqual(applied, { done: [first, second], refused: [] });
  await window.when(first!, 'running');
  await waits(window, second!, 'lock');
  assert.deepEqual((await window.port.startAnyway([first!])).refused.map(({ why }) => why), ['it is running; only waiting tasks can be started']);
  window.file('go', '');
  await window.ended(second!);
});

test('a window that reloads keeps its claims; one that stays away loses them', async (t) => {
  const before = await TestEngine.open(t, { kind: 'window' });
  const other = await TestEngine.open(t, { home: before.home, roots: [before.workspace] });
  const file = before.file('data.json', '{}');
  await before.port.setUnsaved([file]);
  const [{ holders: [held] }] = (await before.port.filesInUse([])) as [FileUse];
  await before.port.close();
  const again = await TestEngine.open(t, { home: before.home, roots: [before.workspace], kind: 'window' });
  await again.port.setUnsaved([file]);
  const [{ holders }] = (await again.port.filesInUse([])) as [FileUse];
  assert.deepEqual(holders, [{ ...held, own: true }]);
  await again.port.close();
  const [writer] = await other.submit(sh('true', { files: [file] }));
  await waits(other, writer!, 'editor');
  await other.ended(writer!);
});

test('programs and tasks stand in one line', async (t) => {
  const engine = await TestEngine.open(t);
  const file = engine.file('data.json', '{}');
  const [first] = await engine.submit(gated(file));
  await engine.when(first!, 'running');
  const hold = (name: string): Promise<HoldView> => engine.port.requestHold({ name, pid: process.pid, claims: [{ path: file, mode: 'write' }] });
  const program = await hold('notebook');
  assert.deepEqual([program.state, program.obstacle?.path, program.obstacle?.holder], ['waiting', file, { type: 'task', id: first, name: 'writer of data.json' }]);
  const [second] = await engine.submit(sh('true', { files: [file] }));
  await waits(engine, second!, 'lock');
  const last = await hold('another');
  const line = 'data.json: write by task, program waits to write, task waits to write, program waits to write';
  await until('all stand in line', async () => inWords(await engine.port.filesInUse([]))[0] === line);
  engine.file('go', '');
  const isHeld = (id: HoldId) => async (): Promise<boolean> => (await engine.port.holdView(id))?.state === 'held';
  await until('the program has the file', isHeld(program.id));
  assert.deepEqual([(await engine.port.detail(second!))?.task.state.status, await isHeld(last.id)()], ['queued', false]);
  await engine.port.endHold(program.id);
  await engine.ended(second!);
  await until('the last has the file', isHeld(last.id));
  await engine.port.endHold(last.id);
  assert.deepEqual([await engine.port.holdView(last.id), await engine.port.filesInUse([])], [undefined, []]);
});

test('a program gets all of its files or none, and who gives up stands in nobody’s way', async (t) => {
  const engine = await TestEngine.open(t);
  const [one, two] = [engine.file('1.json', ''), engine.file('2.json', '')];
  const first = await engine.port.requestHold({ name: 'first', pid: process.pid, claims: [{ path: two, mode: 'write' }] });
  const both = await engine.port.requestHold({ name: 'both', pid: process.pid, claims: [{ path: one, mode: 'write' }, { path: two, mode: 'read' }] });
  assert.deepEqual([first.state, both.state], ['held', 'waiting']);
  const [writer] = await engine.submit(sh('true', { files: [one] }));
  await waits(engine, writer!, 'lock');
  await engine.port.endHold(both.id);
  await engine.ended(writer!);
});

test('what a program holds outlives the engine that asked, for as long as the program lives', async (t) => {
  const asked = await TestEngine.open(t);
  const other = await TestEngine.open(t, { home: asked.home, roots: [asked.workspace] });
  const file = asked.file('data.json', '{}');
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  t.after(() => child.kill());
  const { id } = await asked.port.requestHold({ name: 'sleep 60', pid: process.pid, claims: [{ path: file, mode: 'write' }] });
  await asked.port.setHoldProcess(id, child.pid!);
  await asked.port.close();
  const [writer] = await other.submit(sh('true', { files: [file] }));
  const { wait } = await other.when(writer!, 'queued', (detail) => detail.wait?.type === 'lock');
  assert.deepEqual(wait?.type === 'lock' && wait.holder, { type: 'program', id, name: 'sleep 60', pid: child.pid });
  child.kill();
  await once(child, 'exit');
  await other.ended(writer!);
});

test('a lock can be taken away; its holder goes on without it', async (t) => {
  const engine = await TestEngine.open(t);
  const file = engine.file('data.json', '{}');
  const [holder, waiter] = await engine.submit(gated(file), sh('true', { files: [file] }));
  await engine.when(holder!, 'running');
  await waits(engine, waiter!, 'lock');
  const who = { type: 'task', id: holder!, name: '' } as const;
  assert.equal(await engine.port.breakLock(who, engine.file('other.json', '')), false);
  assert.equal(await engine.port.breakLock(who, file), true);
  await engine.ended(waiter!);
  assert.equal((await engine.port.detail(holder!))?.task.state.status, 'running');
  engine.file('go', '');
  await engine.ended(holder!);
});

test('a program that lost its last lock holds nothing, and can find that out', async (t) => {
  const engine = await TestEngine.open(t);
  const [one, two] = [engine.file('1.json', ''), engine.file('2.json', '')];
  const { id } = await engine.port.requestHold({ name: 'me', pid: process.pid, claims: [{ path: one, mode: 'write' }, { path: two, mode: 'write' }] });
  const who = { type: 'program', id, name: 'me', pid: process.pid } as const;
  assert.deepEqual([await engine.port.breakLock(who, one), (await engine.port.holdView(id))?.state], [true, 'held']);
  assert.deepEqual([await engine.port.breakLock(who, two), await engine.port.holdView(id)], [true, undefined]);
});

test('a file claimed next time is claimed by the task from then on, and by later tasks of its script', async (t) => {
  const engine = await TestEngine.open(t);
  const script = engine.file('sweep.sh', 'exit 0');
  const file = engine.file('data.json', '{}');
  const { task } = await engine.finish({ script });
  const claims = [{ path: file, mode: 'write' }] as const;
  assert.deepEqual(await engine.port.claimNextTime(task.id, claims), { done: [task.id], refused: [] });
  assert.deepEqual((await engine.port.claimNextTime(task.id, claims)).refused.map(({ why }) => why), [`it claims ${file} already`]);
  const { id: hold } = await engine.port.requestHold({ name: 'me', pid: process.pid, claims });
  await engine.port.retry([task.id]);
  await waits(engine, task.id, 'lock');
  const [later] = await engine.submit({ script });
  await waits(engine, later!, 'lock');
  assert.deepEqual((await engine.port.detail(later!))?.task.spec.files, [{ path: script, mode: 'read' }, ...claims]);
  await engine.port.endHold(hold);
  await engine.ended(later!);
});

test('an engine that only looks holds nothing', async (t) => {
  const observer = await TestEngine.open(t, { runsTasks: false });
  await assert.rejects(observer.port.requestHold({ name: 'me', pid: process.pid, claims: [{ path: '/lab/a', mode: 'write' }] }), /only looks/);
});

test('a window that may not run anything still tells of its unsaved changes', async (t) => {
  const restricted = await TestEngine.open(t, { kind: 'window', runsTasks: false });
  const engine = await TestEngine.open(t, { home: restricted.home, roots: [restricted.workspace] });
  const file = engine.file('data.json', '{}');
  await restricted.port.setUnsaved([file]);
  const [writer] = await engine.submit(sh('true', { files: [file] }));
  await waits(engine, writer!, 'editor');
  await restricted.port.setUnsaved([]);
  await engine.ended(writer!);
});

test('nobody gets a file before a task that somebody stands in line behind, though it waits for something else', async (t) => {
  const engine = await TestEngine.open(t);
  await engine.port.setLimits({ total: 9, memoryThreshold: 1, types: [{ name: 'utility', limit: 9, cpu: 0.1, memory: 1 }, { name: 'solo', limit: 1, cpu: 0.1, memory: 1 }] });
  const file = engine.file('data.json', '{}');
  const [busy, front, behind] = await engine.submit(gated(engine.file('x', ''), { type: 'solo' }), sh('true', { files: [file], type: 'solo' }), sh('true', { files: [file] }));
  await engine.when(busy!, 'running');
  await waits(engine, front!, 'typeLimit');
  await waits(engine, behind!, 'lock');
  const program = await engine.port.requestHold({ name: 'late', pid: process.pid, claims: [{ path: file, mode: 'write' }] });
  assert.equal(program.state, 'waiting');
  engine.file('go', '');
  await engine.ended(behind!);
  await engine.port.endHold(program.id);
});

/** What a run holds by claims of its task, with a program that it started and that asks for more. */
function beside(t: TestContext, mode: 'read' | 'write') {
  const memory = new MemoryStore(t);
  const locks = new FileLocks({ store: memory.store, table: new FakeProcessTable().add(50), clock: new ManualClock(5000), log: memory.log, engine: () => engineId(1) });
  const task = memory.add({ files: [{ path: '/lab/data.json', mode }] });
  memory.run(task);
  return { memory, locks, task, ask: () => locks.request({ name: 'tool', pid: 50, task, claims: [{ path: '/lab/data.json', mode: 'write' }] }) };
}

test('what a run asks for at its own files comes before those who wait for it there', async (t) => {
  const { memory, ask } = beside(t, 'read');
  const waiting = memory.add({ files: [{ path: '/lab/data.json', mode: 'write' }] });
  memory.store.write(() => memory.store.claims.standInLine({ holder: holderOfTask(waiting), position: memory.task(waiting).position, claims: memory.store.claims.of(waiting) }));
  assert.equal((await ask()).state, 'held');
});

test('what its task has to itself a run need not ask for, unless a person has unsaved changes there and nobody said to go over them', async (t) => {
  const { memory, locks, task, ask } = beside(t, 'write');
  assert.equal((await ask()).state, 'held');
  const file = '/lab/data.json';
  memory.store.write(() => {
    const editor = memory.store.holds.insert({ kind: 'editor', engine: engineId(1), name: '', pid: 1, pidStart: '', boot: 'boot-1', position: 1, askedAt: 1 });
    memory.store.claims.take(holderOfHold(editor), [{ key: file, glob: '', path: file, mode: 'write' }], 1);
  });
  const kept = await ask();
  assert.deepEqual([kept.state, kept.obstacle?.holder.type], ['waiting', 'editor']);
  locks.end(kept.id);
  memory.store.write(() => memory.store.tasks.setOverEditors(task));
  assert.equal((await ask()).state, 'held');
});

test('files that were given with a transaction that was taken back are given again', async (t) => {
  const memory = new MemoryStore(t);
  const { store } = memory;
  const table = new FakeProcessTable().add(50);
  const locks = new FileLocks({ store, table, clock: new ManualClock(1000), log: memory.log, engine: () => engineId(1) });
  const writer = memory.add({ files: [{ path: '/lab/data.json', mode: 'write' }] });
  memory.run(writer);
  const { id, state } = await locks.request({ name: 'merge', pid: 50, claims: [{ path: '/lab/data.json', mode: 'write' }] });
  assert.deepEqual([state, locks.hasWaiting], ['waiting', true]);
  memory.end(writer);
  assert.throws(() => store.write(() => {
    locks.advanceAll();
    throw new Error('the disk is full');
  }), /the disk is full/);
  assert.deepEqual([locks.view(id)?.state, locks.hasWaiting], ['waiting', true]);
  store.write(() => locks.advanceAll());
  assert.equal(locks.view(id)?.state, 'held');
  store.write(() => locks.advanceAll());
  assert.equal(locks.hasWaiting, false);
});
