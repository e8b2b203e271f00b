import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MOST_RUNS, parseParameters, parseSeeds, parseValues, runsOf, sweepTasks, type Sweep } from '../../../../src/core/spec/sweep.ts';

const SWEEP: Sweep = { script: 'sim/nbody.py', parameters: { bodies: ['2', '3'], dt: ['0.1'] }, seeds: ['1', '2'], agents: [], args: ['--fast'] };

for (const [text, values] of [
  ['1,2,3', ['1', '2', '3']],
  ['1..4', ['1', '2', '3', '4']],
  ['0..1:0.25', ['0.00', '0.25', '0.50', '0.75', '1.00']],
  ['-1..1', ['-1', '0', '1']],
  ['0.1..0.3:0.1', ['0.1', '0.2', '0.3']],
  ['small, 7..8', ['small', '7', '8']],
  ['2030-01-31,1e-3,-5,../data,a:b', ['2030-01-31', '1e-3', '-5', '../data', 'a:b']],
  ['"16:9","1..5","a,b",3', ['16:9', '1..5', 'a,b', '3']],
  ['5..5', ['5']],
] as const) test(`${text} means ${values.join(' ')}`, () => assert.deepEqual(parseValues(text), { ok: true, value: values }));

for (const text of ['', '1,,2', '5..1', '1..3:0', '1..100000000', '1:3', '0:1:0.1', '1-3', '1...3', '1..', '..3', '1..x', '1..3:']) test(`${text === '' ? 'nothing' : text} is refused`, () => assert.equal(parseValues(text).ok, false));

test('seeds are whole numbers', () => {
  assert.deepEqual(parseSeeds('1..3, 7,-1..1:2'), { ok: true, value: ['1', '2', '3', '7', '-1', '1'] });
  for (const text of ['x', '', '1,', '0.5', '0..1:0.5', '1:3', '1-3', '"1"']) assert.equal(parseSeeds(text).ok, false, text);
});

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
  assert.equal(sweepTasks({ ...SWEEP, parameters: { a: [] } }).ok, false);
});
