import assert from 'node:assert/strict';
import { test } from 'node:test';
import { roleTasks } from '../../../../../src/core/engine/roles/role-tasks.ts';
import { builtInRole } from '../../../../../src/core/model/roles/built-in-roles.ts';
import type { Role } from '../../../../../src/core/model/roles/role.ts';

const role = (more: Partial<Role> = {}): Role => ({ ...builtInRole('agent_simulations')!, ...more });
const simulations = (...list: unknown[]): Role => role({ options: { simulations: list as never } });

test('a role without anything configured has nothing to do by itself', () => {
  assert.deepEqual(roleTasks(role()), { ok: true, value: [] });
});

test('its command, then its simulations, all in its queue', () => {
  const tasks = roleTasks({ ...simulations({ script: 'sim/nbody.py', agents: ['AI_Agent_1', 'AI_Agent_2'], parameters: { n: '2..3', dt: [0.1] }, seeds: [7], args: ['--fast'] }), command: ['make', 'data'] });
  assert.ok(tasks.ok);
  assert.equal(tasks.value.length, 5);
  assert.deepEqual(tasks.value[0], { name: 'Agent Simulations', command: ['make', 'data'], role: 'agent_simulations' });
  assert.deepEqual(tasks.value[1], { script: 'sim/nbody.py', name: 'nbody n=2 dt=0.1 seed=7', args: ['--fast', '--n', '2', '--dt', '0.1', '--seed', '7'], agent: 'AI_Agent_1', type: 'simulation', role: 'agent_simulations' });
});

test('a list of values is taken as it is, a text as on the command line', () => {
  const argsOf = (parameters: object): unknown => {
    const tasks = roleTasks(simulations({ script: 'a.py', parameters }));
    assert.ok(tasks.ok, JSON.stringify(tasks));
    return tasks.value.map((task) => (task as { args: readonly string[] }).args[1]);
  };
  assert.deepEqual(argsOf({ ratio: ['16:9', '4:3'] }), ['16:9', '4:3']);
  assert.deepEqual(argsOf({ d: ['2024-01', 'x', 1.5] }), ['2024-01', 'x', '1.5']);
  assert.deepEqual(argsOf({ width: ['5"', '6"'] }), ['5"', '6"']);
  assert.deepEqual(argsOf({ n: ['1..3', ' a,b ', '"c"'] }), ['1..3', ' a,b ', '"c"']);
  assert.deepEqual(argsOf({ n: '1..3' }), ['1', '2', '3']);
  assert.deepEqual(argsOf({ n: 5 }), ['5']);
});

for (const [what, wrong] of [
  ['a value that is neither a number nor a text', simulations({ script: 'a.py', parameters: { n: [true] } })],
  ['a parameter without a value', simulations({ script: 'a.py', parameters: { n: null } })],
  ['a parameter whose name no option can have', simulations({ script: 'a.py', parameters: { 'a b': '1' } })],
  ['a list of seeds with a range in it', simulations({ script: 'a.py', seeds: ['1..5'] })],
  ['a list of no seeds', simulations({ script: 'a.py', seeds: [] })],
  ['no list', role({ options: { simulations: {} } })],
  ['no script', simulations({ seeds: '1..2' })],
  ['a text', simulations('nbody.py')],
  ['agents that are no texts', simulations({ script: 'a.py', agents: [1] })],
  ['an empty range', simulations({ script: 'a.py', seeds: '5..1' })],
  ['parameters that are a list', simulations({ script: 'a.py', parameters: ['n=1'] })],
  ['more runs than anybody wants', simulations({ script: 'a.py', seeds: '1..9999', parameters: { n: '1..9' } })],
] as const) test(`${what} is refused with its place`, () => {
  const tasks = roleTasks(wrong);
  assert.ok(!tasks.ok);
  assert.match(tasks.error, /options\.simulations/);
});
