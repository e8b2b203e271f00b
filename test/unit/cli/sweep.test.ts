import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { FakeEngine } from '../../support/fake-engine.ts';
import { FakeWorld } from '../../support/fake-world.ts';
import { tempFolder } from '../../support/temp-folder.ts';

function lab(t: TestContext) {
  const engine = new FakeEngine();
  const world = new FakeWorld(engine);
  world.cwd = tempFolder(t);
  mkdirSync(path.join(world.cwd, '.git'));
  return { engine, world };
}

test('a sweep queues all combinations for each agent in one batch of the role of simulations', async (t) => {
  const { engine, world } = lab(t);
  assert.equal(await world.run('sweep', 'nbody.py', '--param', 'n=2,3', '--seeds', '1..2', '--agent', 'AI_Agent_1', '--agent', 'AI_Agent_2', '--', '--fast'), 0);
  const [request] = engine.requests;
  assert.deepEqual(request?.defaults, { type: 'simulation', role: 'agent_simulations' });
  assert.equal(request?.tasks.length, 8);
  assert.deepEqual(request?.tasks[0], { script: 'nbody.py', name: 'nbody n=2 seed=1', args: ['--fast', '--n', '2', '--seed', '1'], agent: 'AI_Agent_1' });
});

test('what a sweep comes to is told, and that a number alone is one seed', async (t) => {
  const { world } = lab(t);
  const first = async (...words: readonly string[]): Promise<readonly [string | undefined, string]> => {
    world.output.text = '';
    world.output.errors = '';
    assert.equal(await world.run('sweep', 'nbody.py', ...words), 0);
    return [world.output.text.split('\n')[0], world.output.errors.split('\n')[0]!.replace(/^No engine.*/, '')];
  };
  assert.deepEqual(await first('--param', 'n=2,3', '--seeds', '1..5'), ['n 2, 3 × seeds 1, 2, 3, 4, 5 → 10 runs', '']);
  assert.deepEqual(await first('--seeds', '1,2,7', '--agent', 'AI_Agent_1'), ['seeds 1, 2, 7 × agents AI_Agent_1 → 3 runs', '']);
  assert.deepEqual(await first('--seeds', '2'), ['seeds 2 → 1 run', '`--seeds 2` is the one seed 2; 2 seeds are `--seeds 1..2`.']);
  assert.deepEqual(await first('--seeds', '1..200'), ['seeds 1, 2, 3, 4, 5, 6, …, 200 (200) → 200 runs', '']);
  assert.deepEqual(await first(), ['1 run', '']);
});

test('nothing is announced of a script that is not there', async (t) => {
  const { world } = lab(t);
  assert.equal(await world.run('sweep', 'missing.py', '--seeds', '1..3'), 2);
  assert.equal(world.output.text, '');
  assert.match(world.output.errors, /^error: `script`: there is no file `.*missing\.py`\nNothing was queued\.\n$/);
});

test('what cannot be understood is told by its option, and nothing is queued', async (t) => {
  const { engine, world } = lab(t);
  for (const [words, said] of [
    [['--param', 'n'], '--param: expected a parameter such as `alpha=0.1,0.2`, got `n`.'],
    [['--seeds', 'x'], '--seeds: expected whole numbers such as `1,2,7`, or a range such as `1..5`, got `x`.'],
    [['--seeds', '1:3'], '--seeds: expected whole numbers such as `1,2,7`, or a range such as `1..5`, got `1:3`.'],
    [['--param', 'a=1:3'], '--param: `a`: `1:3` is no range, though it looks like one; write `1..5` or, with a step, `0..1:0.25`, and put a value that looks like one in double quotes: `"1:3"`.'],
    [['--seeds', '5..1'], '--seeds: `5..1` is an empty range; write the smaller end first and a step above 0.'],
    [['--param', 'a=1..200', '--param', 'b=1..200'], 'the sweep comes to 40000 runs; 10000 are the most\nNothing was queued.'],
  ] as const) {
    world.output.errors = '';
    assert.notEqual(await world.run('sweep', 'nbody.py', ...words), 0);
    assert.ok(world.output.errors.includes(said), world.output.errors);
  }
  assert.notEqual(await world.run('sweep'), 0);
  assert.equal(engine.requests.length, 0);
});
