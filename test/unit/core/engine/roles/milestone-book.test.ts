import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TaskViews } from '../../../../../src/core/engine/tasks/task-views.ts';
import { DEFAULT_LIMITS } from '../../../../../src/core/model/limits.ts';
import type { Milestone } from '../../../../../src/core/model/roles/milestone.ts';
import { MemoryStore } from '../../../../support/memory-store.ts';
import { ManualClock } from '../../../views/manual-clock.ts';

const PAPER: Milestone = { name: 'Paper', tasks: ['sweep *'], tags: ['figures'] };
const TALK: Milestone = { name: 'Talk', tasks: ['plot'], tags: [] };

function lab(t: { after(clean: () => void): void }) {
  const memory = new MemoryStore(t);
  const views = new TaskViews(memory.store, new ManualClock(5000), () => DEFAULT_LIMITS);
  /** How many are done, and the others. */
  const found = (milestones: readonly Milestone[] = [PAPER], roots = ['/lab']) => views.ofMilestones(roots, milestones).map(({ done, rest }) => [done, rest.map(({ task }) => task.id)]);
  return { memory, found };
}

test('of each name the latest counts, whatever became of those before it', (t) => {
  const { memory, found } = lab(t);
  memory.finish(memory.add({ name: 'sweep 1' }), 2);
  memory.finish(memory.add({ name: 'sweep 1' }));
  memory.finish(memory.add({ name: 'sweep 2' }));
  const bad = memory.add({ name: 'sweep 2' });
  memory.finish(bad, 2);
  const waiting = memory.add({ name: 'sweep 3' }, { workspace: '/lab/below' });
  memory.add({ name: 'sweep 4' }, { workspace: '/elsewhere' });
  assert.deepEqual(found(), [[1, [bad, waiting]]]);
});

test('what was expected to fail is done when it has failed; what was called off or skipped is not', (t) => {
  const { memory, found } = lab(t);
  memory.finish(memory.add({ name: 'sweep 1', expect: { type: 'failed' } }), 2);
  const cancelled = memory.add({ name: 'sweep 2' });
  const skipped = memory.add({ name: 'sweep 3' });
  memory.store.write(() => {
    memory.ledger.apply(cancelled, { type: 'stopRequested', cause: { type: 'cancel' }, at: 2 }, 2);
    memory.ledger.apply(skipped, { type: 'skipped', outcome: { type: 'skipped', reason: 'missing-program', program: 'blender' }, at: 2 }, 2);
  });
  assert.deepEqual(found(), [[1, [cancelled, skipped]]]);
});

test('a task counts for each milestone that it belongs to, by its name or by its own tags', (t) => {
  const { memory, found } = lab(t);
  const tagged = memory.add({ name: 'plot', tags: ['figures'] });
  const plain = memory.add({ name: 'plot' });
  memory.add({ name: 'other', tags: ['figure'] });
  assert.deepEqual(found([PAPER, TALK]), [[0, [tagged]], [0, [plain]]]);
});

test('what changes, comes and goes after a look is seen by the next', (t) => {
  const { memory, found } = lab(t);
  const first = memory.add({ name: 'sweep 1' });
  assert.deepEqual(found(), [[0, [first]]]);
  memory.finish(first);
  const second = memory.add({ name: 'sweep 2' });
  assert.deepEqual(found(), [[1, [second]]]);
  memory.store.write(() => {
    memory.store.tasks.delete(first);
    memory.store.markRemoved();
  });
  assert.deepEqual(found(), [[0, [second]]]);
});
