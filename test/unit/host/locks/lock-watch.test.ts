import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { FileUse } from '../../../../src/core/engine/engine-port.ts';
import { LockWatch } from '../../../../src/host/locks/lock-watch.ts';
import { FakeEngine } from '../../../support/fake-engine.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { ManualClock, settled } from '../../views/manual-clock.ts';
import { BACKUP, OTHER_EDITOR, OWN_EDITOR, reading, SWEEP, use } from './file-use.ts';

const SOON = 100;

interface World {
  readonly engine: FakeEngine;
  readonly locks: LockWatch;
  readonly clock: ManualClock;
  readonly told: string[];
  readonly now: (...uses: FileUse[]) => Promise<void>;
}

function world(): World {
  const engine = new FakeEngine();
  const clock = new ManualClock(engine.now);
  const told: string[] = [];
  const locks = new LockWatch(engine, clock, (error) => told.push(String(error)));
  locks.onDidChange(() => told.push(locks.uses.map(({ path: file }) => file).join(' ')));
  const now = (...uses: FileUse[]): Promise<void> => {
    engine.use(uses);
    return clock.advance(SOON);
  };
  return { engine, locks, clock, told, now };
}

test('a change of what is in use is told once, and only when there is one', async () => {
  const { told, now } = world();
  await now(use('/lab/a', [SWEEP]));
  await now(use('/lab/a', [SWEEP]));
  await now(use('/lab/a', [{ ...SWEEP, since: SWEEP.since + 1 }]));
  await now(use('/lab/a', [{ ...SWEEP, since: SWEEP.since + 1 }], { waiters: [BACKUP] }));
  await now(use('/lab/a', [{ ...SWEEP, since: SWEEP.since + 1 }], { waiters: [BACKUP] }), use('/lab/b', [OWN_EDITOR]));
  await now();
  assert.deepEqual(told, ['/lab/a', '/lab/a', '/lab/a', '/lab/a /lab/b', '']);
});

test('a use covers its file, a folder all below it, a glob what it matches', async () => {
  const { locks, now } = world();
  const file = use('/lab/data/raw/a.csv', [SWEEP]);
  const folder = use('/lab/data', [reading(SWEEP)]);
  const glob = use('/lab/data', [BACKUP], { glob: 'raw/*.csv' });
  const whole = use('/', [reading(BACKUP)]);
  await now(file, folder, glob, whole);
  const found = ['/lab/data/raw/a.csv', '/lab/data/raw/a.txt', '/lab/data', '/lab/data2/raw/a.csv', '/'].map((name) => locks.usesOf(name));
  assert.deepEqual(found, [[file, folder, glob, whole], [folder, whole], [folder, whole], [whole], [whole]]);
});

test('a file has one identity, whatever path leads to it', async (t) => {
  const home = tempFolder(t);
  mkdirSync(path.join(home, 'real'));
  symlinkSync(path.join(home, 'real'), path.join(home, 'link'));
  const { locks, now } = world();
  await now(use(path.join(home, 'real', 'a'), [SWEEP]));
  assert.deepEqual(locks.writerOf(path.join(home, 'link', 'a')), SWEEP);
  assert.deepEqual(locks.writerOf(path.join(home, 'link', '..', 'real', 'a')), SWEEP);
  assert.equal(locks.writerOf(path.join(home, 'real', 'b')), undefined);
});

test('the writer is a task or a program that has the file to itself; no reader, no editor', async () => {
  const { locks, now } = world();
  await now(use('/lab/read', [reading(SWEEP)]), use('/lab/own', [OWN_EDITOR]), use('/lab/edited', [OTHER_EDITOR, SWEEP]), use('/lab/below', [BACKUP]), use('/lab/awaited', [], { waiters: [SWEEP] }));
  assert.deepEqual(['/lab/read', '/lab/own', '/lab/edited', '/lab/below/deep/file', '/lab/awaited'].map((file) => locks.writerOf(file)), [undefined, undefined, SWEEP, BACKUP, undefined]);
});

test('an engine that did not answer is asked again at its next notice; one that is slow is not asked twice at a time', async () => {
  const { engine, clock, told } = world();
  const answer = engine.filesInUse.bind(engine);
  engine.filesInUse = () => Promise.reject(new Error('no engine'));
  engine.use([use('/lab/a', [SWEEP])]);
  await clock.advance(SOON);
  let asked = 0;
  let reply = (): void => undefined;
  engine.filesInUse = async () => {
    asked++;
    await new Promise<void>((resolve) => (reply = resolve));
    return answer();
  };
  engine.use([use('/lab/b', [SWEEP])]);
  await clock.advance(SOON);
  engine.use([use('/lab/c', [SWEEP])]);
  await clock.advance(SOON);
  assert.equal(asked, 1);
  reply();
  await settled();
  assert.equal(asked, 2);
  reply();
  await settled();
  assert.deepEqual(told, ['Error: no engine', '/lab/c']);
});

test('a watch that was disposed tells nothing more', async () => {
  const { locks, told, now } = world();
  locks.dispose();
  await now(use('/lab/a', [SWEEP]));
  assert.deepEqual(told, []);
});
