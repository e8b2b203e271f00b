import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMANDS } from '../../src/host/ids.ts';
import { eventually, fileUri, Observer } from './support/observer.ts';

describe('tasks.json', () => {
  let observer: Observer;
  before(async () => (observer = await Observer.open()));
  after(() => observer.close());
  afterEach(() => vscode.window.terminals.forEach((terminal) => terminal.dispose()));

  const named = async (name: string): Promise<vscode.Task> => {
    const tasks = await vscode.tasks.fetchTasks({ type: 'parallel' });
    const found = tasks.find((task) => task.name === name);
    assert.ok(found !== undefined, `${name} among ${tasks.map((task) => task.name).join(', ')}`);
    return found;
  };
  const exitCode = async (task: vscode.Task): Promise<number | undefined> => {
    const ended = new Promise<number | undefined>((resolve) => {
      const subscription = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode: code }) => {
        if (execution.task.name !== task.name) return;
        subscription.dispose();
        resolve(code);
      });
    });
    await vscode.tasks.executeTask(task);
    return ended;
  };

  it('queues a task with its fields, and ends when it ends', async () => {
    let code: number | undefined;
    const [id] = await observer.newTasks(1, async () => (code = await exitCode(await named('Say Hello'))));
    const { task } = await observer.view(id!);
    assert.deepEqual([code, task.spec.name, task.spec.type, task.state.status], [0, 'Say Hello', 'analysis', 'finished']);
  });

  it('ends with the exit code of the task', async () => {
    assert.equal(await exitCode(await named('Fail with 3')), 3);
  });

  it('ends with 1 when there is nothing to run', async () => {
    const known = (await observer.tasks()).length;
    assert.equal(await exitCode(await named('Misspelt')), 1);
    assert.equal((await observer.tasks()).length, known);
  });

  it('runs a task of the queue once more when VS Code is told to run it again', async () => {
    const ids = await observer.newTasks(1, () => vscode.commands.executeCommand(COMMANDS.queue, fileUri('fails.sh')));
    await observer.reaches(ids[0]!, 'failed');
    await eventually('its VS Code task to be over', () => (vscode.window.terminals.some(({ name }) => name.endsWith(`#${ids[0]}`)) && vscode.tasks.taskExecutions.length === 0 ? true : undefined));
    await vscode.commands.executeCommand('workbench.action.tasks.reRunTask');
    await eventually('a second attempt', async () => {
      const { task } = await observer.view(ids[0]!);
      return task.attempts === 2 && task.state.status === 'finished' ? true : undefined;
    });
  });

  it('offers the batch files of the workspace, and ends when all their tasks have', async () => {
    let code: number | undefined;
    const ids = await observer.newTasks(2, async () => (code = await exitCode(await named('pair.parallel.json'))));
    assert.equal(code, 0);
    for (const id of ids) assert.equal((await observer.view(id)).task.state.status, 'finished');
  });
});
