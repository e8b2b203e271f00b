import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { settleRole } from '../../../../../src/core/engine/roles/role-queues.ts';
import { BUILT_IN_ROLES } from '../../../../../src/core/model/roles/built-in-roles.ts';
import { taskId } from '../../../../../src/core/model/ids.ts';
import type { Role, RoleOrder } from '../../../../../src/core/model/roles/role.ts';
import type { RoleView } from '../../../../../src/core/model/roles/role-view.ts';
import { describeWait } from '../../../../../src/core/present/tasks/describe-wait.ts';
import { ClockedEngine } from '../../../../support/clocked-engine.ts';
import { MemoryStore } from '../../../../support/memory-store.ts';

const NIGHT: Role = { name: 'night_shift', label: 'Night Shift', purpose: 'Tidies up.', priority: 8, requirement: { cores: 2, memory: 2 ** 30 }, enabled: true, options: { hour: 3 }, source: 'configuration' };

/** Fits into whatever the machine has left. */
const SMALL = { cpu: 0.01, memory: 1 };

/** What people see of a workspace's roles: `name state running/waiting/finished`. */
async function seen(clocked: ClockedEngine, roots: readonly string[] = [clocked.lab]): Promise<string[]> {
  const views = await clocked.engine.roles.roles(roots);
  return views.map(({ role, state, counts }) => `${role.name} ${state} ${counts.running}/${counts.waiting}/${counts.finished}`);
}

const waitOf = async (clocked: ClockedEngine, id: number): Promise<string | undefined> => {
  const { wait } = await clocked.view(id);
  return wait === undefined ? undefined : describeWait(wait, clocked.clock.now());
};

test('six roles are built in, the most urgent first, and their queues are open', async (t) => {
  const clocked = await ClockedEngine.open(t);
  assert.deepEqual(await seen(clocked), [
    'resource_management running 0/0/0', 'task_management running 0/0/0', 'agent_simulations running 0/0/0',
    'project_management running 0/0/0', 'gui_testing running 0/0/0', 'script_assessment running 0/0/0',
  ]);
});

test('a task of a role takes its priority and what it needs from there, unless it says otherwise', async (t) => {
  const clocked = await ClockedEngine.open(t);
  await clocked.engine.roles.setRoles([clocked.lab], [NIGHT]);
  const [one, two] = await clocked.submit({ role: 'night_shift' }, { role: 'night_shift', priority: 'high', cpu: 0.5, memory: '64MiB' });
  const [first, second] = [await clocked.view(one!), await clocked.view(two!)];
  assert.deepEqual([first.task.spec.priority, second.task.spec.priority], [8, 1]);
  assert.ok(first.estimate.cpu.value >= 2 && first.estimate.memory.value >= 2 ** 30);
  assert.deepEqual([second.estimate.cpu.value, second.estimate.memory.value], [0.5, 64 * 2 ** 20]);
});

test('a task for a role that nobody knows is refused by name', async (t) => {
  const clocked = await ClockedEngine.open(t);
  await assert.rejects(clocked.submit({ role: 'gui_testin' }), /tasks\[0\]\.role.*unknown role `gui_testin`; did you mean `gui_testing`\?/);
  await assert.rejects(clocked.engine.roles.setRoleState([clocked.lab], 'script_assesment', 'running'), { name: 'UserError', message: 'There is no role `script_assesment`; did you mean `script_assessment`?' });
});

test('while a role is paused what runs goes on and nothing new starts; resumed, it goes on where it was', async (t) => {
  const clocked = await ClockedEngine.open(t);
  const [running] = await clocked.submit({ role: 'gui_testing', ...SMALL });
  await clocked.engine.roles.setRoleState([clocked.lab], 'gui_testing', 'paused');
  const [waiting, other] = await clocked.submit({ role: 'gui_testing', ...SMALL }, SMALL);
  assert.deepEqual([(await clocked.state(running!)).status, (await clocked.state(waiting!)).status, (await clocked.state(other!)).status], ['running', 'queued', 'running']);
  assert.equal(await waitOf(clocked, waiting!), 'waits until the role `gui_testing` is resumed');
  assert.equal((await seen(clocked)).find((row) => row.startsWith('gui')), 'gui_testing paused 1/1/0');
  await clocked.exit(0, 0);
  assert.equal((await clocked.state(waiting!)).status, 'queued');
  await clocked.engine.roles.setRoleState([clocked.lab], 'gui_testing', 'running');
  await clocked.settle();
  assert.equal((await clocked.state(waiting!)).status, 'running');
});

