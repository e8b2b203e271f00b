import assert from 'node:assert/strict';
import { test } from 'node:test';
import { followTasks, type FollowOptions } from '../../../src/cli/follow/follow-tasks.ts';
import type { Progress } from '../../../src/cli/follow/progress.ts';
import type { BoardEvent, TaskBoard } from '../../../src/cli/follow/task-board.ts';
import { Emitter } from '../../../src/core/base/emitter.ts';
import type { InterruptSignal } from '../../../src/cli/exit-code.ts';
import type { TaskId } from '../../../src/core/model/ids.ts';
import { FakeEngine } from '../../support/fake-engine.ts';
import { ManualClock, settled } from '../views/manual-clock.ts';

class RecordedProgress implements Progress {
  readonly interval: number | undefined;
  readonly told: string[] = [];
  looks = 0;
  ended = 0;

  constructor(interval?: number) {
    this.interval = interval;
  }

  show(_board: TaskBoard, events: readonly BoardEvent[]): void {
    this.looks++;
    this.told.push(...events.map(({ type, view }) => `${type} ${view.task.id}`));
  }

  end(): void {
    this.ended++;
  }
}

function following(engine: FakeEngine, ids: readonly TaskId[], given: Partial<FollowOptions> = {}, interval?: number) {
  const clock = new ManualClock();
  const signals = new Emitter<InterruptSignal>();
  const progress = new RecordedProgress(interval);
  const followed = followTasks(engine, ids, { world: { clock, onInterrupt: (listener) => signals.event(listener) }, progress, cancelOnInterrupt: false, isTerminalTaken: () => false, ...given });
  return { clock, signals, progress, followed };
}

void test('following ends when the last task has ended, and listens to nothing more', async () => {
  const engine = new FakeEngine();
  const ids = [engine.add(), engine.add()];
  const { progress, followed, signals } = following(engine, ids);
  await settled();
  engine.start(ids[0]!);
  await settled();
  engine.end(ids[0]!);
  engine.start(ids[1]!);
  await settled();
  engine.end(ids[1]!, { type: 'failed', reason: 'exit', code: 1 });
  const { board, signal } = await followed;
  assert.deepEqual(progress.told, ['started 1', 'ended 1', 'started 2', 'ended 2']);
  assert.deepEqual([board.unexpected, signal, progress.ended, engine.changes.size, engine.terminals.size, signals.size], [1, undefined, 1, 0, 0, 0]);
});

for (const [lasts, end] of [[20, 'goes on'], [60, 'is told']] as const) {
  void test(`a store that cannot be read for ${lasts} seconds ${end}`, async () => {
    const engine = new FakeEngine();
    const id = engine.add();
    const { clock, progress, followed } = following(engine, [id]);
    const outcome = followed.then(({ board }) => board.isOver, (error: unknown) => String(error));
    await settled();
    await clock.advance(3_600_000);
    const look = engine.views.bind(engine);
    engine.views = () => Promise.reject(Object.assign(new Error('disk I/O error'), { errcode: 10 }));
    engine.end(id);
    for (let second = 0; second < lasts; second++) await clock.advance(1000);
    engine.views = look;
    await clock.advance(1000);
    assert.deepEqual([await outcome, progress.told, clock.pending, engine.changes.size], end === 'goes on' ? [true, ['ended 1'], 0, 0] : ['Error: disk I/O error', [], 0, 0]);
  });
}

void test('a change during a look is not missed', async () => {
  const engine = new FakeEngine();
  const id = engine.add();
  const look = engine.views.bind(engine);
  engine.views = async (ids) => {
    const seen = await look(ids);
    if (engine.get(id).task.state.status === 'queued') {
      engine.start(id);
      engine.end(id);
    }
    return seen;
  };
  const { followed, progress } = following(engine, [id]);
  await followed;
  assert.deepEqual(progress.told, ['started 1', 'ended 1']);
});

void test('a change that names nobody, and tasks that are taken away, are both noticed', async () => {
  const engine = new FakeEngine();
  const ids = [engine.add(), engine.add()];
  const { followed } = following(engine, ids);
  await settled();
  engine.remove(ids[0]!);
  await settled();
  engine.start(ids[1]!);
  engine.end(ids[1]!);
  const { board } = await followed;
  assert.deepEqual([board.forgotten, board.finished], [1, 2]);
});

void test('a signal leaves the tasks as they are', async () => {
  const engine = new FakeEngine();
  const ids = [engine.add(), engine.add()];
  const { followed, signals } = following(engine, ids);
  engine.start(ids[0]!);
  await settled();
  signals.fire('SIGTERM');
  const { board, signal } = await followed;
  assert.deepEqual([signal, board.running.length, board.waiting.length, engine.orders], ['SIGTERM', 1, 1, []]);
});

void test('asked to cancel, the first Ctrl-C cancels and the end is awaited', async () => {
  const engine = new FakeEngine();
  const ids = [engine.add(), engine.add()];
  const { followed, signals } = following(engine, ids, { cancelOnInterrupt: true });
  engine.start(ids[0]!);
  await settled();
  signals.fire('SIGINT');
  const { board, signal } = await followed;
  assert.deepEqual([signal, board.isOver, engine.orders], ['SIGINT', true, ['cancel 1 2']]);
});

void test('the second Ctrl-C leaves even so', async () => {
  const engine = new FakeEngine();
  const id = engine.add();
  engine.cancel = () => Promise.resolve({ done: [id], refused: [] });
  const { followed, signals } = following(engine, [id], { cancelOnInterrupt: true });
  engine.start(id);
  await settled();
  signals.fire('SIGINT');
  await settled();
  signals.fire('SIGINT');
  assert.equal((await followed).board.isOver, false);
});

void test('Ctrl-C belongs to the task that has the terminal', async () => {
  const engine = new FakeEngine();
  const id = engine.add();
  const { followed, signals } = following(engine, [id], { isTerminalTaken: () => true });
  await settled();
  signals.fire('SIGINT');
  await settled();
  engine.start(id);
  engine.end(id);
  assert.deepEqual((await followed).signal, undefined);
});

void test('figures are looked at anew at every tick, and no more once it is over', async () => {
  const engine = new FakeEngine();
  const id = engine.add();
  const { followed, clock, progress } = following(engine, [id], {}, 250);
  engine.start(id);
  await clock.advance(0);
  const before = progress.looks;
  await clock.advance(1000);
  assert.equal(progress.looks - before, 4);
  engine.end(id);
  await followed;
  assert.equal(clock.pending, 0);
});

void test('when all is over, it goes on with what came in meanwhile', async () => {
  const engine = new FakeEngine();
  const first = engine.add();
  const second = engine.add();
  const later = [second];
  const { followed, progress } = following(engine, [first], { more: () => Promise.resolve(later.splice(0)) });
  await settled();
  engine.start(first);
  engine.end(first);
  await settled();
  engine.start(second);
  await settled();
  engine.end(second);
  const { board } = await followed;
  assert.deepEqual([progress.told.at(-1), board.total], ['ended 2', 2]);
});
