import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeMilestone } from '../../../../src/core/milestones/describe-milestone.ts';
import { milestoneProgress, type ProgressFacts } from '../../../../src/core/milestones/milestone-progress.ts';
import { presentBlocker, presentMilestone } from '../../../../src/core/milestones/present-milestone.ts';
import { milestoneReport } from '../../../../src/core/milestones/milestone-report.ts';
import { readProgress } from '../../../../src/core/milestones/read-progress.ts';
import type { Milestone } from '../../../../src/core/model/roles/milestone.ts';
import type { ScriptStats } from '../../../../src/core/model/script-stats.ts';
import { FakeEngine } from '../../../support/fake-engine.ts';

const MINUTE = 60_000;
const PAPER: Milestone = { name: 'Paper', tasks: ['sweep *'], tags: ['figures'], due: '2030-01-31' };
const stats = (script: string, wallMedian: number): ScriptStats => ({ script, runs: 5, success: 1, wallMedian, wallP95: wallMedian, peakMemory: 0, cores: 1, trend: undefined, lastAt: 0 });

function lab() {
  const engine = new FakeEngine();
  engine.now = new Date(2030, 0, 31, 12).getTime();
  const facts = async (more: Partial<ProgressFacts> = {}): Promise<ProgressFacts> => ({ tasks: await engine.batchTasks(), stats: [], width: 2, now: engine.now, ...more });
  return { engine, facts };
}

test('tasks belong by name or by tag, and of the same name the latest counts', async () => {
  const { engine, facts } = lab();
  const first = engine.add({ name: 'sweep 1' });
  engine.start(first);
  engine.end(first, { type: 'failed', reason: 'exit', code: 2 });
  const again = engine.add({ name: 'sweep 1' });
  engine.start(again);
  engine.end(again);
  engine.add({ name: 'plot', tags: ['figures'] });
  engine.add({ name: 'other' });
  const progress = milestoneProgress(PAPER, await facts());
  assert.deepEqual([progress.total, progress.succeeded, progress.failed, progress.waiting, progress.state], [2, 1, 0, 1, 'onTrack']);
});

test('without tasks it is empty, with all done reached, and a failed one blocks', async () => {
  const { engine, facts } = lab();
  assert.equal(milestoneProgress(PAPER, await facts()).state, 'empty');
  const id = engine.add({ name: 'sweep 1' });
  engine.start(id);
  engine.end(id);
  assert.equal(milestoneProgress(PAPER, await facts()).state, 'reached');
  const bad = engine.add({ name: 'sweep 2' });
  engine.start(bad);
  engine.end(bad, { type: 'failed', reason: 'exit', code: 2 });
  const progress = milestoneProgress(PAPER, await facts());
  assert.equal(progress.state, 'blocked');
  assert.deepEqual(progress.blockers, [{ task: bad, name: 'sweep 2', why: progress.blockers[0]!.why }]);
  assert.match(progress.blockers[0]!.why, /exit 2/);
  assert.equal(describeMilestone(progress, engine.now), 'blocked by 1 failed task');
  engine.skip(engine.add({ name: 'sweep 3' }), { type: 'cancelled' });
  assert.equal(describeMilestone(milestoneProgress(PAPER, await facts()), engine.now), 'blocked by 1 failed and 1 cancelled tasks');
  engine.skip(engine.add({ name: 'sweep 2' }), { type: 'cancelled' });
  assert.equal(describeMilestone(milestoneProgress(PAPER, await facts()), engine.now), 'blocked by 2 cancelled tasks');
});

test('a task that failed before thousands of others blocks, and all are counted', async () => {
  const { engine } = lab();
  const bad = engine.add({ name: 'sweep 1' });
  engine.start(bad);
  engine.end(bad, { type: 'failed', reason: 'exit', code: 2 });
  for (let n = 2; n <= 6000; n++) {
    const id = engine.add({ name: `sweep ${n}` });
    engine.start(id);
    engine.now++;
    engine.end(id);
  }
  const [progress] = await readProgress(engine, ['/lab'], [PAPER], engine.now);
  assert.deepEqual([progress!.state, progress!.total, progress!.succeeded], ['blocked', 6000, 5999]);
});

