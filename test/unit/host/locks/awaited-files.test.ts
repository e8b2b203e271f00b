import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FileUse } from '../../../../src/core/engine/engine-port.ts';
import { AwaitedFiles } from '../../../../src/host/locks/awaited-files.ts';
import { LockWatch } from '../../../../src/host/locks/lock-watch.ts';
import { FakeEngine } from '../../../support/fake-engine.ts';
import { ManualClock, settled } from '../../views/manual-clock.ts';
import { OWN_EDITOR, reading, SWEEP, use } from './file-use.ts';

const fail = (error: unknown): never => assert.fail(String(error));

function world(kept?: unknown, uses: readonly FileUse[] = []) {
  const engine = new FakeEngine();
  engine.use(uses);
  const clock = new ManualClock(engine.now);
  const watch = new LockWatch(engine, clock, fail);
  const told: string[] = [];
  const memory = { kept, get: () => memory.kept, update: (_key: string, value: unknown) => Promise.resolve(void (memory.kept = value)) };
  const awaited = new AwaitedFiles({ watch, engine, memory, tell: (files) => told.push(files.join(' ')), onError: fail });
  const now = (...next: FileUse[]): Promise<void> => {
    engine.use(next);
    return clock.advance(100);
  };
  return { awaited, told, memory, now };
}

test('that a file is free is told once', async () => {
  const { awaited, told, now } = world();
  await now(use('/lab/a', [SWEEP]), use('/lab/b', [SWEEP]));
  awaited.add('/lab/a');
  await now(use('/lab/a', [reading(SWEEP)]), use('/lab/b', [SWEEP]));
  assert.deepEqual(told, []);
  await now(use('/lab/b', [SWEEP]));
  await now(use('/lab/a', [SWEEP]), use('/lab/b', [SWEEP]));
  await now();
  assert.deepEqual([told, awaited.all], [['/lab/a'], []]);
});

test('files that become free together are told together', async () => {
  const { awaited, told, now } = world();
  await now(use('/lab/a', [SWEEP]), use('/lab/b', [SWEEP]));
  awaited.add('/lab/a');
  awaited.add('/lab/b');
  await now();
  assert.deepEqual(told, ['/lab/a /lab/b']);
});

test('a folder held above a file keeps it in use, the unsaved changes of this window do not', async () => {
  const { awaited, told, now } = world();
  await now(use('/lab', [SWEEP]));
  awaited.add('/lab/a');
  await now(use('/lab', [SWEEP]), use('/lab/a', [OWN_EDITOR]));
  assert.deepEqual(told, []);
  await now(use('/lab/a', [OWN_EDITOR]));
  assert.deepEqual(told, ['/lab/a']);
});

test('a wish that is taken back is not told', async () => {
  const { awaited, told, now } = world();
  await now(use('/lab/a', [SWEEP]));
  awaited.add('/lab/a');
  awaited.delete('/lab/a');
  await now();
  assert.deepEqual(told, []);
});

test('a reload keeps what is awaited, and what became free meanwhile is told', async () => {
  const { awaited, told, memory, now } = world(['/lab/a', '/lab/b'], [use('/lab/b', [SWEEP])]);
  await settled();
  assert.deepEqual([told, awaited.all, memory.kept], [['/lab/a'], ['/lab/b'], ['/lab/b']]);
  await now(use('/lab/b', [SWEEP]));
  await now();
  assert.deepEqual(told, ['/lab/a', '/lab/b']);
});

test('what is kept may be anything', async () => {
  const { awaited, told } = world({ files: 3 });
  await settled();
  assert.deepEqual([told, awaited.all], [[], []]);
});
