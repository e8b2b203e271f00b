import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseParameters, runsOf, sweepTasks, type Sweep } from '../../../../src/core/spec/sweep.ts';
import { MOST_RUNS } from '../../../../src/core/spec/sweep-values.ts';

const SWEEP: Sweep = { script: 'sim/nbody.py', parameters: { bodies: ['2', '3'], dt: ['0.1'] }, seeds: ['1', '2'], agents: [], args: ['--fast'] };

test('parameters are named once, with values', () => {
  assert.deepEqual(parseParameters(['alpha=0.1,0.2', 'n=1..2']), { ok: true, value: { alpha: ['0.1', '0.2'], n: ['1', '2'] } });
  for (const words of [['alpha'], ['=1'], ['a b=1'], ['a='], ['a=1', 'a=2']]) assert.equal(parseParameters(words).ok, false, words.join(' '));
});

test('all combinations, each once, named by what differs', () => {
  const tasks = sweepTasks(SWEEP);
  assert.ok(tasks.ok);
  assert.equal(runsOf(SWEEP), 4);
  assert.deepEqual(tasks.value[3], { script: 'sim/nbody.py', name: 'nbody bodies=3 dt=0.1 seed=2', args: ['--fast', '--bodies', '3', '--dt', '0.1', '--seed', '2'] });
  assert.equal(new Set(tasks.value.map((task) => JSON.stringify(task))).size, 4);
});

test('each agent runs all of it', () => {
  const tasks = sweepTasks({ ...SWEEP, agents: ['AI_Agent_1', 'AI_Agent_2'] });
  assert.ok(tasks.ok);
  assert.deepEqual(tasks.value.map((task) => (task as { agent?: string }).agent), [...Array<string>(4).fill('AI_Agent_1'), ...Array<string>(4).fill('AI_Agent_2')]);
});

test('without parameters and seeds it is one run; with too many it is refused', () => {
  const one = sweepTasks({ ...SWEEP, parameters: {}, seeds: [] });
  assert.deepEqual(one, { ok: true, value: [{ script: 'sim/nbody.py', name: 'nbody', args: ['--fast'] }] });
  const many = Array.from({ length: MOST_RUNS }, (_, n) => String(n));
  assert.equal(sweepTasks({ ...SWEEP, seeds: many }).ok, false);
  assert.equal(sweepTasks({ ...SWEEP, parameters: {}, seeds: many }).ok, true);
  assert.equal(sweepTasks({ ...SWEEP, parameters: { a: [] } }).ok, false);
});
