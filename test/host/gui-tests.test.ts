import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import type { Json } from '../../src/core/base/json.ts';
import type { RoleView } from '../../src/core/model/roles/role-view.ts';
import type { ParallelWorkflowApi } from '../../src/host/api/parallel-workflow.ts';
import type { GuiTestReport } from '../../src/host/gui-tests/gui-tests.ts';
import { COMMANDS } from '../../src/host/ids.ts';
import { configure, eventually, fileUri, Observer, workspaceFolder } from './support/observer.ts';
import { roleHeard } from './support/role-heard.ts';

describe('GUI tests', () => {
  const roots = [workspaceFolder().uri.fsPath];
  let observer: Observer;
  let api: ParallelWorkflowApi;
  before(async () => {
    observer = await Observer.open();
    api = await vscode.extensions.getExtension<ParallelWorkflowApi>('parallel-workflow.parallel-workflow')!.activate();
  });
  after(() => observer.close());
  afterEach(async () => {
    await configure('roles.definitions', undefined);
    await observer.engine.startAllRoles(roots);
  });

  /** As a person sets them, and heard of by the engine. */
  const setOptions = async (options: Readonly<Record<string, Json>>): Promise<void> => {
    await configure('roles.definitions', { gui_testing: { options } });
    await eventually('the role to have its options', async () => (isDeepStrictEqual((await role())?.role.options, options) ? true : undefined));
  };
  const role = async (): Promise<RoleView | undefined> => (await observer.engine.roles(roots)).find((view) => view.role.name === 'gui_testing');
  const runAll = (): Thenable<GuiTestReport> => vscode.commands.executeCommand<GuiTestReport>(COMMANDS.runGuiTests);
  const counter = (): string => fileUri(`runs-${randomUUID()}.txt`).fsPath;

  it('run as a task of their role; results come from the report, with screenshots; who fails and passes is flaky', async () => {
    const runs = counter();
    await setOptions({ command: ['sh', 'gui-tests.sh', runs] });
    let first: GuiTestReport | undefined;
    const [id] = await observer.newTasks(1, async () => (first = await runAll()));
    const { task } = await observer.view(id!);
    assert.deepEqual([task.spec.role, task.spec.type, task.state.status === 'finished' && task.state.outcome.type], ['gui_testing', 'utility', 'failed']);
    const told = ({ tests }: GuiTestReport): unknown => tests.map(({ name, verdict, message, isFlaky, artifacts }) => [name, verdict, message, isFlaky, artifacts.map((file) => path.basename(file))]);
    assert.deepEqual(first!.problems, []);
    assert.deepEqual(told(first!), [['opens', 'passed', '', false, []], ['clicks', 'failed', 'no such button', false, ['seen.png', 'clicks.png']], ['drags', 'skipped', 'no mouse', false, []]]);
    assert.equal(readFileSync(first!.tests[1]!.artifacts[1]!, 'utf8'), 'picture\n');
    assert.deepEqual(told(await runAll()), [['opens', 'passed', '', false, []], ['clicks', 'passed', '', true, ['seen.png', 'clicks.png']], ['drags', 'skipped', 'no mouse', false, []]]);
  });

  it('are run again where they failed, and no others', async () => {
    const runs = counter();
    await setOptions({ command: ['sh', 'gui-tests.sh', runs] });
    await runAll();
    const [id] = await observer.newTasks(1, () => vscode.commands.executeCommand('testing.reRunFailTests'));
    await observer.reaches(id!, 'succeeded');
    assert.equal(readFileSync(`${runs}.tests`, 'utf8'), '[{"group":"window","name":"clicks"}]');
  });

  it('that leave no report, or one that cannot be read, say so', async () => {
    await setOptions({ command: ['sh', '-c', 'echo no display >&2; exit 3'] });
    const { tests, problems } = await runAll();
    assert.deepEqual(tests, []);
    assert.match(problems[0]!, /left no JUnit report at .*junit\.xml; their task: failed \(exit 3\)\. no display/);
    await setOptions({ command: ['sh', '-c', 'echo "<testsuites>" > broken.xml'], junit: 'broken.xml' });
    assert.match((await runAll()).problems[0]!, /broken\.xml cannot be read: Line \d: the text ends inside <testsuites>/);
    await setOptions({ command: ['true'], junit: 'broken.xml' });
    assert.match((await runAll()).problems[0]!, /left no JUnit report at .*broken\.xml; their task: succeeded/);
  });

  it('run when somebody starts their role after it was stopped', async () => {
    const runs = counter();
    await setOptions({ command: ['sh', 'gui-tests.sh', runs] });
    const heard = roleHeard(api, 'gui_testing', 'stopped');
    await vscode.commands.executeCommand(COMMANDS.stopRole, 'gui_testing');
    await heard;
    const [id] = await observer.newTasks(1, () => vscode.commands.executeCommand(COMMANDS.startRole, 'gui_testing'));
    await observer.reaches(id!, 'failed');
    assert.equal(readFileSync(runs, 'utf8'), 'run\n');
    // Before anybody could see that it was stopped.
    const [again] = await observer.newTasks(1, async () => {
      await observer.engine.setRoleState(roots, 'gui_testing', 'stopped');
      await observer.engine.setRoleState(roots, 'gui_testing', 'running');
    });
    await observer.reaches(again!, 'succeeded');
  });
});
