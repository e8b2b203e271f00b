import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMANDS, LOG_SCHEME } from '../../src/host/ids.ts';
import { gatedTasks } from './support/gated-tasks.ts';
import { eventually, fileUri, Observer, row } from './support/observer.ts';

describe('looking at tasks', () => {
  let observer: Observer;
  before(async () => (observer = await Observer.open()));
  after(() => observer.close());
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const queue = async (name: string): Promise<ReturnType<typeof row>> => row((await observer.newTasks(1, () => vscode.commands.executeCommand(COMMANDS.queue, fileUri(name))))[0]!);
  const activeText = (): string => vscode.window.activeTextEditor?.document.getText() ?? '';

  it('opens a log that cannot be edited, with what ran, how it went and both streams', async () => {
    const node = await queue('fails.sh');
    await observer.reaches(node.taskId, 'failed');
    await vscode.commands.executeCommand(COMMANDS.openLog, node);
    const text = await eventually('the log', () => (vscode.window.activeTextEditor?.document.uri.scheme === LOG_SCHEME ? activeText() : undefined));
    assert.match(text, new RegExp(`^fails\\.sh \\(task ${node.taskId}\\)\\n`));
    assert.match(text, / state +failed \(exit 3\)/);
    assert.match(text, /──── stderr ─+\nabout to fail\n/);
  });

  it('shows a log as it grows', async () => {
    const { ids, open } = await gatedTasks(observer);
    await vscode.commands.executeCommand(COMMANDS.openLog, row(ids[0]!));
    await eventually('its beginning', () => (activeText().includes('waiting for') ? true : undefined));
    assert.doesNotMatch(activeText(), /the gate is open/);
    open();
    await eventually('its end', () => (activeText().includes('the gate is open') && /state +succeeded/.test(activeText()) ? true : undefined));
  });

  it('opens the script of a task', async () => {
    const node = await queue('quick.sh');
    await vscode.commands.executeCommand(COMMANDS.revealScript, node);
    await eventually('the script', () => (vscode.window.activeTextEditor?.document.uri.fsPath === fileUri('quick.sh').fsPath ? true : undefined));
    await observer.reaches(node.taskId, 'succeeded');
  });

  it('shows the log of a finished task that has no terminal any more', async () => {
    const node = await queue('quick.sh');
    await observer.reaches(node.taskId, 'succeeded');
    await vscode.commands.executeCommand(COMMANDS.showTerminal, node);
    await eventually('the log', () => (activeText().includes('quick says') ? true : undefined));
  });

  it('shows the engine’s log, the tasks and the state folder', async () => {
    for (const command of [COMMANDS.showEngineLog, COMMANDS.showTasks, COMMANDS.openStateFolder]) await vscode.commands.executeCommand(command);
  });
});
