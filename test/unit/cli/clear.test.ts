import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { FakeEngine } from '../../support/fake-engine.ts';
import { FakeWorld } from '../../support/fake-world.ts';
import { tempFolder } from '../../support/temp-folder.ts';

async function lab(t: TestContext) {
  const engine = new FakeEngine();
  const world = new FakeWorld(engine);
  world.cwd = tempFolder(t);
  mkdirSync(path.join(world.cwd, '.git'));
  const ids = [engine.add({ name: 'a' }, world.cwd), engine.add({ name: 'b' }, world.cwd), engine.add({ name: 'c' }, '/other')];
  await engine.cancel(ids);
  engine.orders.length = 0;
  return { engine, world };
}

void test('without words clear names what it would remove, and does nothing without a yes', async (t) => {
  const { engine, world } = await lab(t);
  assert.equal(await world.run('clear'), 2);
  assert.equal(world.output.errors, `error: This would take 2 finished tasks of ${world.cwd} with their runs and logs out of the list; say \`--yes\` to do it, or name the tasks.\n`);
  assert.deepEqual(engine.orders, []);
  world.hasKeyboard = true;
  for (const answer of ['', 'n', 'no', 'what?']) {
    world.answer = answer;
    assert.equal(await world.run('clear'), 2);
  }
  assert.deepEqual(engine.orders, []);
  assert.match(world.output.text, new RegExp(`^Take 2 finished tasks of ${world.cwd} with their runs and logs out of the list\\? \\[y/N\\] `));
});

void test('a yes at the keyboard or as a word clears the workspace, or the whole machine', async (t) => {
  const { engine, world } = await lab(t);
  world.hasKeyboard = true;
  world.answer = 'y';
  assert.equal(await world.run('clear'), 0);
  assert.match(world.output.text, /Cleared 2 finished tasks of /);
  world.hasKeyboard = false;
  assert.equal(await world.run('clear', '--all'), 2);
  assert.match(world.output.errors, /1 finished task of all workspaces of this machine with its runs and logs/);
  assert.equal(await world.run('clear', '--all', '-y'), 0);
  assert.equal(await world.run('clear', '--all'), 0, 'there is nothing left to ask about');
  assert.match(world.output.text, /Cleared 0 finished tasks of all workspaces of this machine\.\n$/);
  assert.equal((await engine.query({ group: 'finished', roots: [], offset: 0, limit: 1 })).total, 0);
});

void test('tasks that are named are cleared without a question', async (t) => {
  const { world } = await lab(t);
  assert.equal(await world.run('clear', '1'), 0);
  assert.equal(world.output.text, 'Cleared 1 finished task.\n');
  assert.equal(await world.run('clear', '1', '--all'), 2);
});

void test('a number that is no task is an error; what has not finished stays, by its number', async (t) => {
  const { engine, world } = await lab(t);
  const open = engine.add({ name: 'd' }, world.cwd);
  assert.equal(await world.run('clear', '3', '999', String(open), '--json'), 2);
  assert.deepEqual([JSON.parse(world.output.text), world.output.errors], [{ cleared: 1, refused: [{ id: 999, why: 'there is no such task' }, { id: open, why: 'it has not finished' }] }, '']);
  world.output.text = '';
  assert.equal(await world.run('clear', '999'), 2);
  assert.deepEqual([world.output.text, world.output.errors], ['', 'error: There is no task #999; `parallel-workflow list --all` shows those there are.\n']);
  world.output.errors = '';
  assert.equal(await world.run('clear', '1-2', String(open), '8-9'), 2);
  assert.deepEqual([world.output.text, world.output.errors], ['Cleared 2 finished tasks.\n', `There are no tasks 8-9.\nTask #${open} has not finished and is left in the list.\n`]);
});
