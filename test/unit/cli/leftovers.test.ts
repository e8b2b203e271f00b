import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UserError } from '../../../src/core/base/user-error.ts';
import { FakeEngine } from '../../support/fake-engine.ts';
import { FakeWorld } from '../../support/fake-world.ts';

/** A command line that finds something left by engines that are gone. */
function forsaken(): FakeWorld {
  const engine = new FakeEngine();
  engine.left = { ended: [], isForsaken: true };
  return new FakeWorld(engine);
}

void test('what gone engines left is settled by an engine that looks after runs, before anything is told or ordered', async () => {
  for (const words of [['list'], ['status'], ['locks'], ['hold', '1'], ['clear', '--yes']]) {
    const world = forsaken();
    await world.run(...words);
    assert.deepEqual(world.opened.map(({ runsTasks, roots }) => [runsTasks, roots]).slice(0, 2), [[false, []], [true, []]], words.join(' '));
  }
});

void test('what cannot be settled is told as it stands, with a word', async () => {
  const world = forsaken();
  const openEngine = world.openEngine.bind(world);
  world.openEngine = (options) => (options.runsTasks ? Promise.reject(new UserError('The disk is full;', 'free some space.')) : openEngine(options));
  assert.equal(await world.run('list'), 0);
  assert.equal(world.output.errors, 'What ended unseen cannot be written down, so this may be out of date: The disk is full; free some space.\n');
  assert.match(world.output.text, /^There are no tasks/);
});

void test('a fault of ours is not taken for a store that cannot be written', async () => {
  const world = forsaken();
  const openEngine = world.openEngine.bind(world);
  world.openEngine = (options) => (options.runsTasks ? Promise.reject(new TypeError('a mistake')) : openEngine(options));
  await assert.rejects(world.run('list'), TypeError);
});
