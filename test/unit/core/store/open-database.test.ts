import assert from 'node:assert/strict';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { UserError } from '../../../../src/core/base/user-error.ts';
import { MIGRATIONS } from '../../../../src/core/store/migrations.ts';
import { openDatabase, type Opened } from '../../../../src/core/store/open-database.ts';
import { Store } from '../../../../src/core/store/store.ts';
import { sampleSpec } from '../../../support/sample-spec.ts';
import { SeededRandom, seedFor } from '../../../support/seeded-random.ts';
import type { OpeningOrder } from '../../../support/store/opening-worker.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

const NOW = Date.UTC(2030, 0, 31, 8);
const ASIDE = 'store.sqlite.damaged-2030-01-31T08-00-00-000Z';

type Owner = Parameters<typeof tempFolder>[0];

function open(t: Owner, home: string, durability: 'normal' | 'full' = 'normal'): Opened & { readonly store: Store } {
  const opened = openDatabase(home, durability, NOW);
  let isOpen = true;
  const close = opened.database.close.bind(opened.database);
  opened.database.close = () => {
    if (isOpen) close();
    isOpen = false;
  };
  t.after(() => opened.database.close());
  return { ...opened, store: new Store(opened.database) };
}

/** A state folder with a store of many tasks, closed. */
function filled(t: Owner, tasks = 400, size = 50): { readonly home: string; readonly file: string } {
  const home = tempFolder(t);
  const { store } = open(t, home);
  store.write(() => {
    const batch = store.batches.insert('/lab', 'many', 1);
    for (let n = 0; n < tasks; n++) store.tasks.insert({ spec: sampleSpec({ name: `task ${n}`, args: ['x'.repeat(size)] }), workspace: '/lab', batch, unmet: 0 }, 1000 + n);
  });
  store.close();
  return { home, file: path.join(home, 'store.sqlite') };
}

test('a new state folder gets a store, places for runs and logs, and no other reader', (t) => {
  const home = path.join(tempFolder(t), 'deep', 'state');
  const { database, notice } = open(t, home);
  assert.equal(notice, undefined);
  assert.equal(Number(database.get('PRAGMA user_version')!.user_version), MIGRATIONS.length);
  assert.equal(database.get('PRAGMA journal_mode')!.journal_mode, 'wal');
  assert.deepEqual(fs.readdirSync(home).filter((name) => !name.startsWith('store')), ['logs', 'runs']);
  if (process.platform !== 'win32') assert.equal(fs.statSync(home).mode & 0o777, 0o700);
});

test('a store that many open and close at once, while it is made and later, is open to all', async (t) => {
  const OPENERS = 4;
  const folder = tempFolder(t);
  const homes = Array.from({ length: 40 }, (_, n) => path.join(folder, String(n >> 1)));
  const order: OpeningOrder = { homes, there: new Int32Array(new SharedArrayBuffer(4 * homes.length)), openers: OPENERS };
  const workers = Array.from({ length: OPENERS }, () => new Worker(new URL('../../../support/store/opening-worker.ts', import.meta.url), { workerData: order }));
  const problems = await Promise.all(workers.map(async (worker) => (await once(worker, 'message')) as [string[]]));
  assert.deepEqual(problems.flat(2), []);
});

test('a folder that others could read is closed to them', { skip: process.platform === 'win32' }, (t) => {
  const home = tempFolder(t);
  fs.chmodSync(home, 0o755);
  open(t, home);
  assert.equal(fs.statSync(home).mode & 0o777, 0o700);
});

test('a store keeps what was written, and takes both grades of durability', (t) => {
  const { home } = filled(t);
  const { store, database, notice } = open(t, home, 'full');
  assert.deepEqual([notice, store.counts.of(['/lab']).waiting, database.get('PRAGMA synchronous')!.synchronous], [undefined, 400, 2]);
  assert.equal(open(t, home).database.get('PRAGMA synchronous')!.synchronous, 1);
});

