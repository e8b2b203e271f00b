import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { ProjectConfig } from '../../../src/cli/config/project-config.ts';
import type { UserSettings } from '../../../src/core/model/user-settings.ts';
import { FakeEngine } from '../../support/fake-engine.ts';
import { FakeWorld } from '../../support/fake-world.ts';
import { tempFolder } from '../../support/temp-folder.ts';

function lab(t: TestContext, user: UserSettings = {}) {
  const root = tempFolder(t);
  mkdirSync(path.join(root, '.vscode'));
  const write = (name: string, text: string): void => writeFileSync(path.join(root, name), text);
  return { root, write, config: new ProjectConfig([root], user) };
}

const PARALLEL = 'claude_parallel_config.json';
const SETTINGS = path.join('.vscode', 'settings.json');

void test('built in < the person < files of the project < workspace settings, field by field', async (t) => {
  const { root, write, config } = lab(t, { maxParallel: 3, memoryThreshold: 70, types: { render: { limit: 4, cpu: 2 } }, 'roles.definitions': { night: {} }, programs: { python: '/opt/python' } });
  write(PARALLEL, '{ "version": 2, "maxParallel": 6, "types": { "render": { "limit": 2 } } }');
  write(SETTINGS, '{ // As VS Code has it.\n "parallelWorkflow.maxParallel": 8, "editor.tabSize": 2, }');
  assert.deepEqual(await config.read(), []);
  const { maxParallel, memoryThreshold, types, programs, graceMs } = config.settings;
  assert.deepEqual({ maxParallel, memoryThreshold, programs, graceMs, render: types.find(({ name }) => name === 'render') }, {
    maxParallel: 8, memoryThreshold: 0.7, programs: { python: '/opt/python' }, graceMs: 5000, render: { name: 'render', limit: 2, cpu: 2, memory: 256e6 },
  });
  assert.deepEqual(config.rolesOf(root).map(({ name, requirement }) => [name, requirement]), [['night', { cores: 0.5, memory: 128e6 }]]);
});

void test('of agents it has what the files and the workspace settings say, and no more of these than a file may', async (t) => {
  const { root, write, config } = lab(t, { maxParallel: 3 });
  write(PARALLEL, '{ "version": 2, "agents": { "claude": { "capacity": 1 }, "vscode": { "model": "fast" }, "maxCost": 2, "maxTurns": null } }');
  write(SETTINGS, '{ "parallelWorkflow.agents.claude.capacity": 2, "parallelWorkflow.agents.handover": "never", "parallelWorkflow.agents.claude.program": "/tmp/claude", "parallelWorkflow.agents.autogen.capacity": -1 }');
  assert.deepEqual(await config.read(), [`${path.join(root, SETTINGS)}:1:195: error: Expected \`parallelWorkflow.agents.autogen.capacity\` to be an integer from 0 to 64, got \`-1\`; it is left out.`]);
  assert.deepEqual(config.agents, { claude: { capacity: 2 }, vscode: { model: 'fast' }, handover: 'never', maxTurns: null, maxCost: 2 });
});

void test('a mistake is told once, at its place, and what was right before stays', async (t) => {
  const { root, write, config } = lab(t);
  write(PARALLEL, '{ "version": 2, "maxParallel": 6 }');
  await config.read();
  write(PARALLEL, '{\n  "version": 2,\n  "maxParallel": "six"\n}');
  assert.deepEqual(await config.read(), [`${path.join(root, PARALLEL)}:3:18: error: \`maxParallel\`: expected a number, got \`"six"\`; \`6\`, what the file said before, stays in force`]);
  assert.deepEqual([await config.read(), config.settings.maxParallel], [[], 6]);
  write(PARALLEL, '{ "version": 2, "maxParallel": 7 }');
  assert.deepEqual([await config.read(), config.settings.maxParallel], [[], 7]);
  rmSync(path.join(root, PARALLEL));
  assert.deepEqual([await config.read(), config.settings.maxParallel], [[], 11]);
});

void test('wrong workspace settings are told where they stand, those of the person as theirs', async (t) => {
  const { root, write, config } = lab(t, { maxParallel: 0 });
  write(SETTINGS, '{\n  "parallelWorkflow.types": { "render": { "limit": 0 } }\n}');
  assert.deepEqual(await config.read(), [
    'user settings: error: Expected `parallelWorkflow.maxParallel` to be an integer from 1 to 1024, got `0`; `11` is used.',
    `${path.join(root, SETTINGS)}:2:52: error: Expected \`parallelWorkflow.types.render.limit\` to be an integer ≥ 1, got \`0\`; \`1\` is used.`,
  ]);
  write(SETTINGS, '{ "parallelWorkflow.memoryThreshold": 50');
  assert.match((await config.read()).join('\n'), /settings\.json:1:\d+: error: This is no JSON: .*; the settings it held before are in force/);
  const late = new ProjectConfig([root], {});
  assert.match((await late.read()).join('\n'), /error: This is no JSON: .*; its settings are not in force$/);
});

