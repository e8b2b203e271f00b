import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { batchId, holderOfTask, taskId } from '../../../../src/core/model/ids.ts';
import { Database } from '../../../../src/core/store/database.ts';
import { MIGRATIONS } from '../../../../src/core/store/migrations.ts';
import { migrate, openDatabase } from '../../../../src/core/store/open-database.ts';
import { Store } from '../../../../src/core/store/store.ts';
import { sampleSpec } from '../../../support/sample-spec.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

const FIXTURE = fileURLToPath(new URL('../../../fixtures/store-v1.sql', import.meta.url));

type Owner = Parameters<typeof tempFolder>[0];

function database(t: Owner, file = ':memory:'): Database {
  const opened = new Database(file, 'normal');
  t.after(() => opened.close());
  return opened;
}

const versionOf = (db: Database): number => Number(db.get('PRAGMA user_version')!.user_version);
const STEPS = ['CREATE TABLE a (n); INSERT INTO a VALUES (1)', 'ALTER TABLE a ADD COLUMN m DEFAULT 7', 'INSERT INTO a VALUES (2, 8)'];

for (let from = 0; from <= STEPS.length; from++) {
  test(`from version ${from} just the steps that are missing are taken, in order`, (t) => {
    const db = database(t);
    migrate(db, STEPS.slice(0, from));
    migrate(db, STEPS);
    migrate(db, STEPS);
    assert.deepEqual([versionOf(db), db.all('SELECT * FROM a').map((row) => ({ ...row }))], [3, [{ n: 1, m: 7 }, { n: 2, m: 8 }]]);
  });
}

test('a step that fails takes back the steps before it, and the version', (t) => {
  const db = database(t);
  migrate(db, STEPS.slice(0, 1));
  assert.throws(() => migrate(db, [...STEPS.slice(0, 2), 'INSERT INTO nowhere VALUES (1)']), /nowhere/);
  assert.deepEqual([versionOf(db), db.all('SELECT * FROM a').map((row) => ({ ...row }))], [1, [{ n: 1 }]]);
  migrate(db, STEPS);
  assert.equal(versionOf(db), 3);
});

test('a store of a newer version is not touched', (t) => {
  const db = database(t);
  migrate(db, STEPS);
  assert.throws(() => migrate(db, STEPS.slice(0, 2)), { name: 'UserError', message: /^The store is of version 3, newer than this program knows \(2\)\. Update / });
  assert.equal(versionOf(db), 3);
});

test('of two that open an old store at once one takes the steps, and the other finds them taken', (t) => {
  const file = path.join(tempFolder(t), 'store.sqlite');
  const one = database(t, file);
  const other = database(t, file);
  migrate(one, STEPS.slice(0, 1));
  assert.equal(versionOf(other), 1);
  migrate(one, STEPS);
  migrate(other, STEPS);
  assert.equal(other.all('SELECT * FROM a').length, 2);
});

function openFixture(t: Owner): Store {
  const home = tempFolder(t);
  const old = new Database(path.join(home, 'store.sqlite'), 'normal');
  old.exec(fs.readFileSync(FIXTURE, 'utf8'));
  assert.equal(versionOf(old), 1);
  old.close();
  const { database: opened, notice } = openDatabase(home, 'normal', 1);
  assert.deepEqual([notice, versionOf(opened)], [undefined, MIGRATIONS.length]);
  const store = new Store(opened);
  t.after(() => store.close());
  return store;
}

test('the fixture of the first version is what the first step makes', (t) => {
  const [fresh, fixture] = [database(t), database(t)];
  fresh.exec(MIGRATIONS[0]!);
  fixture.exec(fs.readFileSync(FIXTURE, 'utf8'));
  const schema = (db: Database): string[] => db.all(`SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name`).map((row) => String(row.sql).replaceAll(/\s+/g, ' '));
  assert.deepEqual(schema(fixture), schema(fresh));
});