test('a store of a newer version is refused, and stays as it is', (t) => {
  const { home, file } = filled(t);
  const newer = open(t, home).database;
  newer.exec(`PRAGMA user_version = ${MIGRATIONS.length + 3}`);
  newer.close();
  const before = fs.readFileSync(file);
  assert.throws(() => openDatabase(home, 'normal', NOW), (error) => {
    assert.ok(error instanceof UserError);
    assert.equal(error.message, `The store is of version ${MIGRATIONS.length + 3}, newer than this program knows (${MIGRATIONS.length}). Update Parallel Workflow, or choose another state folder with PARALLEL_WORKFLOW_HOME.`);
    return true;
  });
  assert.deepEqual(fs.readFileSync(file), before);
  assert.deepEqual(fs.readdirSync(home).filter((name) => name.includes('damaged')), []);
});

const PAGE = 4096;

function overwrite(file: string, at: number, bytes: Uint8Array): void {
  const descriptor = fs.openSync(file, 'r+');
  fs.writeSync(descriptor, bytes, 0, bytes.length, at);
  fs.closeSync(descriptor);
}

const DAMAGES: Readonly<Record<string, (file: string, random: SeededRandom) => void>> = {
  'random bytes': (file, random) => fs.writeFileSync(file, noise(random, 9000)),
  'some other file': (file) => fs.writeFileSync(file, '{ "tasks": [] }'.repeat(100)),
  'only its first page': (file) => fs.truncateSync(file, PAGE),
  'half of its pages': (file) => fs.truncateSync(file, Math.floor(fs.statSync(file).size / 2 / PAGE) * PAGE),
  'a part of a page at its end': (file) => fs.truncateSync(file, fs.statSync(file).size - PAGE - 100),
  'noise over its schema': (file, random) => overwrite(file, 100, noise(random, 3000)),
  'noise over pages in its middle': (file, random) => overwrite(file, PAGE * random.between(20, 40), noise(random, PAGE * 3)),
  'zeros over pages in its middle': (file, random) => overwrite(file, PAGE * random.between(20, 40), new Uint8Array(PAGE * 2)),
};

for (const [name, damage] of Object.entries(DAMAGES)) {
  test(`a store with ${name} is set aside as it is, and told of; a new one begins`, (t) => {
    const { home, file } = filled(t);
    damage(file, new SeededRandom(seedFor(t)));
    const damaged = fs.readFileSync(file);
    const { store, notice } = open(t, home);
    assert.match(notice ?? 'no notice', new RegExp(`^The store ${file.replaceAll('.', '\\.')} was damaged \\(.+\\)\\. It was set aside as ${path.join(home, ASIDE).replaceAll('.', '\\.')}; the queue starts empty\\. Logs of earlier runs are still in ${path.join(home, 'runs')}\\.$`));
    assert.deepEqual(fs.readFileSync(path.join(home, ASIDE)), damaged);
    assert.deepEqual(store.counts.workspaces(), []);
    store.write(() => store.tasks.insert({ spec: sampleSpec(), workspace: '/lab', batch: store.batches.insert('/lab', 'x', 1), unmet: 0 }, 1));
    assert.equal(store.counts.of(['/lab']).waiting, 1);
    store.close();
    assert.equal(open(t, home).notice, undefined);
  });
}

function noise(random: SeededRandom, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => random.between(0, 255));
}

test('what was still in the journal of a damaged store is set aside too', (t) => {
  const { home, file } = filled(t);
  const { store } = open(t, home);
  store.write(() => store.settings.setPaused('/precious', true));
  const copy = tempFolder(t);
  for (const name of ['store.sqlite', 'store.sqlite-wal']) fs.copyFileSync(path.join(home, name), path.join(copy, name));
  assert.ok(!fs.readFileSync(file).includes('/precious'), 'it is only in the journal');
  overwrite(path.join(copy, 'store.sqlite'), 0, new Uint8Array(PAGE));
  overwrite(path.join(copy, 'store.sqlite'), PAGE * 8, new Uint8Array(PAGE * 10));
  const { notice } = open(t, copy);
  assert.match(notice ?? 'no notice', /was damaged/);
  const aside = fs.readdirSync(copy).filter((name) => name.startsWith(ASIDE));
  assert.ok(aside.some((name) => fs.readFileSync(path.join(copy, name)).includes('/precious')), aside.join());
});

