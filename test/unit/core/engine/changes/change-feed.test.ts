import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { systemClock } from '../../../../../src/core/base/clock.ts';
import { Bell } from '../../../../../src/core/engine/changes/bell.ts';
import { ChangeFeed } from '../../../../../src/core/engine/changes/change-feed.ts';
import type { ChangeNotice } from '../../../../../src/core/engine/engine-port.ts';
import { MemoryStore } from '../../../../support/memory-store.ts';
import { tempFolder } from '../../../../support/temp-folder.ts';
import { ManualClock } from '../../../views/manual-clock.ts';

/** Two engines' views of one store, as two processes have them. */
function setting(t: Parameters<typeof tempFolder>[0]) {
  const home = tempFolder(t);
  const file = path.join(home, 'store.sqlite');
  const clock = new ManualClock();
  const [own, other] = [new MemoryStore(t, file), new MemoryStore(t, file)];
  const feed = new ChangeFeed(own.store, home, clock, own.log);
  t.after(() => feed.dispose());
  const notices: ChangeNotice[] = [];
  feed.onDidChange((notice) => notices.push(notice));
  return { home, clock, own, other, feed, notices };
}

test('own commits are told a moment later, together and by number', async (t) => {
  const { clock, own, feed, notices } = setting(t);
  const ids = [own.add(), own.add()];
  feed.committed();
  own.run(ids[0]!);
  feed.committed();
  await clock.advance(39);
  assert.deepEqual(notices, []);
  await clock.advance(1);
  assert.deepEqual(notices.map(({ revision, tasks }) => ({ revision, tasks: tasks && [...tasks].sort() })), [{ revision: own.store.revision(), tasks: ids }]);
  feed.committed();
  await clock.advance(100);
  assert.equal(notices.length, 1, 'what changed nothing is not told');
});

test('too many changes are not named, nor are any when tasks went away', async (t) => {
  const { clock, own, feed, notices } = setting(t);
  own.store.write(() => {
    for (let n = 0; n < 501; n++) own.add();
  });
  feed.committed();
  await clock.advance(40);
  const gone = own.add();
  own.finish(gone);
  own.store.write(() => {
    own.ledger.forget(own.task(gone));
    own.store.markRemoved();
  });
  feed.committed();
  await clock.advance(40);
  own.store.write(() => own.store.markChanged());
  feed.committed();
  await clock.advance(40);
  assert.deepEqual(notices.map(({ tasks }) => tasks), [undefined, undefined, []]);
});

test('a commit of another process is heard without being told of, and told on', async (t) => {
  const { clock, own, other, feed, notices } = setting(t);
  const heard = new Promise<void>((resolve) => feed.onDidForeignCommit(resolve));
  const id = other.add();
  await heard;
  await clock.advance(40);
  assert.deepEqual(notices, [{ revision: own.store.revision(), tasks: [id] }]);
});

test('the bell of one is heard by another, at once', async (t) => {
  const home = tempFolder(t);
  const [one, other] = [new Bell(home), new Bell(home)];
  const heard = new Promise<void>((resolve) => {
    const listening = other.onRing(() => resolve());
    t.after(() => listening.dispose());
  });
  one.ring();
  await heard;
});

test('a bell that is gone breaks nothing', (t) => {
  const home = tempFolder(t);
  const bell = new Bell(home);
  fs.rmSync(path.join(home, 'bell'));
  bell.ring();
  bell.onRing(() => undefined).dispose();
});

test('after its end a feed tells nothing more', async (t) => {
  const { clock, own, feed, notices } = setting(t);
  own.add();
  feed.committed();
  feed.dispose();
  await clock.advance(1000);
  assert.deepEqual([notices, clock.pending], [[], 0]);
});

test('the system\'s clock does what it says: later, never after a cancel, and not before all that is longer than a timer can be', async () => {
  const acted: string[] = [];
  const before = systemClock.now();
  systemClock.after(0, () => acted.push('cancelled'))();
  const cancelLong = systemClock.after(2 ** 40, () => acted.push('too early'));
  await new Promise<void>((resolve) => systemClock.after(-5, resolve));
  // Timers keep no process alive; this one is waited for.
  await new Promise<void>((resolve) => {
    const alive = setTimeout(() => undefined, 1000);
    systemClock.after(10, () => {
      clearTimeout(alive);
      resolve();
    });
  });
  cancelLong();
  assert.deepEqual([acted, systemClock.now() >= before], [[], true]);
});