test('a stopped role cancels what it has and starts nothing until it is started', async (t) => {
  const clocked = await ClockedEngine.open(t);
  const [running, held] = await clocked.submit({ role: 'gui_testing', ...SMALL }, { role: 'gui_testing', ...SMALL, startAt: '2040-01-01T00:00:00Z' });
  const [own] = await clocked.submit(SMALL);
  await clocked.engine.roles.setRoleState([clocked.lab], 'gui_testing', 'stopped');
  await clocked.settle();
  assert.deepEqual([(await clocked.state(running!)).status, await clocked.outcome(held!), (await clocked.state(own!)).status], ['stopping', { type: 'cancelled' }, 'running']);
  const [late] = await clocked.submit({ role: 'gui_testing', ...SMALL });
  assert.equal(await waitOf(clocked, late!), 'waits until the role `gui_testing` is started');
  await clocked.engine.roles.startAllRoles([clocked.lab]);
  await clocked.settle();
  assert.equal((await clocked.state(late!)).status, 'running');
});

test('a long queue is cancelled to its end, unless the role is started meanwhile', async (t) => {
  const clocked = await ClockedEngine.open(t);
  await clocked.engine.roles.setRoleState([clocked.lab], 'gui_testing', 'paused');
  const many = (n: number): object[] => Array.from({ length: n }, () => ({ role: 'gui_testing', ...SMALL }));
  await clocked.submit(...many(1201));
  await clocked.engine.roles.setRoleState([clocked.lab], 'gui_testing', 'stopped');
  assert.equal((await seen(clocked)).find((row) => row.startsWith('gui')), 'gui_testing stopped 0/0/1201');
  await clocked.submit(...many(700));
  const stopping = clocked.engine.roles.setRoleState([clocked.lab], 'gui_testing', 'stopped');
  await clocked.engine.roles.setRoleState([clocked.lab], 'gui_testing', 'paused');
  await stopping;
  assert.equal((await seen(clocked)).find((row) => row.startsWith('gui')), 'gui_testing paused 0/200/1701');
});

test('all roles are stopped and started at once, but for one that is not enabled', async (t) => {
  const clocked = await ClockedEngine.open(t);
  const off = { ...BUILT_IN_ROLES.find(({ name }) => name === 'gui_testing')!, enabled: false };
  await clocked.engine.roles.setRoles([clocked.lab], [off]);
  await clocked.engine.roles.stopAllRoles([clocked.lab]);
  assert.deepEqual(new Set((await seen(clocked)).map((row) => row.split(' ')[1])), new Set(['stopped']));
  await clocked.engine.roles.startAllRoles([clocked.lab]);
  assert.deepEqual((await seen(clocked)).filter((row) => !row.includes(' running ')), ['gui_testing stopped 0/0/0']);
  await assert.rejects(clocked.engine.roles.setRoleState([clocked.lab], 'gui_testing', 'running'), /`gui_testing` is not enabled; enable it in the configuration/);
  const [id] = await clocked.submit({ role: 'gui_testing', ...SMALL });
  assert.equal((await clocked.state(id!)).status, 'queued');
  await clocked.engine.roles.setRoles([clocked.lab], []);
  await clocked.settle();
  assert.equal((await clocked.state(id!)).status, 'running');
});

