import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { COMMANDS } from '../../src/host/ids.ts';
import { EditedFile } from './support/edited-file.ts';
import { gatedTasks, queueGated, untilItRuns } from './support/gated-tasks.ts';
import { configure, eventually, fileUri, Observer, row } from './support/observer.ts';

const run = (command: string, ...args: unknown[]): Thenable<unknown> => vscode.commands.executeCommand(command, ...args);

describe('unsaved changes', () => {
  let observer: Observer;
  before(async () => {
    observer = await Observer.open();
    // On by default in a browser.
    await configure('autoSave', 'off', 'files');
  });
  after(async () => {
    await configure('autoSave', undefined, 'files');
    await observer.close();
  });
  afterEach(async () => {
    await closeAll();
    await configure('fileLocks.editors', undefined);
  });

  /** Resolves when just these of the test's files are held by editors. */
  const held = async (...files: readonly string[]): Promise<void> => {
    await eventually(`${files.map((file) => path.basename(file)).join(', ') || 'nothing'} to be held by editors`, async () => {
      const uses = await observer.engine.filesInUse([]);
      const found = uses.filter(({ holders }) => holders.some(({ holder }) => holder.type === 'editor')).map((use) => use.path);
      return found.sort().join('\n') === [...files].sort().join('\n') ? true : undefined;
    });
  };

  it('make a task that writes the file wait until Save and Start', async () => {
    const file = new EditedFile();
    const document = await file.change('two, ');
    await held(file.uri.fsPath);
    const { ids, open } = await queueGated(observer, 1, { files: [file.name] });
    await eventually('the reason', async () => {
      const { wait } = await observer.view(ids[0]!);
      return wait?.type === 'editor' && wait.path === file.uri.fsPath ? true : undefined;
    });
    await run(COMMANDS.saveAndStart, row(ids[0]!));
    await untilItRuns(observer, ids[0]!);
    assert.deepEqual([document.isDirty, file.disk], [false, 'two, one\n']);
    open();
    await observer.reaches(ids[0]!, 'succeeded');
  });

  it('hold no task up that only reads the file', async () => {
    const file = new EditedFile();
    await file.change('two, ');
    await held(file.uri.fsPath);
    const { ids, open } = await gatedTasks(observer, 1, { files: [{ path: file.name, mode: 'read' }] });
    open();
    await observer.reaches(ids[0]!, 'succeeded');
  });

  it('are held until they are saved, reverted or closed', async () => {
    const [saved, reverted, closed] = [new EditedFile(), new EditedFile(), new EditedFile()];
    const document = await saved.change('two, ');
    await held(saved.uri.fsPath);
    await document.save();
    await held();
    await reverted.change('two, ');
    await held(reverted.uri.fsPath);
    await run('workbench.action.files.revert');
    await held();
    await closed.change('two, ');
    await held(closed.uri.fsPath);
    await run('workbench.action.revertAndCloseActiveEditor');
    await held();
  });

  it('go with a file that is renamed, and end with one that is deleted', async () => {
    const file = new EditedFile();
    const document = await file.change('two, ');
    await held(file.uri.fsPath);
    const renamed = fileUri(`renamed-${file.name}`);
    const renaming = new vscode.WorkspaceEdit();
    renaming.renameFile(file.uri, renamed);
    await vscode.workspace.applyEdit(renaming);
    const moved = await eventually('the document to have moved', () => {
      const there = vscode.workspace.textDocuments.find(({ uri }) => uri.fsPath === renamed.fsPath);
      return document.isClosed ? there : undefined;
    });
    await eventually('the changes to have moved', () => moved.isDirty);
    await held(renamed.fsPath);
    const deleting = new vscode.WorkspaceEdit();
    deleting.deleteFile(renamed);
    await vscode.workspace.applyEdit(deleting);
    await held();
  });

  it('count in an untitled document with a path, a notebook, a comparison and outside of the workspace', async () => {
    const untitled = fileUri('not-there-yet.txt');
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(untitled.with({ scheme: 'untitled' })));
    await run('type', { text: 'new' });
    await held(untitled.fsPath);
    await run('workbench.action.revertAndCloseActiveEditor');
    await held();

    const book = new EditedFile(notebookText('1'), 'book.ipynb');
    const notebook = await vscode.workspace.openNotebookDocument(book.uri);
    await vscode.window.showNotebookDocument(notebook);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(notebook.cellAt(0).document.uri, new vscode.Position(0, 0), '2');
    await vscode.workspace.applyEdit(edit);
    await held(book.uri.fsPath);
    await notebook.save();
    await held();

    const [left, right] = [new EditedFile(), new EditedFile()];
    await run('vscode.diff', left.uri, right.uri);
    const compared = new vscode.WorkspaceEdit();
    compared.insert(right.uri, new vscode.Position(0, 0), 'two, ');
    await vscode.workspace.applyEdit(compared);
    await held(right.uri.fsPath);
    await closeAll();

    const folder = mkdtempSync(path.join(realpathSync(tmpdir()), 'outside-'));
    try {
      const outside = vscode.Uri.file(path.join(folder, 'outside.txt'));
      writeFileSync(outside.fsPath, 'one\n');
      await vscode.window.showTextDocument(outside);
      await run('type', { text: 'x' });
      await held(outside.fsPath);
      await closeAll();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  for (const mode of ['off', 'warn']) {
    it(`hold nothing up when the setting says ${mode}, from the moment it does`, async () => {
      const file = new EditedFile();
      const document = await file.change('two, ');
      await held(file.uri.fsPath);
      const { ids, open } = await queueGated(observer, 1, { files: [file.name] });
      await eventually('the task to wait', async () => ((await observer.view(ids[0]!)).wait?.type === 'editor' ? true : undefined));
      await configure('fileLocks.editors', mode);
      await untilItRuns(observer, ids[0]!);
      await held();
      await file.show();
      await file.takesKeys(document);
      assert.equal(await document.save(), true);
      open();
      await observer.reaches(ids[0]!, 'succeeded');
    });
  }
});

describe('a file that a task writes', () => {
  let observer: Observer;
  before(async () => {
    observer = await Observer.open();
    // On by default in a browser.
    await configure('autoSave', 'off', 'files');
  });
  after(async () => {
    await configure('autoSave', undefined, 'files');
    await observer.close();
  });
  afterEach(async () => {
    await closeAll();
    await configure('fileLocks.editors', undefined);
  });

  it('is read-only in its editor, and afterwards writable with what is on the disk', async () => {
    const file = new EditedFile();
    const document = await file.show();
    const { ids, open } = await gatedTasks(observer, 1, { files: [file.name] });
    await file.refusesKeys(document);
    file.write('two\n');
    await eventually('the text of the disk', () => document.getText() === 'two\n');
    open();
    await observer.reaches(ids[0]!, 'succeeded');
    await file.takesKeys(document);
  });

  it('is read-only when it comes to the front, and writable again though it was in the background then', async () => {
    const [file, other] = [new EditedFile(), new EditedFile()];
    const document = await file.show();
    await other.show();
    const { ids, open } = await gatedTasks(observer, 1, { files: [file.name] });
    await file.show();
    await file.refusesKeys(document);
    await file.takesKeys(await other.show());
    file.write('two\n');
    open();
    await observer.reaches(ids[0]!, 'succeeded');
    await eventually('the text of the disk', () => document.getText() === 'two\n');
    await file.show();
    await file.takesKeys(document);
  });

  it('is read-only in a comparison too', async () => {
    const [left, right] = [new EditedFile(), new EditedFile()];
    await run('vscode.diff', left.uri, right.uri);
    const document = await vscode.workspace.openTextDocument(right.uri);
    const { ids, open } = await gatedTasks(observer, 1, { files: [right.name] });
    await right.refusesKeys(document);
    open();
    await observer.reaches(ids[0]!, 'succeeded');
    await right.takesKeys(document);
  });

  it('is read-only in a notebook too', async () => {
    const book = new EditedFile(notebookText('1'), 'locked.ipynb');
    const notebook = await vscode.workspace.openNotebookDocument(book.uri);
    await vscode.window.showNotebookDocument(notebook);
    const cell = notebook.cellAt(0).document;
    const edit = async (): Promise<void> => {
      await run('notebook.focusTop');
      await run('notebook.cell.edit');
    };
    await book.takesKeys(cell, edit);
    await notebook.save();
    const { ids, open } = await gatedTasks(observer, 1, { files: [book.name] });
    await book.refusesKeys(cell);
    open();
    await observer.reaches(ids[0]!, 'succeeded');
    await book.takesKeys(cell, edit);
  });

  it('is not saved over while it has unsaved changes at the front, and these stay', async () => {
    const file = new EditedFile();
    const document = await file.change('mine, ');
    const { ids, open } = await queueGated(observer, 1, { files: [file.name] });
    await eventually('the task to wait', async () => ((await observer.view(ids[0]!)).wait?.type === 'editor' ? true : undefined));
    await observer.engine.startAnyway(ids);
    await untilItRuns(observer, ids[0]!);
    await file.refusesKeys(document);
    const mine = document.getText();
    assert.match(mine, /mine, one/);
    file.write('written by the task\n');
    assert.equal(await document.save(), false);
    await run('workbench.action.files.saveAll');
    assert.deepEqual([document.isDirty, document.getText(), file.disk], [true, mine, 'written by the task\n']);
    open();
    await observer.reaches(ids[0]!, 'succeeded');
    await file.takesKeys(document);
    assert.deepEqual([document.isDirty, document.getText(), file.disk], [true, mine, 'written by the task\n']);
  });

  it('is writable again when it was deleted and comes back', async () => {
    const file = new EditedFile();
    const document = await file.show();
    const { ids, open } = await gatedTasks(observer, 1, { files: [file.name] });
    await file.refusesKeys(document);
    rmSync(file.uri.fsPath);
    file.write('anew\n');
    await eventually('the text of the disk', () => document.getText() === 'anew\n');
    await file.refusesKeys(document);
    open();
    await observer.reaches(ids[0]!, 'succeeded');
    await file.takesKeys(document);
  });

  it('becomes writable when the setting is switched off, and read-only when it is switched on', async () => {
    const file = new EditedFile();
    const document = await file.show();
    const { ids, open } = await gatedTasks(observer, 1, { files: [file.name] });
    await file.refusesKeys(document);
    await configure('fileLocks.editors', 'off');
    await file.takesKeys(document);
    await configure('fileLocks.editors', 'enforce');
    await file.refusesKeys(document);
    open();
    await observer.reaches(ids[0]!, 'succeeded');
  });
});

function notebookText(source: string): string {
  return JSON.stringify({ cells: [{ cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source: [source] }], metadata: {}, nbformat: 4, nbformat_minor: 5 });
}

async function closeAll(): Promise<void> {
  while (vscode.window.tabGroups.activeTabGroup.activeTab !== undefined) await run('workbench.action.revertAndCloseActiveEditor');
}
