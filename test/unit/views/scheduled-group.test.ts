import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheduleId } from '../../../src/core/model/ids.ts';
import type { ScheduleView } from '../../../src/core/model/schedules/schedule-view.ts';
import type { MoreNode } from '../../../src/views/tasks/more-node.ts';
import { TreeModel } from '../../../src/views/tasks/tree-model.ts';
import { NOW, sampleTask } from '../present/sample-task.ts';
import { ManualClock } from './manual-clock.ts';
import { TasksInMemory } from './tasks-in-memory.ts';
import { nodeAt, treeText } from './tree-text.ts';

const MINUTE = 60_000;

function due(id: number, at: number): ScheduleView {
  return {
    schedule: { id: scheduleId(id), workspace: '/w', name: `Sweep ${id}`, rule: { type: 'daily', time: 510 }, timeZone: 'UTC', missed: 'once', overlap: 'skip', paused: false, source: { type: 'person' }, request: { tasks: [], confine: true } },
    state: { type: 'due', at }, isServed: true, runs: [],
  };
}

function harness(...dues: readonly ScheduleView[]) {
  const later = sampleTask({ id: 1, batch: 1, spec: { name: 'Report' }, wait: { type: 'schedule', until: NOW + 20 * MINUTE } });
  const source = new TasksInMemory([later]);
  source.schedule(...dues);
  const clock = new ManualClock(NOW);
  const model = new TreeModel({ source, clock, roots: () => ['/w'], locale: 'en', onError: assert.ifError });
  const redraws: string[] = [];
  model.onDidRedraw((redraw) => redraws.push(redraw === 'all' ? 'all' : redraw.map(({ face }) => `${face.label} ${face.description}`).join(', ')));
  model.setVisible(true);
  return { source, clock, model, redraws };
}

test('what is due next stands among the tasks for later, the next first', async () => {
  const { model } = harness(due(1, NOW + 5 * MINUTE), due(2, NOW + 60 * MINUTE));
  assert.deepEqual(await treeText(model), [
    'Scheduled | 1 · 2 schedules',
    '  Sweep 1 | in 5 min · every day at 08:30 (UTC)',
    '  Report | starts in 20 min',
    '  Sweep 2 | in 1 h · every day at 08:30 (UTC)',
  ]);
  assert.equal((await nodeAt(model, 'Scheduled', 'Sweep 1')).face.contextValue, 'schedule runnable pausable removable');
});

test('a few are shown, the others on demand', async () => {
  const { model } = harness(...[1, 2, 3, 4, 5, 6, 7].map((n) => due(n, NOW + n * MINUTE)));
  const rows = await treeText(model);
  assert.deepEqual([rows.length, rows.at(-1)], [8, '  Show 2 More… | 2 schedules not shown']);
  await model.showMore((await nodeAt(model, 'Scheduled', 'Show 2 More…')) as MoreNode);
  assert.equal((await treeText(model)).length, 9);
});

test('a row stays as its due time moves on and is drawn when it does, and else only as time passes', async () => {
  const { model, source, clock, redraws } = harness(due(1, NOW + 5 * MINUTE), due(2, NOW + 60 * MINUTE));
  await treeText(model);
  const before = await nodeAt(model, 'Scheduled', 'Sweep 1');
  source.schedule(due(1, NOW + 5 * MINUTE), due(2, NOW + 60 * MINUTE));
  await clock.advance(250);
  assert.equal(redraws.length, 0, 'nothing that is seen has changed');
  source.schedule(due(1, NOW + 15.5 * MINUTE), due(2, NOW + 60 * MINUTE));
  await clock.advance(250);
  assert.deepEqual(redraws.splice(0), ['Sweep 1 in 15 min · every day at 08:30 (UTC)']);
  assert.equal(await nodeAt(model, 'Scheduled', 'Sweep 1'), before);
  await clock.advance(MINUTE + 10_000);
  assert.ok(redraws.length > 0 && redraws.every((redraw) => redraw !== 'all' && !redraw.startsWith('Scheduled')), redraws.join('; '));
});

test('without a task for later the group is there for schedules alone, and goes with the last of them', async () => {
  const { model, source, clock } = harness(due(1, NOW + 5 * MINUTE));
  await treeText(model);
  source.clear();
  await clock.advance(250);
  assert.deepEqual((await treeText(model))[0], 'Scheduled | 1 schedule');
  source.schedule();
  await clock.advance(250);
  assert.deepEqual(await treeText(model), []);
});