test('a role that only one of several folders has enabled is started and paused there, whichever stands first', async (t) => {
  const clocked = await ClockedEngine.open(t);
  const field = '/field';
  const { roles } = clocked.engine;
  const off = { ...NIGHT, enabled: false };
  const states = async (): Promise<unknown> => Promise.all([[clocked.lab], [field], [field, clocked.lab], [clocked.lab, field]].map(async (roots) => (await roles.roles(roots)).find(({ role }) => role.name === 'night_shift')?.state));
  for (const roots of [[field, clocked.lab], [clocked.lab, field]]) {
    await roles.setRoles([clocked.lab], [NIGHT]);
    await roles.setRoles([field], [off]);
    await roles.setRoleState(roots, 'night_shift', 'paused');
    assert.deepEqual(await states(), ['paused', 'stopped', 'paused', 'paused']);
    assert.equal((await roles.roles(roots)).find(({ role }) => role.name === 'night_shift')?.role.enabled, true);
    await roles.setRoleState(roots, 'night_shift', 'running');
    assert.deepEqual(await states(), ['running', 'stopped', 'running', 'running']);
    await roles.setRoles([clocked.lab], [off]);
    await assert.rejects(roles.setRoleState(roots, 'night_shift', 'running'), /`night_shift` is not enabled/);
    await roles.setRoleState(roots, 'night_shift', 'stopped');
    await roles.setRoles([clocked.lab, field], [NIGHT]);
    assert.deepEqual(await states(), ['stopped', 'stopped', 'stopped', 'stopped']);
    await roles.setRoleState(roots, 'night_shift', 'running');
    assert.deepEqual(await states(), ['running', 'running', 'running', 'running']);
  }
});

test('whether a role is enabled is said by its folder for the workspaces below it as well', async (t) => {
  const clocked = await ClockedEngine.open(t);
  const { roles } = clocked.engine;
  const root = path.dirname(clocked.lab);
  await clocked.submit({ role: 'gui_testing', ...SMALL });
  const gui = async (): Promise<unknown> => {
    const view = (await roles.roles([root])).find(({ role }) => role.name === 'gui_testing');
    return [view?.role.enabled, view?.state];
  };
  await roles.setRoleState([root], 'gui_testing', 'paused');
  assert.deepEqual([await gui(), await roles.roles([clocked.lab]).then((views) => views.find(({ role }) => role.name === 'gui_testing')?.state)], [[true, 'paused'], 'paused']);
  await roles.setRoles([root], [{ ...BUILT_IN_ROLES.find(({ name }) => name === 'gui_testing')!, enabled: false }]);
  assert.deepEqual(await gui(), [false, 'paused']);
  await assert.rejects(roles.setRoleState([root], 'gui_testing', 'running'), /`gui_testing` is not enabled/);
});

test('a retry of a task whose role is shut by now waits for it', async (t) => {
  const clocked = await ClockedEngine.open(t);
  const [failed, again] = await clocked.submit({ role: 'gui_testing', ...SMALL }, { role: 'gui_testing', ...SMALL, retries: 1, backoff: 0 });
  await clocked.engine.roles.setRoleState([clocked.lab], 'gui_testing', 'paused');
  await clocked.exit(0, 1);
  await clocked.exit(1, 1);
  await clocked.order((tasks) => tasks.retry([failed!]));
  await clocked.advance(5000);
  assert.deepEqual([(await clocked.view(failed!)).wait?.type, (await clocked.view(again!)).wait?.type, clocked.processes.length], ['rolePaused', 'rolePaused', 2]);
});

test('a task in front of a file does not keep it from others while its role is shut', async (t) => {
  const clocked = await ClockedEngine.open(t);
  const [holder] = await clocked.submit({ files: ['data.json'], ...SMALL });
  const [first, second] = await clocked.submit({ files: ['data.json'], role: 'gui_testing', priority: 1, ...SMALL }, { files: ['data.json'], ...SMALL });
  await clocked.engine.roles.setRoleState([clocked.lab], 'gui_testing', 'paused');
  await clocked.exit(0, 0);
  assert.deepEqual([(await clocked.state(holder!)).status, (await clocked.state(first!)).status, (await clocked.state(second!)).status], ['finished', 'queued', 'running']);
});

