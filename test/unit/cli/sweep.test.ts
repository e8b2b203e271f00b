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

test('what cannot be understood is told by its option, and nothing is queued', async (t) => {
  const { engine, world } = lab(t);
  for (const [words, said] of [
    [['--param', 'n'], '--param: expected a parameter such as `alpha=0.1,0.2`, got `n`.'],
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
