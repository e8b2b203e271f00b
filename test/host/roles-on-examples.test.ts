import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { RoleView } from '../../src/core/model/roles/role-view.ts';
import type { RoleState } from '../../src/core/model/roles/role.ts';
import type { ParallelWorkflowApi } from '../../src/host/api/parallel-workflow.ts';
import type { GuiTestReport } from '../../src/host/gui-tests/gui-tests.ts';
import { COMMANDS } from '../../src/host/ids.ts';
import { ExampleProject } from './support/example-project.ts';
import { gatedTasks, type GatedTasks } from './support/gated-tasks.ts';
import { longerAgo } from './support/longer-ago.ts';
import { configure, eventually, Observer, workspaceFolder } from './support/observer.ts';
import { roleHeard } from './support/role-heard.ts';

const HOUR = 3_600_000;
/** A handful of simulations on a busy machine. */
const SIMULATIONS_MS = 50_000;
/** The role as the example in `gui_tests` configures it, from the folder above. */
const GUI_COMMAND = ['python3', 'gui_tests/run_gui_tests.py'];
/** By the agents that the example does not simulate yet; the example's own are two seeds of two reproduction numbers by AI_Agent_4 and two seeds by AI_Agent_1. */
const MORE_SIMULATIONS = [
  { script: 'AI_Agent_2/orders_statistics.py', agents: ['AI_Agent_2'], args: ['--rounds', '100', '--seed', '7'] },
  { script: 'AI_Agent_3/icosphere.py', agents: ['AI_Agent_3'], args: ['--levels', '4'] },
  { script: 'AI_Agent_5/log_templates.py', agents: ['AI_Agent_5'] },
];
const AGENTS = [1, 2, 3, 4, 5].map((number) => `AI_Agent_${number}`);
const PLAN = { name: 'Records clean', due: '2030-01-31', tasks: ['Find the record *', 'Templates *'] };

