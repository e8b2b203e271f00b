import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { COMMANDS } from '../../src/host/ids.ts';
import { configure, eventually, fileUri, Observer, row } from './support/observer.ts';

const run = (command: string, ...args: unknown[]): Thenable<unknown> => vscode.commands.executeCommand(command, ...args);

/** A few seconds pass before ruff is found or its WASM build is there, on a busy machine more. */
describe('script assessment', () => {
  let observer: Observer;
  let folder: vscode.Uri;
  before(async () => {
    observer = await Observer.open();
    await configure('autoSave', 'off', 'files');
  });
  after(async () => {
    await configure('autoSave', undefined, 'files');
    await observer.close();
  });
  beforeEach(() => {
    folder = fileUri(`scripts-${randomUUID()}`);
    mkdirSync(folder.fsPath);
  });
  afterEach(async () => {
    await run('workbench.action.closeAllEditors');
    await configure('assessment.whenQueued', undefined);
    await configure('assessment.onSave', undefined);
    rmSync(folder.fsPath, { recursive: true });
  });

  const file = (name: string, text: string): vscode.Uri => {
    const uri = vscode.Uri.joinPath(folder, name);
    mkdirSync(path.dirname(uri.fsPath), { recursive: true });
    writeFileSync(uri.fsPath, text);
    return uri;
  };
  const problems = (uri: vscode.Uri): readonly string[] =>
    vscode.languages.getDiagnostics(uri).map(({ source, code, range }) => `${source ?? ''} ${String(typeof code === 'object' ? code.value : code)} ${range.start.line}:${range.start.character}`);
  const untilProblems = (uri: vscode.Uri, expected: readonly string[]): Promise<unknown> =>
    eventually(`the problems ${expected.join(', ') || 'to be gone'} instead of ${problems(uri).join(', ')}`, () => (problems(uri).join('\n') === expected.map((each) => `Parallel Workflow ${each}`).join('\n') ? true : undefined));
  const actions = async (uri: vscode.Uri, line: number): Promise<readonly vscode.CodeAction[]> =>
    vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, new vscode.Range(line, 0, line, 80), vscode.CodeActionKind.QuickFix.value);
  const apply = async (uri: vscode.Uri, line: number, title: RegExp): Promise<void> => {
    const action = await eventually(`an action like ${String(title)}`, async () => (await actions(uri, line)).find((each) => title.test(each.title)));
    assert.ok(await vscode.workspace.applyEdit(action.edit!));
  };
  const tabs = (): readonly string[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));

  it('shows what it finds as problems, and fixes or silences them', async () => {
    const uri = file('a.py', 'import os\nimport sys\n\nfor row in table.iterrows():\n    print(row)\n');
    await vscode.window.showTextDocument(uri);
    await run(COMMANDS.assessScript, uri, [uri]);
    await untilProblems(uri, ['F401 0:7', 'F401 1:7', 'F821 3:11', 'PW101 3:16']);
    await apply(uri, 0, /^Remove unused import: `os` \(F401/);
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.lineAt(0).text, 'import sys');
    await document.save();
    await untilProblems(uri, ['F401 0:7', 'F821 2:11', 'PW101 2:16']);
    await apply(uri, 2, /^Disable PW101 in This Line$/);
    await document.save();
    await untilProblems(uri, ['F401 0:7', 'F821 2:11']);
    await apply(uri, 2, /^Disable F821 in This Line$/);
    await document.save();
    await untilProblems(uri, ['F401 0:7']);
    assert.equal(document.lineAt(2).text, 'for row in table.iterrows():  # noqa: PW101, F821');
  });

  it('offers nothing for a text that has changed since it was looked at', async () => {
    const uri = file('a.py', 'import os\n');
    const editor = await vscode.window.showTextDocument(uri);
    await run(COMMANDS.assessScript);
    await untilProblems(uri, ['F401 0:7']);
    assert.notDeepEqual(await actions(uri, 0), []);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '# first\n'));
    assert.deepEqual(await actions(uri, 1), []);
    await editor.edit((edit) => edit.delete(new vscode.Range(0, 0, 1, 0)));
    assert.notDeepEqual(await actions(uri, 0), []);
  });

  it('looks at open files as they are saved, and forgets what nobody asked for when they are closed', async () => {
    const uri = file('a.py', 'x = 1\n');
    const editor = await vscode.window.showTextDocument(uri);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'import os\n'));
    await editor.document.save();
    await untilProblems(uri, ['F401 0:7']);
    await run('workbench.action.closeAllEditors');
    await untilProblems(uri, []);
  });

  it('leaves files alone as they are saved where a setting says so', async () => {
    await configure('assessment.onSave', false);
    const quiet = file('quiet.py', 'x = 1\n');
    const editor = await vscode.window.showTextDocument(quiet);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'import os\n'));
    await editor.document.save();
    // A look that was asked for afterwards is done, and would have come later.
    const other = file('other.py', 'import os\n');
    await run(COMMANDS.assessScript, other, [other]);
    await untilProblems(other, ['F401 0:7']);
    assert.deepEqual(problems(quiet), []);
  });

  it('assesses a folder with what cannot be assessed in it, and shows the report', async () => {
    const good = file('good.py', 'print(1)\n');
    const broken = file('broken.py', 'def f(:\n');
    const deep = file('sub/deep.py', 'import os\n');
    writeFileSync(path.join(folder.fsPath, 'latin.py'), Buffer.from('name = "\xe9"\n', 'latin1'));
    writeFileSync(path.join(folder.fsPath, 'big.py'), 'value = 1\n'.repeat(500_000));
    await run(COMMANDS.assessFolder, folder, [folder]);
    await eventually('problems of the broken script', () => (problems(broken).length > 0 ? true : undefined));
    assert.deepEqual([problems(good), problems(deep), [...new Set(problems(broken).map((each) => each.split(' ')[2]))]], [[], ['Parallel Workflow F401 0:7'], ['invalid-syntax']]);
    await eventually('the report', () => (tabs().some((label) => label.includes('Script Assessment')) ? true : undefined));
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse('parallel-workflow-assessment:/Script Assessment.md'));
    // It may still be open with an earlier report.
    const text = await eventually('the report of this folder', () => (document.getText().includes('big.py') ? document.getText() : undefined));
    assert.match(text, /^# Script Assessment\n\n\*\*[A-F] \(\d+\)\*\* · 3 scripts · \d+ findings · 2 not assessed · ruff /);
    assert.match(text, /big\.py`: it is too large/);
    assert.match(text, /latin\.py`: its text is not UTF-8/);
  });

  it('queues a poor script held where a setting says so, and it runs once it is released', async () => {
    await configure('assessment.whenQueued', 'hold');
    const poor = file('poor.py', 'a = b\nc = d\ne = f\ng = h\nimport os; import re; assert (1, 2)\n');
    const [id] = await observer.newTasks(1, () => run(COMMANDS.queue, poor, [poor]));
    const held = await observer.view(id!);
    assert.deepEqual([held.task.state.status, held.task.state.status === 'queued' && held.task.state.held, held.wait?.type], ['queued', true, 'held']);
    await run(COMMANDS.release, row(id!));
    await observer.reaches(id!, 'finished');
  });

  it('queues a good script as ever, and a poor one too where it is only to warn', async () => {
    await configure('assessment.whenQueued', 'hold');
    const good = file('good.py', 'print(1)\n');
    const [first] = await observer.newTasks(1, () => run(COMMANDS.queue, good, [good]));
    await observer.reaches(first!, 'finished');
    await configure('assessment.whenQueued', 'warn');
    const poor = file('poor.py', 'def f(:\n');
    const [second] = await observer.newTasks(1, () => run(COMMANDS.queue, poor, [poor]));
    await observer.reaches(second!, 'finished');
    await eventually('its findings', () => (problems(poor).length > 0 ? true : undefined));
    assert.equal(readFileSync(poor.fsPath, 'utf8'), 'def f(:\n');
  });

  it('is asked for from a row of the tree as well', async () => {
    await configure('assessment.whenQueued', 'off');
    const uri = file('row.py', 'import os\n');
    const [id] = await observer.newTasks(1, () => run(COMMANDS.queue, uri, [uri]));
    await observer.reaches(id!, 'finished');
    assert.deepEqual(problems(uri), []);
    await run(COMMANDS.assessScript, row(id!), [row(id!)]);
    await untilProblems(uri, ['F401 0:7']);
  });
});
