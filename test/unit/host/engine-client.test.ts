import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UserError } from '../../../src/core/base/user-error.ts';
import { DEFAULT_OPTIONS, type EngineOptions } from '../../../src/core/engine/engine-options.ts';
import { EngineClient } from '../../../src/host/engine-client.ts';
import { RecordingLog } from '../../support/recording-log.ts';
import { ManualClock, settled } from '../views/manual-clock.ts';
import { FakeThread } from './fake-thread.ts';

interface World {
  readonly client: EngineClient;
  readonly threads: FakeThread[];
  readonly clock: ManualClock;
  readonly log: RecordingLog;
  readonly notices: unknown[];
  readonly failures: string[];
  /** What the engines opened from now on say instead of opening. */
  readonly refuse: (error: Error | undefined) => void;
  home: string;
}

function world(): World {
  const clock = new ManualClock();
  const log = new RecordingLog();
  const threads: FakeThread[] = [];
  const notices: unknown[] = [];
  const failures: string[] = [];
  let refusal: Error | undefined;
  const made: Partial<World> = { home: '/state' };
  const options = (): EngineOptions => ({ ...DEFAULT_OPTIONS, home: made.home!, kind: 'window', roots: [] });
  const client = new EngineClient(
    (given) => {
      const thread = new FakeThread(given, refusal);
      threads.push(thread);
      return thread;
    },
    options,
    log,
    clock,
  );
  client.onDidChange((notice) => notices.push(notice));
  client.onDidFail((error) => failures.push(error.message));
  return Object.assign(made, { client, threads, clock, log, notices, failures, refuse: (error: Error | undefined) => (refusal = error) }) as World;
}

/** Messages cross in both directions. */
async function exchange(): Promise<void> {
  for (let turn = 0; turn < 6; turn++) await settled();
}

test('the engine opens on the first call, once for many', async () => {
  const { client, threads } = world();
  assert.equal(threads.length, 0);
  const answers = await Promise.all([client.status([]), client.status([])]);
  assert.deepEqual(answers.map(({ home }) => home), ['/state', '/state']);
  assert.equal(threads.length, 1);
});

test('events of the engine are passed on', async () => {
  const { client, threads, notices } = world();
  await client.status([]);
  threads[0]!.changed.fire({ revision: 7, tasks: undefined });
  await exchange();
  assert.deepEqual(notices.at(-1), { revision: 7, tasks: undefined });
});

test('after a crash the pending call is rejected, the next waits for a new engine, and everything is to be read again', async () => {
  const { client, threads, clock, log, notices } = world();
  await client.status([]);
  const pending = client.machine();
  await exchange();
  threads[0]!.crash(new Error('out of memory'));
  await assert.rejects(pending, /out of memory/);
  const later = client.status([]);
  await exchange();
  assert.equal(threads.length, 1, 'it waits a little before the next start');
  notices.length = 0;
  await clock.advance(250);
  assert.equal((await later).home, '/state');
  assert.equal(threads.length, 2);
  assert.deepEqual(notices, [{ revision: 0, tasks: undefined }]);
  assert.match(log.lines.join('\n'), /error The engine stopped: out of memory/);
});

test('an engine that crashes again and again is started ever more rarely, and calls are told', async () => {
  const { client, threads, clock, failures } = world();
  const starts: number[] = [];
  client.open();
  for (let round = 0; round < 5; round++) {
    starts.push(clock.now());
    threads.at(-1)!.crash(new Error('broken'));
    await exchange();
    const known = threads.length;
    while (threads.length === known) await clock.advance(50);
  }
  assert.deepEqual(starts.map((at, index) => at - (starts[index - 1] ?? 0)), [0, 250, 500, 1000, 2000]);
  await exchange();
  assert.equal(failures.length, 1);
  assert.match(failures[0]!, /engine does not start: broken/);
});

test('an engine that says why it cannot open is told as it says, and is tried again', async () => {
  const { client, clock, refuse, failures } = world();
  refuse(new UserError('The state folder /state cannot be written.', 'Choose another.'));
  await assert.rejects(client.status([]), (error) => error instanceof UserError && error.message.includes('cannot be written'));
  await assert.rejects(client.status([]), /cannot be written/);
  assert.deepEqual(failures, ['The state folder /state cannot be written. Choose another.']);
  refuse(undefined);
  await clock.advance(250);
  await exchange();
  assert.equal((await client.status([])).home, '/state');
});

test('an engine that lost its state folder is told of once, closed, and followed by one that begins anew', async () => {
  const { client, threads, clock, failures } = world();
  await client.status([]);
  threads[0]!.homeLost.fire('The state folder /state is gone');
  await exchange();
  assert.deepEqual([failures, threads[0]!.closed], [['The state folder /state is gone'], true]);
  await clock.advance(250);
  await exchange();
  assert.equal((await client.status([])).home, '/state');
  assert.equal(threads.length, 2);
});

test('reopening closes the engine in order and opens one with the new options; calls meanwhile wait', async () => {
  const made = world();
  const { client, threads } = made;
  await client.status([]);
  made.home = '/other';
  const reopened = client.reopen();
  const answer = client.status([]);
  await reopened;
  assert.equal((await answer).home, '/other');
  assert.deepEqual(threads.map(({ closed }) => closed), [true, false]);
});

test('closing lets the engine let go, and refuses what comes later', async () => {
  const { client, threads, clock } = world();
  await client.status([]);
  await client.close();
  assert.equal(threads[0]!.closed, true);
  await assert.rejects(client.status([]), /closed/);
  await clock.advance(60_000);
  assert.equal(threads.length, 1);
});
