import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { FakeEngine } from '../../support/fake-engine.ts';
import { FakeWorld } from '../../support/fake-world.ts';
import { sampleRole } from '../../support/sample-role.ts';
import { tempFolder } from '../../support/temp-folder.ts';

function lab(t: TestContext) {
  const engine = new FakeEngine();
  const world = new FakeWorld(engine);
  world.cwd = tempFolder(t);
  mkdirSync(path.join(world.cwd, '.git'));
  return { engine, world };
}

test('roles lists each with its state, its tasks and its purpose', async (t) => {
  const { engine, world } = lab(t);
  engine.rolesNow = [sampleRole({ counts: { running: 1, waiting: 2 } }), sampleRole({ role: { name: 'night_shift', purpose: 'Tidies up.', priority: 8 }, state: 'paused' })];
  assert.equal(await world.run('roles'), 0);
  assert.equal(world.output.text, [
    '▸  gui_testing  1 running · 2 waiting · priority 6  Finds and runs the GUI tests of the project.',
    '‖  night_shift  paused · priority 8                 Tidies up.',
    '',
  ].join('\n'));
  world.output.text = '';
  assert.equal(await world.run('roles', 'list', '--quiet'), 0);
  assert.equal(world.output.text, 'gui_testing\nnight_shift\n');
});

test('roles are started, paused and stopped by name or all at once', async (t) => {
  const { engine, world } = lab(t);
  const words = [['start', 'gui_testing', 'script_assessment'], ['pause', 'gui_testing'], ['stop', 'gui_testing'], ['start', '--all'], ['stop', '--all']];
  for (const line of words) assert.equal(await world.run('roles', ...line), 0);
  assert.deepEqual(engine.orders, ['role gui_testing running', 'role script_assessment running', 'role gui_testing paused', 'role gui_testing stopped', 'start all roles', 'stop all roles']);
  assert.deepEqual(world.output.text.split('\n').slice(0, 3), [`Started gui_testing, script_assessment of ${world.cwd}.`, `Paused gui_testing of ${world.cwd}.`, `Stopped gui_testing of ${world.cwd}.`]);
  engine.orders.length = 0;
  assert.equal(await world.run('roles', 'pause', '--all'), 0);
  assert.equal(engine.orders.length, 6);
});

test('with --json there is all of it, as it stands after the order', async (t) => {
  const { engine, world } = lab(t);
  engine.rolesNow = [sampleRole()];
  assert.equal(await world.run('roles', 'stop', 'gui_testing', '--json'), 0);
  assert.deepEqual(JSON.parse(world.output.text), {
    workspace: world.cwd,
    roles: [{ name: 'gui_testing', label: 'GUI Testing', purpose: 'Finds and runs the GUI tests of the project.', priority: 6, requirement: { cores: 1, memory: 512e6 }, enabled: true, options: {}, source: 'builtIn', command: null, state: 'stopped', counts: { running: 0, waiting: 0, scheduled: 0, finished: 0, failed: 0 } }],
  });
});

const WRONG: readonly (readonly [string, readonly string[], RegExp])[] = [
  ['an action that is none', ['stat'], /Expected one of `list`, `start`, `stop`, `pause` after `roles`, got `stat`; did you mean `start`\?/],
  ['an order without a name', ['stop'], /`roles stop` needs the names of roles, or `--all`\./],
  ['names and --all', ['stop', 'gui_testing', '--all'], /`roles stop` needs the names of roles, or `--all`, not both\./],
  ['a list of one', ['list', 'gui_testing'], /`roles list` takes no words, got `gui_testing`/],
  ['a role that is none', ['start', 'gui_testing', 'gui_testin'], /There is no role `gui_testin`; did you mean `gui_testing`\?/],
];

for (const [name, words, message] of WRONG) {
  test(`${name} is refused, and nothing is done`, async (t) => {
    const { engine, world } = lab(t);
    assert.equal(await world.run('roles', ...words), 2);
    assert.match(world.output.errors, message);
    assert.deepEqual(engine.orders, []);
  });
}

test('submit queues to a role', async (t) => {
  const { engine, world } = lab(t);
  assert.equal(await world.run('submit', 'a.py', '--role', 'gui_testing'), 0);
  assert.equal((engine.requests[0]!.tasks[0] as { readonly role: string }).role, 'gui_testing');
});
