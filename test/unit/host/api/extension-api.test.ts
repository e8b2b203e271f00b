import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { Emitter } from '../../../../src/core/base/emitter.ts';
import { taskId } from '../../../../src/core/model/ids.ts';
import { RoleWatch } from '../../../../src/core/roles/role-watch.ts';
import { RoleWorkers } from '../../../../src/core/roles/role-workers.ts';
import { extensionApi } from '../../../../src/host/api/extension-api.ts';
import type { ParallelWorkflowApi, RoleWork } from '../../../../src/host/api/parallel-workflow.ts';
import { RoleRegistry } from '../../../../src/host/api/role-registry.ts';
import { RunnerServer } from '../../../../src/host/api/runner-server.ts';
import { TaskCalls } from '../../../../src/host/api/task-calls.ts';
import { TaskWatch } from '../../../../src/host/tasks/task-watch.ts';
import { FakeEngine } from '../../../support/fake-engine.ts';
import { RecordingLog } from '../../../support/recording-log.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { ManualClock, settled } from '../../views/manual-clock.ts';

interface Owner {
  after(clean: () => void): void;
}

/** What other extensions get, over an engine in memory. */
function offered(t: Owner) {
  const engine = Object.assign(new FakeEngine(), { onDidOpen: opened.event });
  const clock = new ManualClock(engine.now);
  const log = new RecordingLog();
  const onError = (error: unknown): never => { throw error; };
  const roots = (): readonly string[] => ['/lab', '/field'];
  const watch = new TaskWatch(engine, roots, clock, onError);
  const roleWatch = new RoleWatch({ engine, roots, clock, onError });
  const workers = new RoleWorkers({ engine, watch: roleWatch, roots: () => ['/lab'], mayWork: () => true, clock, log });
  const registry = new RoleRegistry({ engine, workers, roots, onError });
  const runners = new RunnerServer({ home: path.join(tempFolder(t), 'state'), roots, clock, log });
  t.after(() => [watch, workers, roleWatch, registry, runners].forEach((part) => part.dispose()));
  const completed = (_folder: string, fields: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>> => Promise.resolve({ ...fields, ...('script' in fields && { interpreter: 'python3.14' }) });
  const tasks = new TaskCalls({ engine, queue: engine, watch, requireFolders: roots, completed, clock });
  const api = extensionApi({ engine, watch, roleWatch, registry, runners, tasks: () => Promise.resolve(tasks), requireFolders: roots, clock });
  const settle = async (): Promise<void> => {
    await clock.advance(1000);
    await workers.settled();
    await settled();
  };
  return { api, engine, clock, settle };
}
const opened = new Emitter<void>();

const specOf = (engine: FakeEngine, id: number) => engine.get(taskId(id)).task.spec;

test('tasks are queued in the words of a batch file, in the first folder or in one that is named', async (t) => {
  const { api, engine } = offered(t);
  assert.equal(api.apiVersion, 1);
  assert.deepEqual(await api.submit({ script: 'a.py', priority: 'high' }), [1]);
  assert.deepEqual(await api.submit([{ command: ['make'] }, { command: ['make', 'all'], name: 'All' }], { name: 'Builds', folder: '/field' }), [2, 3]);
  assert.deepEqual(engine.requests.map(({ workspace, name, confine }) => [workspace, name, confine]), [['/lab', 'a.py', false], ['/field', 'Builds', false]]);
  assert.deepEqual([specOf(engine, 1).priority, specOf(engine, 1).interpreter, specOf(engine, 3).name], [1, 'python3.14', 'All']);
});

test('a task for a role is queued in the words of Python programs as well', async (t) => {
  const { api, engine } = offered(t);
  const id = await api.queueTask('script_assessment', { name: 'Assess model.py', script_path: '/path/to/model.py', priority: 'high', files: ['/path/to/data.json'], agent_id: 'AI_Agent_1', task_type: 'analysis' });
  const { name, role, priority, work, files, agent, type } = specOf(engine, id);
  assert.deepEqual({ name, role, priority, work, agent, type, written: files.filter(({ mode }) => mode === 'write') }, {
    name: 'Assess model.py', role: 'script_assessment', priority: 1, work: { kind: 'script', path: '/path/to/model.py' }, agent: 'AI_Agent_1', type: 'analysis', written: [{ path: '/path/to/data.json', mode: 'write' }],
  });
  assert.equal(specOf(engine, await api.addScriptTask({ script_path: 'a.py', priority: 3, task_type: 'simulation' })).type, 'simulation');
});

type Call = (api: ParallelWorkflowApi) => unknown;
/** For wrong uses no types protect from. */
const given = <T>(value: unknown): T => value as T;

const WRONG: readonly (readonly [string, Call, string])[] = [
  ['a task that is none', (api) => api.submit(given(5)), 'submit: expected an object that describes a task, got `5`.'],
  ['one of several', (api) => api.submit(given([{ command: ['a'] }, 'b'])), 'submit: `tasks[1]`: expected an object that describes a task, got `"b"`.'],
  ['no task at all', (api) => api.submit([]), 'submit: `tasks`: expected at least one task, got `[]`.'],
  ['a field of one', (api) => api.submit({ script: 'missing.py', retires: 2 }), 'submit: `retires`: unknown field; did you mean `retries`?; `script`: there is no file `/lab/missing.py`.'],
  ['a field of one of several', (api) => api.submit([{ command: ['a'] }, { script: 'missing.py' }]), 'submit: `tasks[1].script`: there is no file `/lab/missing.py`.'],
  ['a folder', (api) => api.submit({ command: ['a'] }, { folder: '/elsewhere' }), 'submit: `options.folder`: `/elsewhere` is no folder of this window; its folders are `/lab`, `/field`.'],
  ['a role', (api) => api.queueTask('gui_testin', { script: 'a.py' }), 'queueTask: `role`: unknown role `gui_testin`; did you mean `gui_testing`?'],
  ['the role itself', (api) => api.queueTask(given(undefined), { script: 'a.py' }), 'queueTask: `role`: expected the name of a role, such as `gui_testing`, got `undefined`.'],
  ['a field under its other name', (api) => api.queueTask('gui_testing', { script_path: 'missing.py', task_type: 'gpu' }), 'queueTask: `script_path`: there is no file `/lab/missing.py`; `task_type`: unknown type `gpu`; known are `blender_task`, `simulation`, `analysis`, `utility`.'],
  ['a script that is not named', (api) => api.addScriptTask(given({ script: 'a.py' })), 'addScriptTask: `script_path`: expected the path of a script, got nothing.'],
  ['a number', (api) => api.task(given('1')), 'task: `id`: expected the number of a task, got `"1"`.'],
  ['numbers', (api) => api.wait([1, 1.5]), 'wait: `ids[1]`: expected the number of a task, got `1.5`.'],
  ['a list', (api) => api.cancel(given(1)), 'cancel: `ids`: expected a list of numbers of tasks, got `1`.'],
  ['the name of a role', (api) => api.startRole(given(1)), 'startRole: `name`: expected the name of a role, got `1`.'],
  ['a role of one’s own', (api) => api.registerRole(given({ name: 'Night Shift', prioritty: 1, requirement: { cores: 0, memory: 'much' }, handler: 'run' })), 'registerRole: `prioritty`: unknown field; did you mean `priority`?; `name`: expected a name in snake case, such as `night_shift`, got `"Night Shift"`; `label`: expected a text that is not empty, got nothing; `requirement.cores`: expected a number of cores > 0, got `0`; `requirement.memory`: expected a size such as `512 MB` or a number of bytes, got `"much"`; `handler`: expected a function, got `"run"`.'],
  ['a role that is built in', (api) => api.registerRole({ name: 'gui_testing', label: 'Mine' }), 'registerRole: `name`: `gui_testing` is a role that is built in; choose another name.'],
  ['a role that is no object', (api) => api.registerRole(given(null)), 'registerRole: expected an object that describes a role, got `null`.'],
  ['a runner’s name', (api) => api.registerRunner(given({ name: '2nd', run: () => undefined })), 'registerRunner: `name`: expected a letter, then letters, digits, `_` and `-`, such as `notebook`, got `"2nd"`.'],
  ['a runner that does nothing', (api) => api.registerRunner({ name: 'notebook' }), 'registerRunner: `run`: a runner has either `command` or `run`.'],
  ['a runner with a field too many', (api) => api.registerRunner(given({ name: 'notebook', exec: 1 })), 'registerRunner: `exec`: unknown field; known are `name`, `command`, `run`.'],
];

for (const [name, call, message] of WRONG) {
  test(`what is wrong is told by its field: ${name}`, async (t) => {
    const { api, engine } = offered(t);
    await assert.rejects(async () => void (await call(api)), { name: 'UserError', message });
    assert.equal(engine.orders.length, 0);
  });
}

test('a task is waited for, also by somebody who gives up', async (t) => {
  const { api, engine, settle } = offered(t);
  const [one, two] = await api.submit([{ command: ['a'] }, { command: ['b'] }]);
  const waited = api.wait([two!, one!]);
  const giveUp = new Emitter<unknown>();
  const token = { isCancellationRequested: false, onCancellationRequested: giveUp.event };
  const givenUp = /nobody waits for task #1 any more; it goes on/;
  const rejected = assert.rejects(api.wait([one!], token), givenUp);
  await settle();
  giveUp.fire(undefined);
  await rejected;
  // At once: it is told though the calls are still being loaded.
  const early = { ...token };
  const soon = assert.rejects(api.wait([one!], early), givenUp);
  early.isCancellationRequested = true;
  await soon;
  for (const id of [one!, two!]) {
    engine.start(taskId(id));
    engine.end(taskId(id), id === 1 ? { type: 'succeeded' } : { type: 'failed', reason: 'exit', code: 3 }, { exitCode: id === 1 ? 0 : 3 });
  }
  await settle();
  assert.deepEqual((await waited).map(({ id, outcome, summary, exitCode }) => [id, outcome, summary, exitCode]), [[2, 'failed', 'failed (exit 3)', 3], [1, 'succeeded', 'succeeded', 0]]);
});

test('changes and ends of tasks are told, and no more once nobody listens', async (t) => {
  const { api, engine, settle } = offered(t);
  const told: string[] = [];
  const disposables: { dispose(): unknown }[] = [];
  api.onDidFinishTask(function (this: { readonly mark: string }, { name, outcome }) { told.push(`${this.mark} ${name} ${outcome}`); }, { mark: 'end:' }, disposables);
  const changes: string[] = [];
  const listening = api.onDidChangeTask(({ status }) => changes.push(status));
  const [id] = await api.submit({ command: ['a'], name: 'A' });
  engine.start(taskId(id!));
  await settle();
  listening.dispose();
  engine.end(taskId(id!));
  await settle();
  assert.deepEqual([told, changes.at(-1)], [['end: A succeeded'], 'running']);
  disposables[0]!.dispose();
});

test('roles are started, paused and stopped, and their changes told', async (t) => {
  const { api, engine, settle } = offered(t);
  await settle();
  const told: string[] = [];
  api.onDidChangeRole(({ name, state }) => told.push(`${name} ${state}`));
  await api.pauseRole('gui_testing');
  await settle();
  await api.stopRole('gui_testing');
  await api.startRole('gui_testing');
  await api.stopAllRoles();
  await api.startAllRoles();
  assert.deepEqual(engine.orders, ['role gui_testing paused', 'role gui_testing stopped', 'role gui_testing running', 'stop all roles', 'start all roles']);
  assert.deepEqual(told, ['gui_testing paused']);
  assert.deepEqual((await api.roles()).map(({ name, state, priority }) => `${name} ${state} ${priority}`).slice(0, 2), ['resource_management running 2', 'task_management running 3']);
});

test('a role of an extension’s own works while its queue is open, is told to each new engine, and goes with it', async (t) => {
  const { api, engine, settle } = offered(t);
  const works: RoleWork[] = [];
  let left = 0;
  const registered = api.registerRole({
    name: 'night_shift', label: 'Night Shift', purpose: 'Tidies up.', priority: 'low', requirement: { cores: 2, memory: '1 GiB' },
    handler: (work) => {
      works.push(work);
      return { dispose: () => left++ };
    },
  });
  assert.throws(() => api.registerRole({ name: 'night_shift', label: 'Other' }), /`name`: an extension of this window has registered `night_shift` already/);
  await settle();
  const { role } = engine.rolesNow.find((view) => view.role.name === 'night_shift')!;
  assert.deepEqual(role, { name: 'night_shift', label: 'Night Shift', purpose: 'Tidies up.', priority: 9, requirement: { cores: 2, memory: 2 ** 30 }, enabled: true, options: {}, source: 'code' });
  assert.deepEqual([works.length, works[0]!.folder, works[0]!.token.isCancellationRequested], [1, '/lab', false]);
  assert.equal(specOf(engine, await works[0]!.queueTask({ script_path: 'tidy.py' })).role, 'night_shift');
  let heard = 0;
  works[0]!.token.onCancellationRequested(() => heard++);
  await api.pauseRole('night_shift');
  await settle();
  assert.deepEqual([left, heard, works[0]!.token.isCancellationRequested], [1, 1, true]);
  engine.rolesNow = engine.rolesNow.filter((view) => view.role.name !== 'night_shift');
  opened.fire();
  await settle();
  assert.equal(works.length, 2);
  registered.dispose();
  await settle();
  assert.deepEqual([left, engine.rolesNow.some((view) => view.role.name === 'night_shift')], [2, false]);
});
