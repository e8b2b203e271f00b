import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import type { TaskId } from '../../../src/core/model/ids.ts';
import { FakeEngine } from '../../support/fake-engine.ts';
import { FakeWorld } from '../../support/fake-world.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { settled } from '../views/manual-clock.ts';

function lab(t: TestContext) {
  const engine = new FakeEngine();
  const world = new FakeWorld(engine);
  world.cwd = tempFolder(t);
  mkdirSync(path.join(world.cwd, '.git'));
  const run = (ids: readonly TaskId[]): void => {
    void settled().then(() => {
      for (const id of ids) {
        engine.start(id);
        engine.end(id);
      }
    });
  };
  return { engine, world, run };
}

const batchOf = (...tasks: readonly object[]): string => JSON.stringify({ tasks });

void test('what only a terminal could start is refused where there is none, and not queued', async (t) => {
  const { engine, world } = lab(t);
  assert.equal(await world.run('run', '--interactive', 'ask.py'), 2);
  assert.equal(world.output.errors, `error: An interactive task needs a terminal, and there is none here, so nothing was queued: open ${world.cwd} in VS Code, or run this command in a terminal.\n`);
  world.output.errors = '';
  writeFileSync(path.join(world.cwd, 'two.parallel.json'), JSON.stringify({ defaults: { interactive: true }, tasks: [{ script: 'a.py' }, { script: 'b.py' }] }));
  assert.equal(await world.run('batch', 'two.parallel.json'), 2);
  assert.match(world.output.errors, /^error: Interactive tasks need a terminal, /);
  assert.deepEqual(engine.requests, []);
});

void test('a window on the workspace starts them', async (t) => {
  const { engine, world, run } = lab(t);
  engine.servedRoots = [world.cwd];
  engine.onQueued = run;
  assert.equal(await world.run('run', '--interactive', 'ask.py'), 0);
  engine.servesTerminals = false;
  assert.equal(await world.run('run', '--interactive', 'ask.py'), 2);
});

void test('of a batch with others it is told at once what cannot start', async (t) => {
  const { engine, world, run } = lab(t);
  engine.onQueued = run;
  writeFileSync(path.join(world.cwd, 'mixed.parallel.json'), batchOf({ script: 'a.py' }, { script: 'ask.py', interactive: true }));
  assert.equal(await world.run('batch', 'mixed.parallel.json'), 0);
  assert.equal(world.output.errors, `#2 ask.py needs a terminal, and there is none here: open ${world.cwd} in VS Code, or run this command in a terminal. The others go on meanwhile.\n`);
});

void test('`wait` refuses when nothing else is left to wait for', async (t) => {
  const { engine, world, run } = lab(t);
  const ids = [engine.add({ name: 'ask.py', interactive: true }, world.cwd), engine.add({ name: 'too.py', interactive: true }, world.cwd)];
  for (const words of [['wait'], ['wait', '1-2']]) {
    world.output.errors = '';
    assert.equal(await world.run(...words), 2);
    assert.equal(world.output.errors, `error: #1 ask.py and 1 more need a terminal, and there is none here: open ${world.cwd} in VS Code, or run this command in a terminal.\n`);
  }
  world.hasKeyboard = true;
  run(ids);
  assert.equal(await world.run('wait'), 0);
});

void test('who only queues learns that it takes a terminal', async (t) => {
  const { engine, world } = lab(t);
  assert.equal(await world.run('run', '--interactive', '--no-wait', 'ask.py'), 0);
  assert.match(world.output.errors, /open it in VS Code, or run `parallel-workflow wait 1` in a terminal\.\n$/);
  world.output.errors = '';
  engine.servedRoots = [world.cwd];
  engine.servesTerminals = false;
  assert.equal(await world.run('submit', '--interactive', 'ask.py'), 0);
  assert.equal(world.output.errors, 'The engine that serves this workspace has no terminal, which #2 ask.py needs: open the workspace in VS Code, or run `parallel-workflow wait 2` in a terminal.\n');
});
