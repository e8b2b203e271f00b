import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMANDS } from '../../src/host/ids.ts';
import { fileUri, Observer } from './support/observer.ts';

/** Whoever is on this machine, nobody is asked to carry them out: they are looked at as they wait. */
describe('prompts', () => {
  let observer: Observer;
  before(async () => {
    observer = await Observer.open();
    await observer.engine.pinExecutionMode('no-agent');
  });
  after(async () => {
    await observer.engine.pinExecutionMode(undefined);
    await observer.close();
  });

  const steps = async (count: number): Promise<void> => {
    for (let step = 0; step < count; step++) {
      await new Promise((resolve) => setTimeout(resolve, 400));
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    }
  };

  it('are queued from a file, with what stands before them', async () => {
    const [id] = await observer.newTasks(1, () => vscode.commands.executeCommand(COMMANDS.queue, fileUri('review.prompt.md')));
    const { task, wait } = await observer.view(id!);
    const { name, work, priority, files } = task.spec;
    assert.deepEqual({ name, work, priority, files, wait: wait?.type }, {
      name: 'review',
      work: { kind: 'prompt', prompt: 'Say what the script does.', agent: 'claude', context: [fileUri('quick.sh').fsPath], file: fileUri('review.prompt.md').fsPath, handover: 'never', maxTurns: 3 },
      priority: 9, files: [{ path: fileUri('quick.sh').fsPath, mode: 'read' }], wait: 'agent',
    });
    assert.deepEqual(await observer.engine.cancel([id!]), { done: [id], refused: [] });
  });

  it('are queued from a selection, with the file that it is in', async () => {
    const editor = await vscode.window.showTextDocument(fileUri('review.prompt.md'));
    editor.selection = new vscode.Selection(1, 0, 3, 0);
    const asked = vscode.commands.executeCommand(COMMANDS.queueSelectionAsPrompt);
    const [id] = await observer.newTasks(1, async () => {
      // Who, which files, which priority.
      await steps(3);
      await asked;
    });
    const { task } = await observer.view(id!);
    assert.deepEqual(task.spec.work, { kind: 'prompt', prompt: 'agent: claude\ncontext: [quick.sh]', agent: 'auto', context: [fileUri('review.prompt.md').fsPath] });
    assert.deepEqual([task.spec.priority, task.spec.cwd], [5, fileUri('.').fsPath.replace(/[\\/]$/, '')]);
    await observer.engine.cancel([id!]);
  });

  it('are not queued with options of scripts', async () => {
    const known = (await observer.tasks()).length;
    await vscode.commands.executeCommand(COMMANDS.queueWithOptions, fileUri('review.prompt.md'));
    assert.equal((await observer.tasks()).length, known);
  });
});
