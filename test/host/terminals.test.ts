import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { TaskId } from '../../src/core/model/ids.ts';
import { COMMANDS } from '../../src/host/ids.ts';
import { gatedTasks } from './support/gated-tasks.ts';
import { configure, eventually, fileUri, Observer, row } from './support/observer.ts';

describe('terminals of tasks', () => {
  let observer: Observer;
  before(async () => {
    observer = await Observer.open();
    // Whatever else keeps the machine busy, tasks start.
    await observer.engine.pinStrategy('normal');
    await configure('autoSave', 'off', 'files');
  });
  after(async () => {
    await observer.engine.pinStrategy(undefined);
    await observer.close();
  });
  afterEach(async () => {
    for (const terminal of vscode.window.terminals) terminal.dispose();
    await eventually('all terminals to be gone', () => (vscode.window.terminals.length === 0 ? true : undefined));
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await configure('terminals.maxLive', undefined);
  });

  const terminalOf = (id: TaskId): vscode.Terminal | undefined => vscode.window.terminals.find(({ name }) => name.endsWith(`#${id}`));
  const executionOf = (id: TaskId): vscode.TaskExecution | undefined => vscode.tasks.taskExecutions.find(({ task }) => task.name.endsWith(`#${id}`));
  const exitCodeOf = (id: TaskId): Promise<number | undefined> =>
    new Promise((resolve) => {
      const subscription = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
        if (!execution.task.name.endsWith(`#${id}`)) return;
        subscription.dispose();
        resolve(exitCode);
      });
    });

  it('a running task is a VS Code task with a terminal, which takes no focus and closes when it succeeds', async () => {
    await vscode.window.showTextDocument(fileUri('quick.sh'));
    const { ids, open } = await gatedTasks(observer);
    const id = ids[0]!;
    await eventually('the terminal', () => terminalOf(id));
    assert.equal(executionOf(id)?.task.definition.type, 'parallel');
    assert.equal(vscode.window.activeTextEditor?.document.fileName, fileUri('quick.sh').fsPath);
    const code = exitCodeOf(id);
    open();
    assert.equal(await code, 0);
    await eventually('the terminal to close', () => (terminalOf(id) === undefined ? true : undefined));
  });

  it('the terminal of a failed task stays, and its VS Code task ends with its exit code', async () => {
    const [id] = await observer.newTasks(1, () => vscode.commands.executeCommand(COMMANDS.queue, fileUri('fails.sh')));
    assert.equal(await exitCodeOf(id!), 3);
    await observer.reaches(id!, 'failed');
    await new Promise((resolve) => setTimeout(resolve, 2000));
    assert.ok(terminalOf(id!) !== undefined);
  });

  it('the terminal kept from a failed attempt gives way to that of the next', async () => {
    const [id] = await observer.newTasks(1, () => vscode.commands.executeCommand(COMMANDS.queue, fileUri('fails.sh')));
    assert.equal(await exitCodeOf(id!), 3);
    const first = await eventually('the terminal', () => terminalOf(id!));
    const second = exitCodeOf(id!);
    await vscode.commands.executeCommand(COMMANDS.retry, row(id!));
    assert.equal(await second, 3);
    assert.ok(!vscode.window.terminals.includes(first));
    assert.ok(terminalOf(id!) !== undefined);
  });

  it('closing a terminal leaves its task running, and Show Terminal brings it back', async () => {
    const { ids, open } = await gatedTasks(observer);
    const id = ids[0]!;
    (await eventually('the terminal', () => terminalOf(id))).dispose();
    await eventually('the terminal to close', () => (terminalOf(id) === undefined ? true : undefined));
    assert.equal((await observer.view(id)).task.state.status, 'running');
    await vscode.commands.executeCommand(COMMANDS.showTerminal, row(id));
    await eventually('it in front', () => (vscode.window.activeTerminal !== undefined && vscode.window.activeTerminal === terminalOf(id) ? true : undefined));
    open();
    await observer.reaches(id, 'succeeded');
  });

  it('only so many running tasks have one without being asked; another gets it when one is free', async () => {
    await configure('terminals.maxLive', 2);
    const { ids, open } = await gatedTasks(observer, 3);
    await eventually('two terminals', () => (vscode.window.terminals.length === 2 ? true : undefined));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.equal(vscode.window.terminals.length, 2);
    const left = ids.find((id) => terminalOf(id) === undefined)!;
    await vscode.commands.executeCommand(COMMANDS.cancel, row(ids.find((id) => id !== left)!));
    await eventually('the third terminal', () => terminalOf(left));
    open();
    await Promise.all(ids.map((id) => observer.reaches(id, 'finished')));
  });

  it('a terminal that opens saves nobody’s unsaved edits', async () => {
    const editor = await vscode.window.showTextDocument(fileUri('quick.sh'));
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '# unsaved\n'));
    const { ids, open } = await gatedTasks(observer);
    await eventually('the terminal', () => terminalOf(ids[0]!));
    assert.equal(editor.document.isDirty, true);
    assert.doesNotMatch(readFileSync(fileUri('quick.sh').fsPath, 'utf8'), /unsaved/);
    open();
    await observer.reaches(ids[0]!, 'succeeded');
    await eventually('the terminal to close', () => (terminalOf(ids[0]!) === undefined ? true : undefined));
  });

  it('a task that needs a keyboard gets a real terminal, which closes when it succeeds', async () => {
    const batch = fileUri('interactive.parallel.json');
    writeFileSync(batch.fsPath, JSON.stringify({ tasks: [{ script: 'ask.sh', interactive: true }] }));
    const [id] = await observer.newTasks(1, () => vscode.commands.executeCommand(COMMANDS.queueBatch, batch));
    const terminal = await eventually('the terminal', () => terminalOf(id!));
    assert.equal(typeof (await terminal.processId), 'number');
    await observer.reaches(id!, 'running');
    terminal.sendText('Ada');
    await observer.reaches(id!, 'succeeded');
    assert.equal(readFileSync(fileUri('greeting.txt').fsPath, 'utf8'), 'hello Ada\n');
    await eventually('the terminal to close', () => (terminalOf(id!) === undefined ? true : undefined));
  });
});