void test('a command that goes by the configuration tells one mistake of each file, and who tells the others; `status` tells all; others say nothing', async (t) => {
  const engine = new FakeEngine();
  const world = new FakeWorld(engine);
  world.cwd = tempFolder(t);
  for (const folder of ['.git', '.vscode', 'sub']) mkdirSync(path.join(world.cwd, folder));
  const [parallel, settings] = [path.join(world.cwd, PARALLEL), path.join(world.cwd, SETTINGS)];
  writeFileSync(parallel, '{ "version": 2, "oops": 1,\n "maxParallel": "six", "alas": 1 }');
  writeFileSync(settings, '{ "parallelWorkflow.maxParallel": 0 }');
  const said = async (...words: readonly string[]): Promise<readonly string[]> => {
    world.output.text = world.output.errors = '';
    assert.equal(await world.run(...words), 0);
    return world.output.errors.split('\n').slice(0, -1);
  };
  for (const words of [['roles'], ['schedules', '--quiet'], ['milestones'], ['wait']]) {
    const [first, second, ...more] = await said(...words);
    assert.match(first!, /^.*_config\.json:\d+:\d+: error: .*; it is left out \(and 2 more, which `parallel-workflow status` tells\)$/);
    assert.match(second!, /^.*settings\.json:1:35: error: Expected `parallelWorkflow\.maxParallel` .*`11` is used\.$/);
    assert.deepEqual(more, []);
  }
  for (const name of ['list', 'locks', 'summary', 'agents', 'pause', 'resume', 'status']) assert.deepEqual(await said(name), [], name);
  assert.deepEqual(world.output.text.split('\n').filter((line) => line.includes(': error: ')).map((line) => line.trim().split(' ')[0]), [`${parallel}:1:17:`, `${parallel}:2:17:`, `${parallel}:2:24:`, `${settings}:1:35:`]);
  assert.match(world.output.text, /\n\nConfiguration \(of the next engine here\)\n {2}\S/);
  engine.servedRoots = [world.cwd];
  await said('status');
  assert.match(world.output.text, /\n\nConfiguration\n {2}\S/);
  assert.doesNotMatch(world.output.text, /single schedules/);
  await said('status', '--json');
  const { configuration } = JSON.parse(world.output.text) as { readonly configuration: { readonly files: unknown; readonly problems: readonly string[] } };
  assert.deepEqual([configuration.files, configuration.problems.length], [[{ path: parallel, inForce: true }], 4]);
  world.cwd = path.dirname(world.cwd);
  assert.match((await said('roles', '--workspace', path.dirname(parallel)))[0]!, new RegExp(`which \`parallel-workflow status --workspace ${path.dirname(parallel)}\` tells`));
});

void test('`status` has the limits of engines that live, else those of the next one here, and says who tells of schedules', async (t) => {
  const engine = new FakeEngine();
  const world = new FakeWorld(engine);
  world.cwd = tempFolder(t);
  mkdirSync(path.join(world.cwd, '.git'));
  writeFileSync(path.join(world.cwd, PARALLEL), '{ "version": 2, "maxParallel": 6 }');
  writeFileSync(path.join(world.cwd, 'claude_scheduler_config.json'), '{ "version": 2, "schedules": [7] }');
  // As somebody said who is gone.
  engine.limits = { ...engine.limits, total: 3 };
  const status = async (): Promise<string> => {
    world.output.text = '';
    assert.equal(await world.run('status'), 0);
    return world.output.text;
  };
  assert.match(await status(), /At most 6 tasks at once[^]*What is wrong with single schedules is told by `parallel-workflow schedules`\./);
  engine.servedRoots = ['/other'];
  assert.match(await status(), /At most 3 tasks at once/);
});

void test('a command has its engine go by the configuration; roles only where no window sees to them', async (t) => {
  const engine = new FakeEngine();
  const world = new FakeWorld(engine);
  world.cwd = tempFolder(t);
  mkdirSync(path.join(world.cwd, '.git'));
  writeFileSync(path.join(world.cwd, PARALLEL), '{ "version": 2, "maxParallel": 6, "oops": 1, "types": { "render": {} } }');
  assert.equal(await world.run('submit', 'a.py', '--type', 'render'), 0);
  assert.match(world.output.errors, new RegExp(`^${path.join(world.cwd, PARALLEL)}:1:35: error: .*oops.*; it is left out`));
  assert.equal(engine.limits.total, 6);
  writeFileSync(path.join(world.cwd, PARALLEL), '{ "version": 2, "maxParallel": 7, "types": { "render": {} }');
  assert.equal(await world.run('submit', 'a.py', '--type', 'render'), 2);
  assert.match(world.output.errors, /error: This is no JSON: .*; the file is not in force/);
  writeFileSync(path.join(world.cwd, PARALLEL), '{ "version": 2, "maxParallel": 6, "types": { "render": {} } }');
  assert.equal(await world.run('submit', 'a.py', '--type', 'render'), 0);
  assert.equal(engine.limits.total, 6);
  writeFileSync(path.join(world.cwd, PARALLEL), '{ "version": 2, "agents": { "claude": { "capacity": 1 } } }');
  await world.run('cancel', '1');
  await world.run('wait', '1');
  assert.deepEqual(engine.projectAgents, { claude: { capacity: 1 } });
});