test('what is done is only counted', async () => {
  const { engine, facts } = lab();
  assert.deepEqual([milestoneProgress(PAPER, await facts({ done: 3 })).state, milestoneProgress(PAPER, await facts({ done: 3 })).total], ['reached', 3]);
  engine.add({ name: 'sweep 1' });
  const { state, total, succeeded, waiting } = milestoneProgress(PAPER, await facts({ done: 3 }));
  assert.deepEqual([state, total, succeeded, waiting], ['onTrack', 4, 3, 1]);
});

test('a task that somebody holds blocks when nothing else goes on; one that waits for its turn does not', async () => {
  const { engine, facts } = lab();
  const held = engine.add({ name: 'sweep 1' });
  engine.wait(held, { type: 'held' });
  assert.equal(milestoneProgress(PAPER, await facts()).state, 'blocked');
  engine.wait(held, { type: 'typeLimit', taskType: 'utility', limit: 5, running: 5 });
  assert.equal(milestoneProgress(PAPER, await facts()).state, 'onTrack');
});

test('what is left is reckoned from past runs, side by side, less what has run already', async () => {
  const { engine, facts } = lab();
  for (let n = 0; n < 4; n++) engine.add({ name: `sweep ${n}`, work: { kind: 'script', path: '/lab/sweep.py' } });
  const known = await facts({ stats: [stats('/lab/sweep.py', 10 * MINUTE)] });
  assert.equal(milestoneProgress(PAPER, known).expectedEnd, engine.now + 20 * MINUTE);
  const [first] = known.tasks;
  engine.start(first!.task.id);
  engine.now += 4 * MINUTE;
  const later = await facts({ stats: [stats('/lab/sweep.py', 10 * MINUTE)] });
  assert.equal(milestoneProgress(PAPER, later).expectedEnd, engine.now + 18 * MINUTE);
  assert.equal(milestoneProgress(PAPER, await facts()).expectedEnd, undefined);
});

test('it is late when it cannot be done on its day', async () => {
  const { engine, facts } = lab();
  engine.add({ name: 'sweep 1', work: { kind: 'script', path: '/lab/sweep.py' } });
  const progress = milestoneProgress(PAPER, await facts({ stats: [stats('/lab/sweep.py', 13 * 60 * MINUTE)] }));
  assert.equal(progress.state, 'late');
  assert.match(describeMilestone(progress, engine.now), /late$/);
  const past = milestoneProgress({ ...PAPER, due: '2030-01-27' }, await facts());
  assert.deepEqual([past.state, describeMilestone({ ...past, dueAt: engine.now - 60 * 60 * MINUTE }, engine.now)], ['late', '2 days late']);
});

test('a row tells how a milestone stands before its day, beside a name that leaves room for it', async () => {
  const { engine, facts } = lab();
  const bad = engine.add({ name: 'sweep over all seeds of the northern region' });
  engine.start(bad);
  engine.end(bad, { type: 'failed', reason: 'exit', code: 2 });
  const progress = milestoneProgress({ ...PAPER, name: 'Outbreaks of the whole northern region' }, await facts());
  const { label, description, accessibility } = presentMilestone(progress, engine.now);
  assert.deepEqual([label, description, accessibility], ['Outbreaks of the wh…thern region', '0 of 1 · blocked by 1 failed task · due 2030-01-31', 'Outbreaks of the whole northern region, 0 of 1, blocked by 1 failed task, due 2030-01-31']);
  const blocker = presentBlocker(progress.blockers[0]!);
  assert.deepEqual([blocker.label, blocker.description, blocker.accessibility], [`#${bad} sweep over all seed…thern region`, 'failed (exit 2)', 'sweep over all seeds of the northern region blocks: failed (exit 2)']);
});

test('the report names each with its progress, and what blocks it; names cannot break it', async () => {
  const { engine, facts } = lab();
  const bad = engine.add({ name: 'sweep | 2' });
  engine.start(bad);
  engine.end(bad, { type: 'failed', reason: 'exit', code: 2 });
  const text = milestoneReport([milestoneProgress({ ...PAPER, name: 'A | B' }, await facts())], 'Milestones', engine.now);
  assert.match(text, /\| A \\\| B \| 2030-01-31 \| 0 of 1 \| ░{10} \|/);
  assert.match(text, /## What blocks A/);
  assert.match(milestoneReport([], 'Milestones', engine.now), /no milestones/);
});