test('a role with a command queues it when it is started, once while it is at work', async (t) => {
  const clocked = await ClockedEngine.open(t);
  await clocked.engine.roles.setRoles([clocked.lab], [{ ...NIGHT, command: ['tidy', '--deep'] }]);
  assert.equal(clocked.processes.length, 0);
  for (let n = 0; n < 2; n++) await clocked.engine.roles.setRoleState([clocked.lab], 'night_shift', 'running');
  await clocked.settle();
  assert.equal((await seen(clocked)).at(-1), 'night_shift running 1/0/0');
  const { spec } = (await clocked.view(taskId(1))).task;
  assert.deepEqual([spec.name, spec.work, spec.priority], ['Night Shift', { kind: 'command', argv: ['tidy', '--deep'] }, 8]);
  await clocked.exit(0, 0);
  await clocked.engine.roles.startAllRoles([clocked.lab]);
  await clocked.settle();
  assert.equal((await seen(clocked)).at(-1), 'night_shift running 1/0/1');
});

test('roles begin though others cannot; what is wrong with those is told together', async (t) => {
  const clocked = await ClockedEngine.open(t);
  const wrong = (name: string, priority: number): Role => ({ ...NIGHT, name, priority, options: { simulations: 'all' } });
  await clocked.engine.roles.setRoles([clocked.lab], [wrong('early', 0), wrong('noon', 1), { ...NIGHT, command: ['tidy'] }]);
  await assert.rejects(clocked.engine.roles.startAllRoles([clocked.lab]), {
    name: 'UserError',
    message: ['early', 'noon'].map((name) => `The role \`${name}\` cannot begin: \`options.simulations\`: expected a list; correct its configuration.`).join('\n'),
  });
  await clocked.settle();
  assert.equal((await seen(clocked)).at(-1), 'night_shift running 1/0/0');
});

test('a role that is started twice at once begins its command once; stopped meanwhile, it does not begin', async (t) => {
  const clocked = await ClockedEngine.open(t);
  await clocked.engine.roles.setRoles([clocked.lab], [{ ...NIGHT, command: ['tidy', '--deep'] }]);
  const order = (state: RoleOrder): Promise<void> => clocked.engine.roles.setRoleState([clocked.lab], 'night_shift', state);
  await Promise.all([order('running'), order('running')]);
  await clocked.settle();
  assert.equal((await seen(clocked)).at(-1), 'night_shift running 1/0/0');
  await clocked.exit(0, 0);
  await Promise.all([order('running'), order('stopped')]);
  await clocked.settle();
  assert.equal((await seen(clocked)).at(-1), 'night_shift stopped 0/0/1');
});

test('a role by code comes and goes; what is left of it can still be seen and run', async (t) => {
  const clocked = await ClockedEngine.open(t);
  await clocked.engine.roles.registerRole([clocked.lab], { ...NIGHT, source: 'code' });
  await clocked.engine.roles.setRoles([clocked.lab], []);
  const [id] = await clocked.submit({ role: 'night_shift' });
  await clocked.engine.roles.unregisterRole([clocked.lab], 'night_shift');
  assert.deepEqual((await seen(clocked)).filter((row) => row.startsWith('night')), ['night_shift running 1/0/0']);
  await clocked.exit(0, 0);
  assert.deepEqual([(await seen(clocked)).filter((row) => row.startsWith('night')), await clocked.outcome(id!)], [[], { type: 'succeeded' }]);
  await assert.rejects(clocked.submit({ role: 'night_shift' }), /unknown role/);
});

test('what was stopped and is started again is told from what was only paused, in each workspace', async (t) => {
  const clocked = await ClockedEngine.open(t);
  const { roles } = clocked.engine;
  const started = async (): Promise<unknown> => {
    const view = (await roles.roles([clocked.lab])).find(({ role }) => role.name === 'gui_testing');
    return [view?.opened, view?.started];
  };
  const order = async (...orders: readonly RoleOrder[]): Promise<unknown> => {
    for (const each of orders) await roles.setRoleState([clocked.lab], 'gui_testing', each);
    return started();
  };
  assert.deepEqual([await order('paused', 'running'), await order('stopped', 'running'), await order('stopped', 'paused', 'running')], [[1, 0], [2, 1], [3, 2]]);
});