test('each task of a store of the first version is what it was', (t) => {
  const store = openFixture(t);
  const tasks = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((id) => store.tasks.get(taskId(id))!);
  assert.deepEqual(tasks.map(({ spec, state }) => [spec.name, state]), [
    ['done', { status: 'finished', outcome: { type: 'succeeded' }, finishedAt: 1738310410000 }],
    ['broken', { status: 'finished', outcome: { type: 'failed', reason: 'exit', code: 1 }, finishedAt: 1738310420000 }],
    ['at work', { status: 'running', run: 4, startedAt: 1738310411000 }],
    ['being stopped', { status: 'stopping', run: 5, startedAt: 1738310412000, cause: { type: 'timeout', afterMs: 5000 } }],
    ['just claimed', { status: 'starting', run: 6, claimedAt: 1738310413000 }],
    ['next', { status: 'queued', held: false, readyAt: 1738310400000 }],
    ['kept back', { status: 'queued', held: true, readyAt: 1738310400000 }],
    ['for later', { status: 'queued', held: false, readyAt: 1893484800000 }],
    ['downstream', { status: 'queued', held: false, readyAt: 1738310400000 }],
  ]);
  assert.deepEqual(tasks.map(({ spec }) => spec.work.kind), ['script', 'command', 'blender', 'function', 'command', 'command', 'command', 'command', 'command']);
  assert.deepEqual([tasks[1]!.spec.priority, tasks[1]!.attempts, tasks[2]!.spec.expect, tasks[8]!.unmet], [1, 2, { type: 'exit', code: 3 }, 1]);
});

test('so are its runs, locks, engines, settings, counts and batches', (t) => {
  const store = openFixture(t);
  assert.deepEqual(store.runs.active().map(({ id, task, engine, position }) => ({ id, task, engine, position })).sort((a, b) => a.id - b.id), [
    { id: 4, task: 3, engine: 1, position: 0 }, { id: 5, task: 4, engine: undefined, position: 0 }, { id: 6, task: 5, engine: 1, position: 0 },
  ]);
  assert.equal(store.runs.ofTask(taskId(2))[1]?.signal, 'SIGKILL');
  assert.deepEqual(store.inTheWay([{ holder: holderOfTask(taskId(6)), position: 0, claims: store.claims.of(taskId(6)) }]), [
    { key: '/lab/data.json', glob: '', path: '/lab/data.json', mode: 'write', holder: 3, who: { type: 'task', id: 3, name: 'at work' }, since: 1738310411000 },
  ]);
  assert.deepEqual(store.engines.all(), [{ id: 1, pid: 4711, pidStart: '123456', boot: 'boot-1 pid:[1]', kind: 'window', roots: ['/lab'], runsTasks: true, hasTerminals: true, heartbeatAt: 1738310400000 }]);
  assert.deepEqual([store.settings.pausedRoots(), store.settings.limits()?.total], [['/lab/quiet'], 4]);
  assert.deepEqual(store.counts.of(['/lab']), { running: 3, waiting: 3, scheduled: 1, finished: 2, failed: 1 });
  assert.deepEqual(store.batches.latest(['/lab'], 5), [{ id: 1, name: 'Sweep', workspace: '/lab', submittedAt: 1738310400000, total: 9, finished: 2, failed: 1, wallMs: undefined }]);
  assert.deepEqual([store.revision(), store.removals()], [7, 1]);
});

test('and work goes on in it', (t) => {
  const store = openFixture(t);
  assert.deepEqual(store.tasks.startable('/lab', 'utility', 9, false).map(({ id }) => id), [6]);
  assert.equal(store.tasks.nextTimed(), 1893484800000);
  const id = store.write(() => store.tasks.insert({ spec: sampleSpec(), workspace: '/lab', batch: batchId(1), unmet: 0 }, 5));
  assert.deepEqual([id, store.revision()], [10, 8]);
});
