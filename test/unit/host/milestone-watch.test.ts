import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Role } from '../../../src/core/model/roles/role.ts';
import { MILESTONE_ROLE, MilestoneWatch } from '../../../src/host/milestones/milestone-watch.ts';
import { FakeEngine } from '../../support/fake-engine.ts';
import { sampleRole } from '../../support/sample-role.ts';
import { ManualClock } from '../views/manual-clock.ts';

type Written = Readonly<Record<string, unknown>>;

/** A window of two folders, each with milestones of its own. */
function world(written: Written) {
  const engine = new FakeEngine();
  const errors: string[] = [];
  const configured = (root: string): readonly Role[] => [{ ...sampleRole().role, name: MILESTONE_ROLE, options: { milestones: written[root] as never } }];
  const watch = new MilestoneWatch({ engine, roots: () => ['/one', '/two'], configured, clock: new ManualClock(engine.now), onError: (error) => errors.push(String(error)) });
  return { engine, watch, errors };
}

const told = async (watch: MilestoneWatch): Promise<readonly string[]> => (await watch.read()).map(({ milestone, total }) => `${milestone.name} ${total}`);

test('each folder has its own milestones, which its own tasks make', async () => {
  const { engine, watch, errors } = world({ '/one': [{ name: 'Paper', tags: ['paper'] }], '/two': [{ name: 'Book', tags: ['paper'] }, { name: 'Paper', tasks: ['a*'] }] });
  for (const [index, root] of ['/one', '/one', '/two'].entries()) engine.add({ name: `task ${index}`, tags: ['paper'] }, root);
  assert.deepEqual(await told(watch), ['Paper 2', 'Book 1', 'Paper 0']);
  assert.deepEqual((await watch.milestones('/two')).map(({ name }) => name), ['Book', 'Paper']);
  assert.deepEqual([await watch.milestones('/else'), errors], [[], []]);
});

test('those of the settings, which all folders have, are told once, over the tasks of all', async () => {
  const paper = [{ name: 'Paper', tags: ['paper'] }];
  const { engine, watch } = world({ '/one': paper, '/two': paper });
  for (const root of ['/one', '/two']) engine.add({ name: root, tags: ['paper'] }, root);
  assert.deepEqual(await told(watch), ['Paper 2']);
});

test('a milestone that is wrong leaves the others, and is told once', async () => {
  const { watch, errors } = world({ '/one': [{ name: 'Talk', due: 'soon', tags: ['t'] }, { name: 'Paper', tags: ['p'] }], '/two': [{ name: 'Book', tags: ['b'] }] });
  assert.deepEqual(await told(watch), ['Paper 0', 'Book 0']);
  await watch.read();
  assert.equal(errors.length, 1);
  assert.match(errors[0]!, /Milestones are left out: `milestones\[0\]\.due`: expected a date such as `2030-01-31`.*; correct them in/);
});