describe('the roles on the examples', () => {
  const roots = [workspaceFolder().uri.fsPath];
  const place = (...names: readonly string[]): string => path.join(roots[0]!, ...names);
  let observer: Observer;
  let api: ParallelWorkflowApi;
  let examples: ExampleProject;
  before(async () => {
    observer = await Observer.open();
    api = await vscode.extensions.getExtension<ParallelWorkflowApi>('parallel-workflow.parallel-workflow')!.activate();
    await configure('confirmations.cancelAll', false);
    examples = ExampleProject.copy();
    examples.configure({ simulations: MORE_SIMULATIONS, milestones: [PLAN], gui_testing: { command: GUI_COMMAND } });
    await eventually('the roles to be as the example configures them', async () => ((await view('gui_testing')).role.options.command !== undefined ? true : undefined));
  });
  after(async () => {
    examples.remove();
    await eventually('the roles to be their own again', async () => ((await view('agent_simulations')).role.options.simulations === undefined ? true : undefined));
    await configure('confirmations.cancelAll', undefined);
    await observer.engine.startAllRoles(roots);
    await observer.close();
  });

  afterEach(async () => {
    for (const { open } of gates.splice(0)) open();
    await configure('machine.dwellSeconds', undefined);
    await observer.engine.setRoleState(roots, 'project_management', 'running');
    await observer.engine.pinStrategy('normal');
  });

  const gates: GatedTasks[] = [];
  const gated = async (fields: Readonly<Record<string, unknown>>): Promise<GatedTasks> => {
    const tasks = await gatedTasks(observer, 1, { cpu: 0.01, memory: 1, ...fields });
    gates.push(tasks);
    return tasks;
  };
  const run = (command: string, ...args: unknown[]): Thenable<unknown> => vscode.commands.executeCommand(command, ...args);
  const view = async (name: string): Promise<RoleView> => (await observer.engine.roles(roots)).find(({ role }) => role.name === name)!;
  const states = async (state: RoleState): Promise<readonly string[]> => (await observer.engine.roles(roots)).filter((each) => each.state === state).map(({ role }) => role.name);
  const queue = (...tasks: readonly object[]): ReturnType<Observer['newTasks']> => observer.newTasks(tasks.length, () => run(COMMANDS.queueBatch, examples.batch(tasks)));
  const restart = async (name: string): Promise<void> => {
    await run(COMMANDS.stopRole, name);
    await eventually(`${name} to be stopped`, async () => ((await view(name)).state === 'stopped' ? true : undefined));
    await run(COMMANDS.startRole, name);
  };
  /** The text of an open report, once it says so; it may still be an earlier one. */
  const report = async (uri: string, said: RegExp): Promise<string> => {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
    return eventually(`${uri} to say ${String(said)}`, () => (said.test(document.getText()) ? document.getText() : undefined));
  };
  const milestones = async (said: RegExp): Promise<string> => {
    await run(COMMANDS.openMilestoneReport);
    return report('parallel-workflow-milestones:/Milestones.md', said);
  };
  const summary = async (): Promise<string> => {
    await run(COMMANDS.showDailySummary);
    return report('parallel-workflow-summary:/Daily Summary.md', /^# Daily Summary/);
  };

  it('Agent Simulations sweeps the five agents’ simulations, each into a folder of its agent with log, artifacts and result', async () => {
    await milestones(/Outbreaks understood \| 2030-01-31 \| 0 of 0 .* no tasks yet/);
    const foldersOf = (agent: string): readonly string[] => (existsSync(place('agent_outputs', agent)) ? readdirSync(place('agent_outputs', agent)) : []);
    // Other tasks of this workspace may have been made for an agent before.
    const before = new Set(AGENTS.flatMap(foldersOf));
    const ids = await observer.newTasks(9, () => run(COMMANDS.startRole, 'agent_simulations'));
    assert.equal(ids.length, 9);
    const views = await eventually('the simulations', async () => {
      const all = await observer.engine.views(ids);
      return all.every(({ task }) => task.state.status === 'finished') ? all : undefined;
    }, SIMULATIONS_MS);
    const ended = views.map(({ task: { spec, state } }) => [spec.agent, spec.role, spec.priority, state.status === 'finished' && state.outcome.type]);
    assert.deepEqual(ended.sort(), ['AI_Agent_1', 'AI_Agent_1', 'AI_Agent_2', 'AI_Agent_3', 'AI_Agent_4', 'AI_Agent_4', 'AI_Agent_4', 'AI_Agent_4', 'AI_Agent_5'].map((agent) => [agent, 'agent_simulations', 4, 'succeeded']));
    for (const agent of new Set(views.map(({ task }) => task.spec.agent!))) {
      const folders = foldersOf(agent).filter((folder) => !before.has(folder));
      assert.equal(folders.length, views.filter(({ task }) => task.spec.agent === agent).length, agent);
      for (const folder of folders) {
        const files = readdirSync(place('agent_outputs', agent, folder));
        for (const file of ['result.json', 'stdout.log', 'stderr.log']) assert.ok(files.includes(file), `${folder} has ${files.join(', ')}`);
        assert.ok(files.length > 3, `${folder} has no artifact beside ${files.join(', ')}`);
        assert.equal(typeof JSON.parse(readFileSync(place('agent_outputs', agent, folder, 'result.json'), 'utf8')), 'object');
      }
    }
  }).timeout(120_000);

  it('Project Management follows its milestones by what became of the tasks, and reports what blocks one', async () => {
    await milestones(/Outbreaks understood \| 2030-01-31 \| 4 of 4 .* reached/);
    const script = 'AI_Agent_5/validate_records.py';
    const [found, templates] = await queue({ name: 'Find the record that was changed', script }, { name: 'Templates behind a log', script: 'AI_Agent_5/log_templates.py' });
    await observer.reaches(templates!, 'succeeded');
    await observer.reaches(found!, 'failed');
    const text = await milestones(/Records clean \| 2030-01-31 \| 1 of 2 .* blocked by 1 failed task/);
    assert.match(text, /## What blocks Records clean\n\n- \\#\d+ Find the record that was changed: failed \\\(exit 3\\\)/);
    // As the example has it: just this exit is expected.
    const [again] = await queue({ name: 'Find the record that was changed', script, expect: { exitCode: 3 } });
    await observer.reaches(again!, 'finished');
    await milestones(/Records clean \| 2030-01-31 \| 2 of 2 .* reached/);
  });

  it('Resource Management clears old temporary files away, and reports a machine that becomes short', async () => {
    const [id] = await queue({ script: 'AI_Agent_3/icosphere.py', args: ['--levels', '4'] });
    const { run: ended } = await observer.reaches(id!, 'succeeded');
    const temporary = path.join(ended!.folder, 'tmp');
    mkdirSync(temporary, { recursive: true });
    writeFileSync(path.join(temporary, 'mesh.part'), 'v 0 0 0\n');
    const old = new Date(Date.now() - 48 * HOUR);
    utimesSync(path.join(temporary, 'mesh.part'), old, old);
    await observer.engine.pinStrategy('conserve');
    await run(COMMANDS.showEngineLog);
    await restart('resource_management');
    await eventually('the old files to be gone', () => (existsSync(temporary) ? undefined : true));
    assert.ok(existsSync(path.join(ended!.folder, 'stdout')), 'its log is still there');
    await eventually('the shortage in the log', () => vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'output')?.getText().match(/The machine is short: conserve/) ?? undefined);
  });

  it('Script Assessment judges the scripts that are queued to it, and does not run them', async () => {
    const scripts = ['to_improve.py', 'AI_Agent_1/nbody.py', 'AI_Agent_5/ledger.py'];
    const ids = await queue(...scripts.map((script) => ({ script, role: 'script_assessment' })));
    const grades = await Promise.all(ids.map(async (id) => {
      const { task, run: judged } = await observer.reaches(id, 'finished');
      assert.equal(task.spec.role, 'script_assessment');
      return /\b([A-F]) \(\d+\)/.exec(readFileSync(path.join(judged!.folder, 'stdout'), 'utf8'))?.[1];
    }));
    assert.deepEqual(grades.map((grade) => grade !== undefined), [true, true, true]);
    assert.ok(grades[0]! > grades[1]!, `to_improve.py is graded ${grades[0]}, nbody.py ${grades[1]}`);
    assert.ok(!existsSync(place('AI_Agent_5', 'out', 'ledger.json')), 'the ledger was not run');
  });

  it('GUI Testing runs the example’s tests of a window, and shows them in the Test Explorer', async () => {
    let told: GuiTestReport | undefined;
    const [id] = await observer.newTasks(1, async () => (told = (await run(COMMANDS.runGuiTests)) as GuiTestReport));
    await observer.reaches(id!, 'succeeded');
    assert.deepEqual(told!.problems, []);
    assert.deepEqual(told!.tests.map(({ group, name }) => [group, name]), [['Counter', 'test_begins_again'], ['Counter', 'test_counts_clicks'], ['Counter', 'test_reset_waits_for_a_click']]);
    // Without Tk, or a display for it, the example skips its tests.
    for (const { verdict, message } of told!.tests) assert.ok(verdict === 'passed' || (verdict === 'skipped' && message !== ''), message);
  });

  it('Task Management tells of what is stuck, forgotten and failing again and again, and of what waits in vain', async () => {
    const { ids: [stuck] } = await gated({});
    await run(COMMANDS.pauseRole, 'project_management');
    const [collatz, convergence, forgotten] = await queue(
      { id: 'collatz', name: 'Collatz, a slice too small', script: 'AI_Agent_1/collatz.py', args: ['--limit', '300000', '--slice', '10'], retries: 3, backoff: 0.05 },
      { name: 'Order of convergence', script: 'AI_Agent_1/convergence.py', args: ['no.json', 'such.json'], after: ['collatz'] },
      { name: 'Book for the quay', script: 'AI_Agent_5/ledger.py', args: ['quay'], role: 'project_management' },
    );
    const { task } = await observer.reaches(collatz!, 'failed');
    assert.equal(task.attempts, 4);
    await observer.reaches(convergence!, 'skipped');
    longerAgo(stuck!, 7 * HOUR);
    longerAgo(forgotten!, 30 * HOUR);
    const text = await eventually('the summary to have both', async () => {
      const written = await summary();
      return written.includes(`\\#${stuck} `) ? written : undefined;
    });
    const lines = text.split('\n');
    const said = (id: number | undefined): string => lines.find((line) => line.startsWith(`- \\#${id} `)) ?? text;
    assert.match(said(collatz), /Collatz, a slice too small: failed \(exit 75\)/);
    assert.match(said(stuck), /runs for 7 h and does nothing/);
    assert.match(said(forgotten), /Book for the quay: queued 1 d 6 h ago; waits until the role .* is resumed/);
    await run(COMMANDS.startRole, 'project_management');
    await observer.reaches(forgotten!, 'succeeded');
  });

  it('of all six the least urgent give way first while the machine is short, one after another, and come back', async () => {
    await configure('machine.dwellSeconds', 0.5);
    const names = (await observer.engine.roles(roots)).map(({ role }) => role.name);
    const byUrgency = ['resource_management', 'task_management', 'agent_simulations', 'project_management', 'gui_testing', 'script_assessment'];
    assert.deepEqual(byUrgency.filter((name) => !names.includes(name)), []);
    const tasks: GatedTasks[] = [];
    for (const [index, role] of byUrgency.entries()) tasks.push(await gated({ role, type: index % 2 === 0 ? 'analysis' : 'utility' }));
    await observer.engine.pinStrategy('conserve');
    const seen = new Set<string>();
    const untilGiveWay = (count: number): Promise<unknown> => eventually(`${count} roles to give way`, async () => {
      const shut = await states('givesWay');
      seen.add(byUrgency.filter((name) => shut.includes(name)).join());
      return shut.length === count ? true : undefined;
    }, 50_000);
    await untilGiveWay(byUrgency.length - 1);
    await observer.engine.pinStrategy('normal');
    await untilGiveWay(0);
    for (const shut of seen) assert.ok(byUrgency.join().endsWith(shut), `${shut} gave way before less urgent ones`);
    assert.ok(seen.has('script_assessment') && seen.has('gui_testing,script_assessment'), [...seen].join(' | '));
    for (const { open, ids } of tasks) {
      open();
      await observer.reaches(ids[0]!, 'succeeded');
    }
  }).timeout(120_000);

  it('all stop at one command, with their tasks, and start again at another, with the work they are configured for', async () => {
    const { ids: [running] } = await gated({ role: 'project_management' });
    const heard = roleHeard(api, 'gui_testing', 'stopped');
    await run(COMMANDS.stopAllRoles);
    await observer.reaches(running!, 'cancelled');
    await heard;
    assert.deepEqual(await states('running'), []);
    const known = new Set((await observer.tasks()).map(({ task }) => task.id));
    await run(COMMANDS.startAllRoles);
    assert.deepEqual(await states('stopped'), []);
    // A role that another extension brings may have work of its own.
    const views = await eventually('nine simulations and one run of GUI tests', async () => {
      const fresh = (await observer.tasks()).filter(({ task }) => !known.has(task.id) && ['agent_simulations', 'gui_testing'].includes(task.spec.role ?? ''));
      return fresh.length >= 10 ? fresh : undefined;
    });
    assert.deepEqual(views.map(({ task }) => task.spec.role).toSorted(), [...Array.from({ length: 9 }, () => 'agent_simulations'), 'gui_testing']);
    const ids = views.map(({ task }) => task.id);
    await run(COMMANDS.stopAllRoles);
    await eventually('all of them to have ended', async () => ((await observer.engine.views(ids)).every(({ task }) => task.state.status === 'finished') ? true : undefined));
  });
});