test('a role that a file shuts and opens was started by nobody', async (t) => {
  const clocked = await ClockedEngine.open(t);
  const { roles } = clocked.engine;
  const gui = async (): Promise<RoleView> => (await roles.roles([clocked.lab])).find(({ role }) => role.name === 'gui_testing')!;
  const { role } = await gui();
  await roles.setRoles([clocked.lab], [{ ...role, enabled: false }]);
  assert.equal((await gui()).state, 'stopped');
  await roles.setRoles([clocked.lab], [{ ...role, enabled: true }]);
  const { state, started } = await gui();
  assert.deepEqual([state, started], ['running', 0]);
});

test('roles of one workspace are no business of another', async (t) => {
  const clocked = await ClockedEngine.open(t);
  await clocked.engine.roles.setRoleState(['/elsewhere'], 'gui_testing', 'paused');
  const [id] = await clocked.submit({ role: 'gui_testing', ...SMALL });
  assert.equal((await clocked.state(id!)).status, 'running');
  assert.equal((await seen(clocked, ['/elsewhere'])).find((row) => row.startsWith('gui')), 'gui_testing paused 0/0/0');
  // Over both, what is open in one of them counts as open.
  assert.equal((await seen(clocked, ['/elsewhere', clocked.lab])).find((row) => row.startsWith('gui')), 'gui_testing running 1/0/0');
});

test('the work of a role is done by one engine, until that one is gone', async (t) => {
  const clocked = await ClockedEngine.open(t);
  const take = (): Promise<boolean> => clocked.engine.roles.takeRoleWork(clocked.lab, 'gui_testing');
  assert.equal(await take(), true);
  const [own] = clocked.store.engines.all();
  clocked.store.write(() => clocked.store.roles.set({ ...clocked.store.roles.get(clocked.lab, 'gui_testing')!, engine: clocked.store.engines.insert({ ...own!, pid: 7 }, 0) }));
  assert.equal(await take(), false);
  clocked.store.write(() => clocked.store.engines.delete(clocked.store.roles.get(clocked.lab, 'gui_testing')!.engine!));
  assert.equal(await take(), true);
});

test('a window takes the work of a role from an engine without one, and never the other way round', async (t) => {
  const clocked = await ClockedEngine.open(t, { kind: 'window' });
  const take = (): Promise<boolean> => clocked.engine.roles.takeRoleWork(clocked.lab, 'task_management');
  const heldBy = (kind: 'cli' | 'window'): void => clocked.store.write(() => {
    settleRole(clocked.store, clocked.lab, 'task_management', { engine: clocked.store.engines.insert({ pid: 7, pidStart: '', boot: '', kind, roots: [clocked.lab], runsTasks: true, hasTerminals: false }, clocked.clock.now()) });
  });
  heldBy('window');
  assert.equal(await take(), false);
  heldBy('cli');
  assert.equal(await take(), true);
});

test('a role that is not enabled is not started by an order', (t) => {
  const { store } = new MemoryStore(t);
  const startedAfter = (...orders: readonly RoleOrder[]): number | undefined => {
    store.write(() => orders.forEach((ordered) => settleRole(store, '/lab', NIGHT.name, { ordered })));
    return store.roles.get('/lab', NIGHT.name)?.started;
  };
  store.write(() => settleRole(store, '/lab', NIGHT.name, { definition: { ...NIGHT, enabled: false } }));
  assert.equal(startedAfter('stopped', 'running'), 0);
  store.write(() => settleRole(store, '/lab', NIGHT.name, { definition: NIGHT }));
  assert.deepEqual([startedAfter('stopped', 'running'), startedAfter('paused', 'running')], [1, 1]);
});
