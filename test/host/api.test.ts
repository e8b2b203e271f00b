import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { TaskView } from '../../src/core/engine/engine-port.ts';
import type { RoleView } from '../../src/core/model/roles/role-view.ts';
import type { ParallelWorkflowApi, RoleInfo, TaskInfo } from '../../src/host/api/parallel-workflow.ts';
import { gatedTasks } from './support/gated-tasks.ts';
import { eventually, fileUri, Observer, workspaceFolder } from './support/observer.ts';

describe('what other extensions can do', () => {
  const folder = workspaceFolder().uri.fsPath;
  const own = vscode.extensions.getExtension<ParallelWorkflowApi>('parallel-workflow.parallel-workflow')!;
  const neighbour = vscode.extensions.getExtension<{ readonly report: readonly string[] }>('parallel-workflow-examples.night-shift')!;
  let observer: Observer;
  let api: ParallelWorkflowApi;
  before(async () => {
    observer = await Observer.open();
    api = await own.activate();
  });
  after(() => observer.close());

  const role = async (name: string): Promise<RoleView | undefined> => (await observer.engine.roles([folder])).find((view) => view.role.name === name);
  const named = async (name: string): Promise<TaskView | undefined> => (await observer.tasks()).find(({ task }) => task.spec.name === name);
  const stdout = ({ run }: TaskView): string => readFileSync(path.join(run!.folder, 'stdout'), 'utf8');

  it('queues a script to a role, as Python programs do, and is told its end', async () => {
    const told: TaskInfo[] = [];
    const listening = api.onDidFinishTask((task) => told.push(task));
    const id = await api.queueTask('agent_simulations', { name: 'Run model', script: 'quick.sh', agent_id: 'AI_Agent_1', priority: 'high', files: ['data.json'], task_type: 'simulation' });
    const [ended] = await api.wait([id]);
    assert.deepEqual([ended!.outcome, ended!.role, ended!.agent, ended!.type, ended!.priority, ended!.exitCode], ['succeeded', 'agent_simulations', 'AI_Agent_1', 'simulation', 1, 0]);
    await eventually('the event', () => told.find((task) => task.id === id));
    listening.dispose();
    const view = await observer.view(id as TaskView['task']['id']);
    assert.deepEqual(view.task.spec.files.map(({ path: file, mode }) => [path.basename(file), mode]), [['data.json', 'write'], ['quick.sh', 'read']]);
    assert.equal((await api.task(id))?.logFolder, view.run!.folder);
  });

  it('hears by its field what is wrong', async () => {
    await assert.rejects(api.addScriptTask({ script_path: 'nowhere.sh', task_type: 'simulation' }), /^UserError: addScriptTask: `script_path`: there is no file `.*nowhere\.sh`\.$/);
    await assert.rejects(api.queueTask('gui_testin', { script: 'quick.sh' }), /queueTask: `role`: unknown role `gui_testin`; did you mean `gui_testing`\?$/);
  });

  it('brings a role that works while its queue is open, and kinds of work that this window carries out', async () => {
    await neighbour.activate();
    const counted = await eventually('the work of the role', async () => ((await named('Count lines'))?.task.state.status === 'finished' ? named('Count lines') : undefined));
    assert.match(stdout(counted), /^\d+ quick\.sh$/m);
    const { spec } = counted.task;
    assert.deepEqual([spec.role, spec.priority, spec.work], ['night_shift', 9, { kind: 'hosted', runner: 'line_count', input: { files: '**/*.sh' } }]);
    const view = await role('night_shift');
    assert.deepEqual([view!.role.label, view!.role.source, view!.state, view!.counts.finished], ['Night Shift', 'code', 'running', 1]);
    await eventually('the report of the neighbour', () => neighbour.exports.report.find((line) => line === 'Count lines: succeeded'));
  });

  it('shuts its role, which starts nothing until it is opened, and then works anew', async () => {
    const heard: RoleInfo[] = [];
    const listening = api.onDidChangeRole((info) => heard.push(info));
    await api.stopRole('night_shift');
    await eventually('the change to be told', () => heard.find(({ name, state }) => name === 'night_shift' && state === 'stopped'));
    const id = await api.queueTask('night_shift', { name: 'Later', runner: 'node_script', input: 'console.log("at night"); process.exitCode = 3' });
    await eventually('the reason to wait', async () => ((await observer.view(id as TaskView['task']['id'])).wait?.type === 'rolePaused' ? true : undefined));
    const before = (await role('night_shift'))!.counts.finished;
    await vscode.commands.executeCommand('nightShift.begin');
    const [ended] = await api.wait([id]);
    assert.deepEqual([ended!.outcome, ended!.exitCode], ['failed', 3]);
    assert.equal(stdout(await observer.view(id as TaskView['task']['id'])), 'at night\n');
    await eventually('its work to be done again', async () => ((await role('night_shift'))!.counts.finished >= before + 2 ? true : undefined));
    listening.dispose();
  });

  it('cancels what a runner of its own does', async () => {
    let isCancelled = false;
    let isBegun = false;
    const registered = api.registerRunner({
      name: 'patience',
      run: (_task, output, token) => {
        isBegun = true;
        output.write('waiting\n');
        return new Promise((resolve) => token.onCancellationRequested(() => {
          isCancelled = true;
          resolve(0);
        }));
      },
    });
    const [id] = await api.submit({ runner: 'patience', name: 'Patience' });
    await eventually('the runner to be asked', () => (isBegun ? true : undefined));
    await api.cancel([id!]);
    const [ended] = await api.wait([id!]);
    await eventually('the runner to be told', () => (isCancelled ? true : undefined));
    assert.equal(ended!.outcome, 'cancelled');
    registered.dispose();
  });

  it('starts and stops all roles at once', async () => {
    const [gated] = (await gatedTasks(observer, 1, { role: 'agent_simulations' })).ids;
    await api.stopAllRoles();
    assert.deepEqual(new Set((await api.roles()).map(({ state }) => state)), new Set(['stopped']));
    await observer.reaches(gated!, 'cancelled');
    const id = await api.addScriptTask({ script_path: fileUri('quick.sh').fsPath, role: 'agent_simulations' });
    await api.startAllRoles();
    assert.equal((await api.wait([id]))[0]!.outcome, 'succeeded');
  });
});
