import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { COMMANDS } from '../../src/host/ids.ts';
import { configure, eventually, fileUri, Observer, workspaceFolder } from './support/observer.ts';
import { Person } from './support/person.ts';

describe('queueing', () => {
  let observer: Observer;
  before(async () => (observer = await Observer.open()));
  after(() => observer.close());
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('runs a script it is called on, in its folder', async () => {
    const [id] = await observer.newTasks(1, () => vscode.commands.executeCommand(COMMANDS.queue, fileUri('quick.sh'), [fileUri('quick.sh')]));
    const { task, run } = await observer.reaches(id!, 'succeeded');
    assert.deepEqual([task.spec.name, task.workspace, task.spec.cwd], ['quick.sh', workspaceFolder().uri.fsPath, workspaceFolder().uri.fsPath]);
    assert.equal(readFileSync(path.join(run!.folder, 'stdout'), 'utf8'), 'quick says \n');
  });

  it('queues all scripts that are selected, and leaves other files out', async () => {
    const selected = ['quick.sh', 'fails.sh', 'pair.parallel.json'].map(fileUri);
    const ids = await observer.newTasks(2, () => vscode.commands.executeCommand(COMMANDS.queue, selected[0], selected));
    const views = await Promise.all(ids.map((id) => observer.reaches(id, 'finished')));
    assert.deepEqual(views.map(({ task }) => task.spec.name), ['quick.sh', 'fails.sh']);
  });

  it('runs the script in the active editor, as it stands there', async () => {
    await configure('autoSave', 'off', 'files');
    const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(fileUri('edited.sh').with({ scheme: 'untitled' })));
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'echo old\n'));
    await editor.document.save();
    const saved = await vscode.window.showTextDocument(fileUri('edited.sh'));
    await saved.edit((edit) => edit.insert(new vscode.Position(0, 0), 'echo unsaved\n'));
    assert.equal(saved.document.isDirty, true);
    const [id] = await observer.newTasks(1, () => vscode.commands.executeCommand(COMMANDS.runScript));
    const { run } = await observer.reaches(id!, 'succeeded');
    assert.equal(saved.document.isDirty, false);
    assert.equal(readFileSync(path.join(run!.folder, 'stdout'), 'utf8'), 'unsaved\nold\n');
  });

  it('asks for scripts where a button says so, whatever the editor shows', async () => {
    await vscode.window.showTextDocument(fileUri('quick.sh'));
    let isOver = false;
    const picking = vscode.commands.executeCommand(COMMANDS.pickScripts).then(() => (isOver = true));
    await eventually('the list to be left', async () => {
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      return isOver || undefined;
    });
    await picking;
    const { items } = await observer.engine.query({ group: 'running', roots: [], offset: 0, limit: 9 });
    assert.deepEqual(items.map(({ task }) => task.spec.name), []);
  });

  it('lists the scripts that were queued last first, the latest at the top', async () => {
    for (const name of ['earlier.sh', 'later.sh']) {
      writeFileSync(fileUri(name).fsPath, 'true\n');
      const [id] = await observer.newTasks(1, () => vscode.commands.executeCommand(COMMANDS.queue, fileUri(name)));
      await observer.reaches(id!, 'succeeded');
    }
    const person = new Person();
    try {
      await vscode.commands.executeCommand(COMMANDS.pickScripts);
    } finally {
      person.leave();
    }
    const [rows] = person.lists;
    const separators = rows!.filter(({ kind }) => kind === vscode.QuickPickItemKind.Separator);
    assert.deepEqual(rows!.slice(0, 3).map(({ label }) => label), ['recently queued', 'later.sh', 'earlier.sh']);
    assert.deepEqual(separators.map(({ label }) => label), ['recently queued', 'others']);
    const files = rows!.filter((row) => !separators.includes(row)).map(({ label, description }) => path.join(description ?? '', label));
    assert.equal(new Set(files).size, files.length);
  });

  it('queues a batch file with its dependencies', async () => {
    const [first, second] = await observer.newTasks(2, () => vscode.commands.executeCommand(COMMANDS.queueBatch, fileUri('pair.parallel.json')));
    const before = await observer.reaches(first!, 'succeeded');
    const after = await observer.reaches(second!, 'succeeded');
    assert.equal(before.task.batch, after.task.batch);
    assert.ok(before.run!.endedAt! <= after.run!.startedAt!);
  });

  it('queues nothing that lies outside the open folders', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'outside-'));
    try {
      writeFileSync(path.join(folder, 'outside.sh'), 'echo outside\n');
      const known = (await observer.tasks()).length;
      await vscode.commands.executeCommand(COMMANDS.queue, vscode.Uri.file(path.join(folder, 'outside.sh')));
      assert.equal((await observer.tasks()).length, known);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('queues nothing in place of a file that is no script', async () => {
    await vscode.window.showTextDocument(fileUri('quick.sh'));
    const known = (await observer.tasks()).length;
    await vscode.commands.executeCommand(COMMANDS.queue, fileUri('.vscode/tasks.json'));
    assert.equal((await observer.tasks()).length, known);
  });

  it('asks for options in steps, whose defaults are right', async () => {
    const asked = vscode.commands.executeCommand(COMMANDS.queueWithOptions, fileUri('quick.sh'));
    const [id] = await observer.newTasks(1, async () => {
      // Enter five times; a step is there as soon as the one before is gone.
      for (let step = 0; step < 5; step++) {
        await new Promise((resolve) => setTimeout(resolve, 400));
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      }
      await asked;
    });
    const { task } = await observer.reaches(id!, 'succeeded');
    assert.deepEqual([task.spec.type, task.spec.priority, task.spec.args, task.spec.role], ['utility', 5, [], undefined]);
  });
});