test('a large store is not read through at each opening; once it is found damaged it is at the next', (t) => {
  const { home, file } = filled(t, 4000, 3000);
  assert.ok(fs.statSync(file).size > 8 * 2 ** 20);
  // Damages what is only read when somebody looks at the tasks.
  const first = open(t, home);
  const root = Number(first.database.get(`SELECT rootpage AS page FROM sqlite_schema WHERE name = 'tasks'`)!.page);
  first.store.close();
  overwrite(file, (root - 1) * PAGE, new Uint8Array(PAGE));
  const unaware = open(t, home);
  assert.equal(unaware.notice, undefined);
  assert.throws(() => unaware.store.tasks.page('waiting', ['/lab'], 0, 10), /malformed/);
  unaware.store.close();
  const { notice, store } = open(t, home);
  assert.match(notice ?? 'no notice', /was damaged/);
  assert.deepEqual(store.counts.workspaces(), []);
  store.close();
  assert.equal(open(t, home).notice, undefined);
});

test('a large store that was suspected without reason goes on', (t) => {
  const { home, file } = filled(t, 4000, 3000);
  fs.writeFileSync(`${file}.suspect`, '');
  const { notice, store } = open(t, home);
  assert.deepEqual([notice, store.counts.of(['/lab']).waiting, fs.existsSync(`${file}.suspect`)], [undefined, 4000, false]);
});

const UNUSABLE: Readonly<Record<string, (folder: string) => string>> = {
  'below a file': (folder) => path.join(folder, 'file', 'state'),
  'that is a file': (folder) => path.join(folder, 'file'),
  'whose place for runs is a file': (folder) => path.join(folder, 'odd'),
};
for (const [name, place] of Object.entries(UNUSABLE)) {
  test(`a state folder ${name} cannot be used, which is told with the way out`, (t) => {
    const folder = tempFolder(t);
    fs.writeFileSync(path.join(folder, 'file'), 'mine');
    fs.mkdirSync(path.join(folder, 'odd'));
    fs.writeFileSync(path.join(folder, 'odd', 'runs'), 'mine');
    const home = place(folder);
    assert.throws(() => openDatabase(home, 'normal', NOW), (error) => {
      assert.ok(error instanceof UserError, String(error));
      assert.ok(error.message.startsWith(`The state folder ${home} cannot be used: `), error.message);
      assert.ok(error.message.endsWith('Make it writable, or choose another folder with PARALLEL_WORKFLOW_HOME.'), error.message);
      return true;
    });
    assert.equal(fs.readFileSync(path.join(folder, 'file'), 'utf8'), 'mine');
  });
}

test('a store that is a folder cannot be used, and is left alone', (t) => {
  const home = tempFolder(t);
  fs.mkdirSync(path.join(home, 'store.sqlite'));
  assert.throws(() => openDatabase(home, 'normal', NOW), { name: 'UserError', message: /^The state folder .* cannot be used: / });
  assert.ok(fs.statSync(path.join(home, 'store.sqlite')).isDirectory());
});

test('a state folder without write permission cannot be used', { skip: process.platform === 'win32' || process.getuid?.() === 0 ? 'nothing is forbidden to this user' : false }, (t) => {
  const home = tempFolder(t);
  fs.chmodSync(home, 0o500);
  const below = path.join(home, 'state');
  assert.throws(() => openDatabase(below, 'normal', NOW), { name: 'UserError', message: /EACCES/ });
});

test('a full disk is told as one, and nothing is half-done', (t) => {
  const { home } = filled(t, 10);
  const { database, store } = open(t, home);
  database.exec(`PRAGMA max_page_count = ${Number(database.get('PRAGMA page_count')!.page_count) + 2}`);
  const before = [store.revision(), store.counts.of(['/lab'])];
  assert.throws(
    () => store.write(() => {
      const batch = store.batches.insert('/lab', 'large', 1);
      for (let n = 0; n < 100; n++) store.tasks.insert({ spec: sampleSpec({ args: ['x'.repeat(5000)] }), workspace: '/lab', batch, unmet: 0 }, 1);
    }),
    { name: 'UserError', message: new RegExp(`^The disk that holds .*store\\.sqlite is full; nothing was changed\\. Free some space`) },
  );
  assert.deepEqual([store.revision(), store.counts.of(['/lab'])], before);
  assert.deepEqual(store.batches.latest(['/lab'], 10).map(({ name }) => name), ['many']);
});
