import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { systemClock } from '../../src/core/base/clock.ts';
import type { ScheduleId } from '../../src/core/model/ids.ts';
import type { ScheduleChange } from '../../src/core/model/recommendation.ts';
import type { ScheduleView } from '../../src/core/model/schedules/schedule-view.ts';
import { COMMANDS } from '../../src/host/ids.ts';
import { ScheduleTimes } from '../../src/host/schedules/schedule-times.ts';
import { SchedulesModel } from '../../src/views/schedules/schedules-model.ts';
import type { SchedulesNode } from '../../src/views/schedules/schedule-run-node.ts';
import { TreeModel } from '../../src/views/tasks/tree-model.ts';
import type { TreeNode } from '../../src/views/tasks/tree-node.ts';
import { eventually, Observer, workspaceFolder } from './support/observer.ts';

describe('schedules', () => {
  const run = (command: string, ...args: unknown[]): Thenable<unknown> => vscode.commands.executeCommand(command, ...args);
  const root = (): string => workspaceFolder().uri.fsPath;
  let observer: Observer;
  let model: SchedulesModel;
  const added: ScheduleId[] = [];
  before(async () => {
    await vscode.extensions.getExtension('parallel-workflow.parallel-workflow')!.activate();
    observer = await Observer.open();
    model = new SchedulesModel({ engine: observer.engine, roots: () => [root()], clock: systemClock, locale: 'en', onError: assert.ifError });
    model.setVisible(true);
  });
  after(async () => {
    model.dispose();
    for (const id of added) await observer.engine.removeSchedule(id);
    await observer.close();
  });

  async function add(fields: object): Promise<SchedulesNode> {
    const name = `schedule-${randomUUID()}`;
    const result = await observer.engine.addSchedule(root(), { name, tasks: [{ script: 'quick.sh' }], ...fields }, 'person');
    assert.ok(result.ok, JSON.stringify(result));
    added.push(result.value);
    return eventually('its row', async () => (await model.children()).find((node) => node.kind === 'schedule' && node.view.schedule.id === result.value));
  }

  const viewOf = async (node: SchedulesNode): Promise<ScheduleView> => (await observer.engine.schedules([root()])).find(({ schedule }) => node.kind === 'schedule' && schedule.id === node.view.schedule.id)!;
  const reaches = (node: SchedulesNode, what: string, look: (view: ScheduleView) => boolean): Promise<true> => eventually(what, async () => (look(await viewOf(node)) ? true : undefined));

  it('come due in the window, are paused and resumed by commands', async () => {
    const node = await add({ every: '1s', overlap: 'queue' });
    await reaches(node, 'an engine that serves it', ({ isServed }) => isServed);
    await reaches(node, 'two runs that ended well', ({ runs }) => runs.filter(({ progress }) => progress === 'succeeded').length >= 2);
    await run(COMMANDS.pauseSchedule, node);
    await reaches(node, 'a pause', ({ state, runs }) => state.type === 'paused' && runs.every(({ progress }) => progress === 'succeeded' || progress === undefined));
    const task = (await observer.view((await viewOf(node)).runs.find(({ tasks }) => tasks.length > 0)!.tasks[0]!)).task;
    assert.deepEqual(task.spec.schedule, { id: (await viewOf(node)).schedule.id, name: (await viewOf(node)).schedule.name });
    await run(COMMANDS.resumeSchedule, node);
    await reaches(node, 'a time to come', ({ state }) => state.type === 'due');
    await run(COMMANDS.pauseSchedule, node);
  });

  it('run now, and show their last run among the tasks and its log', async () => {
    const node = await add({ daily: '08:30' });
    await run(COMMANDS.runScheduleNow, node);
    await reaches(node, 'a run by hand that ended well', ({ runs }) => runs.length === 1 && runs[0]!.manual && runs[0]!.progress === 'succeeded');
    await eventually('the run below its schedule', async () => ((await model.children(node)).some(({ face }) => face.description.startsWith('run by hand · succeeded')) ? true : undefined));
    await run(COMMANDS.showLastRun, node);
    await eventually('its log', () => (vscode.window.visibleTextEditors.some(({ document }) => document.uri.scheme.startsWith('parallel-workflow')) ? true : undefined));
    await run('workbench.action.closeAllEditors');
  });

  it('that come due next stand among the tasks, where they are run, paused and resumed', async () => {
    const tree = new TreeModel({ source: observer.engine, roots: () => [root()], clock: systemClock, locale: 'en', onError: assert.ifError });
    tree.setVisible(true);
    try {
      const made = await add({ every: '3s', starting: '2000-01-01T00:00', overlap: 'skip' });
      const { schedule } = await viewOf(made);
      const find = async (): Promise<TreeNode | undefined> => {
        const group = (await tree.children()).find(({ face }) => face.contextValue === 'group-scheduled');
        return group === undefined ? undefined : (await tree.children(group)).find((node) => node.kind === 'due' && node.view.schedule.id === schedule.id);
      };
      const node = await eventually('its row among the tasks', find);
      assert.match(node.face.contextValue, /^schedule runnable pausable removable/);
      await run(COMMANDS.runScheduleNow, node);
      await reaches(made, 'a run by hand', ({ runs }) => runs.some(({ manual }) => manual));
      await run(COMMANDS.pauseSchedule, node);
      await reaches(made, 'a pause', ({ state }) => state.type === 'paused');
      await eventually('no row while it is paused', async () => ((await find()) === undefined ? true : undefined));
    } finally {
      tree.dispose();
    }
  });

  it('are moved to another time of day where they are kept: in the store, or in their file', async () => {
    const times = new ScheduleTimes(observer.engine);
    const [from, to] = [14 * 60, 2 * 60];
    const changeOf = ({ schedule: { id, name, workspace, source } }: ScheduleView): ScheduleChange => ({ type: 'schedule', schedule: id, name, workspace, ...(source.type === 'file' && { file: source.path }), now: from, value: to });
    const comesAt = (node: SchedulesNode, time: number): Promise<true> => reaches(node, `a schedule at ${time}`, ({ schedule: { rule } }) => rule.type === 'daily' && rule.time === time);
    const kept = await add({ daily: '14:00' });
    assert.equal(await times.move(changeOf(await viewOf(kept)), from, to), true);
    await comesAt(kept, to);

    const file = vscode.Uri.joinPath(workspaceFolder().uri, 'claude_scheduler_config.json');
    const name = `moved-${randomUUID().slice(0, 8)}`;
    const text = `{\n  // after lunch\n  "schedules": [{ "name": "${name}", "daily": "14:00", "tasks": [{ "script": "quick.sh" }] }]\n}\n`;
    writeFileSync(file.fsPath, text);
    try {
      const node = await eventually('its row', async () => (await model.children()).find(({ face }) => face.label === name));
      const change = changeOf(await viewOf(node));
      assert.equal(await times.move(change, from, to), true);
      assert.equal(readFileSync(file.fsPath, 'utf8'), text.replace('14:00', '02:00'));
      await comesAt(node, to);
      assert.equal(await times.move(change, from, to), false, 'it does not come due at that time any more');
      const document = await vscode.workspace.openTextDocument(file);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(file, new vscode.Position(0, 0), '\n');
      await vscode.workspace.applyEdit(edit);
      assert.equal(document.isDirty, true);
      await assert.rejects(times.move(change, to, from), /claude_scheduler_config\.json has unsaved changes\. Save it first/);
      await document.save();
      assert.equal(await times.move(change, to, from), true);
      await comesAt(node, from);
      writeFileSync(file.fsPath, '{');
      await assert.rejects(times.move(change, from, to), /is no valid JSON/);
    } finally {
      rmSync(file.fsPath);
      await run('workbench.action.closeAllEditors');
    }
    await eventually('no row', async () => ((await model.children()).some(({ face }) => face.label === name) ? undefined : true));
  });

  it('of a file of the workspace wait for a yes, and go with the file', async () => {
    const file = vscode.Uri.joinPath(workspaceFolder().uri, 'claude_scheduler_config.json').fsPath;
    const name = `file-${randomUUID().slice(0, 8)}`;
    writeFileSync(file, JSON.stringify({ schedules: [{ name, every: '1s', overlap: 'queue', tasks: [{ script: 'quick.sh' }] }] }));
    try {
      const node = await eventually('its row', async () => (await model.children()).find(({ face }) => face.label === name && face.contextValue === 'schedule trustable'));
      const other = await add({ every: '1s', overlap: 'queue' });
      await reaches(other, 'two runs of one that needs none', ({ runs }) => runs.length >= 2);
      await run(COMMANDS.pauseSchedule, other);
      assert.deepEqual((await viewOf(node)).runs, []);
      await observer.engine.trustSchedule((await viewOf(node)).schedule.id);
      await reaches(node, 'a run', ({ runs }) => runs.some(({ progress }) => progress === 'succeeded'));
    } finally {
      rmSync(file);
    }
    await eventually('no row', async () => ((await model.children()).some(({ face }) => face.label === name) ? undefined : true));
  });
});
