import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { RoleState } from '../../src/core/model/roles/role.ts';
import type { TaskId } from '../../src/core/model/ids.ts';
import { COMMANDS, SUMMARY_SCHEME, VIEWS } from '../../src/host/ids.ts';
import { gatedTasks, queueGated, type GatedTasks } from './support/gated-tasks.ts';
import { configure, eventually, fileUri, Observer, workspaceFolder } from './support/observer.ts';

const TIDY = { name: 'tidy_up', label: 'Tidy Up', purpose: 'Tidies up.', priority: 8, requirement: { cores: 0.1, memory: 1e6 }, enabled: true, options: {}, source: 'configuration', command: ['sh', 'quick.sh', 'and tidy'] } as const;

describe('roles', () => {
  it('have a daily summary that a preview from before a reload can read', async () => {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: SUMMARY_SCHEME, path: '/Daily Summary.md' }));
    assert.match(document.getText(), /^# Daily Summary\n/);
  });

  const roots = [workspaceFolder().uri.fsPath];
  let observer: Observer;
  before(async () => {
    observer = await Observer.open();
    await vscode.extensions.getExtension('parallel-workflow.parallel-workflow')!.activate();
  });
  after(() => observer.close());
  // A test that fails leaves no closed queue to the next.
  afterEach(async () => {
    await observer.engine.pinStrategy('normal');
    await observer.engine.startAllRoles(roots);
  });

  const run = (command: string, ...args: unknown[]): Thenable<unknown> => vscode.commands.executeCommand(command, ...args);
  const row = (name: string): unknown => ({ kind: 'role', name });
  const stateOf = async (name: string): Promise<RoleState | undefined> => (await observer.engine.roles(roots)).find(({ role }) => role.name === name)?.state;
  const waits = (id: TaskId, type: string): Promise<true> => eventually(`#${id} to wait: ${type}`, async () => ((await observer.view(id)).wait?.type === type ? true : undefined));

  it('have a view of their own', async () => {
    await run(COMMANDS.showRoles);
    await run(`${VIEWS.roles}.focus`);
  });

  it('are paused and started by their rows: what runs goes on, what waits waits', async () => {
    const { ids: [running], open } = await gatedTasks(observer, 1, { role: 'gui_testing' });
    await run(COMMANDS.pauseRole, row('gui_testing'));
    const waiting = await queueGated(observer, 1, { role: 'gui_testing' });
    await waits(waiting.ids[0]!, 'rolePaused');
    open();
    await observer.reaches(running!, 'succeeded');
    waiting.open();
    await run(COMMANDS.startRole, 'gui_testing');
    await observer.reaches(waiting.ids[0]!, 'succeeded');
  });

  it('are stopped with all their tasks', async () => {
    await configure('confirmations.cancelAll', false);
    const { ids: [id] } = await gatedTasks(observer, 1, { role: 'gui_testing' });
    await run(COMMANDS.stopRole, row('gui_testing'));
    await observer.reaches(id!, 'cancelled');
    assert.equal(await stateOf('gui_testing'), 'stopped');
    await run(COMMANDS.stopAllRoles);
    assert.equal(await stateOf('task_management'), 'stopped');
    await run(COMMANDS.startAllRoles);
    assert.equal(await stateOf('gui_testing'), 'running');
    await configure('confirmations.cancelAll', undefined);
  });

  it('give way by priority while the machine is short, and come back', async () => {
    const gates: GatedTasks[] = [];
    for (const role of ['agent_simulations', 'script_assessment']) gates.push(await gatedTasks(observer, 1, { role, cpu: 0.01, memory: 1 }));
    await observer.engine.pinStrategy('conserve');
    await eventually('the least urgent to give way', async () => ((await stateOf('script_assessment')) === 'givesWay' ? true : undefined));
    assert.equal(await stateOf('agent_simulations'), 'running');
    const late = await queueGated(observer, 1, { role: 'script_assessment', priority: 1 });
    await waits(late.ids[0]!, 'rolePaused');
    late.open();
    await observer.engine.pinStrategy('normal');
    await eventually('it to come back', async () => ((await stateOf('script_assessment')) === 'running' ? true : undefined), 50_000);
    await observer.reaches(late.ids[0]!, 'succeeded');
    for (const { open, ids } of gates) {
      open();
      await observer.reaches(ids[0]!, 'succeeded');
    }
  });

  it('of one’s own are defined by data, and do their command when they are started', async () => {
    await observer.engine.setRoles(roots, [TIDY]);
    assert.equal(await stateOf('tidy_up'), 'running');
    const [id] = await observer.newTasks(1, () => run(COMMANDS.startRole, row('tidy_up')));
    const { task } = await observer.reaches(id!, 'succeeded');
    assert.deepEqual([task.spec.name, task.spec.role, task.spec.priority], ['Tidy Up', 'tidy_up', 8]);
    await observer.engine.setRoles(roots, []);
    assert.equal(await stateOf('tidy_up'), undefined);
  });

  it('of one’s own are written in a file of the workspace', async () => {
    const extension = vscode.extensions.getExtension('parallel-workflow.parallel-workflow')!;
    const example = path.join(extension.extensionPath, 'examples', 'night-shift-configuration', 'parallel_execution_config.json');
    const config = JSON.parse(readFileSync(example, 'utf8')) as { readonly roles: { readonly nightly_checks: object } };
    const file = fileUri('parallel_execution_config.json').fsPath;
    // What the example runs is not in this workspace.
    writeFileSync(file, JSON.stringify({ ...config, roles: { nightly_checks: { ...config.roles.nightly_checks, command: ['sh', 'quick.sh', 'by night'] } } }));
    await eventually('the role to be there', async () => ((await stateOf('nightly_checks')) === 'running' ? true : undefined));
    const [id] = await observer.newTasks(1, () => run(COMMANDS.startRole, 'nightly_checks'));
    const { task, estimate } = await observer.reaches(id!, 'succeeded');
    assert.deepEqual([task.spec.name, task.spec.role, task.spec.priority, estimate.cpu.value >= 0.5], ['Nightly Checks', 'nightly_checks', 9, true]);
    rmSync(file);
    await eventually('the role to be gone', async () => ((await stateOf('nightly_checks')) === undefined ? true : undefined));
  });
});
