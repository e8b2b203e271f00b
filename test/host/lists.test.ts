import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { pickRoot } from '../../src/host/pick-root.ts';
import { fileRows, filesOf, OTHERS } from '../../src/host/queueing/file-rows.ts';
import { MOST } from '../../src/host/queueing/find-files.ts';
import { fileUri, workspaceFolder } from './support/observer.ts';
import { Person } from './support/person.ts';

describe('lists to pick from', () => {
  const root = workspaceFolder().uri.fsPath;
  let person: Person | undefined;
  afterEach(() => {
    person?.leave();
    rmSync(fileUri('many').fsPath, { recursive: true, force: true });
    return vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  /** So many files, in a folder of the workspace. */
  const files = (count: number): void => {
    mkdirSync(fileUri('many').fsPath, { recursive: true });
    for (let n = 1; n <= count; n++) writeFileSync(fileUri(`many/${n}.listed`).fsPath, '');
  };
  const labels = (rows: readonly vscode.QuickPickItem[]): readonly string[] => rows.map(({ label }) => label);

  it('hold the files of the workspace, what is chosen first and once, in the order of people', async () => {
    files(11);
    const chosen = [fileUri('many/10.listed'), vscode.Uri.file('/elsewhere/own.listed')];
    const rows = await fileRows('**/*.listed', chosen);
    assert.deepEqual(labels(rows), ['10.listed', 'own.listed', ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 11].map((n) => `${n}.listed`)]);
    assert.deepEqual(rows[0]!.description, 'many');
  });

  it('end where there are more files than they hold, and lead to the rest', async () => {
    files(MOST + 1);
    const rows = await fileRows('**/*.listed');
    assert.deepEqual([rows.length, rows.at(-1), rows.filter((row) => row === OTHERS).length], [MOST + 1, OTHERS, 1]);
    assert.match(OTHERS.description!, /only the first 3,000 are listed/);
    const other = fileUri('many/other.listed');
    person = new Person([], [other]);
    assert.deepEqual(await filesOf([rows[0]!, OTHERS]), [rows[0]!.uri, other]);
    person.leave();
    person = new Person([], undefined);
    assert.equal(await filesOf([rows[0]!, OTHERS]), undefined);
  });

  it('of folders come up where there are several, begin with the one of the editor, and tell those of one name apart', async () => {
    const others = [path.join(path.sep, 'a', 'lab'), path.join(path.sep, 'b', 'lab')];
    person = new Person([others[1], undefined, others[0]]);
    assert.equal(await pickRoot('New Milestone', [root]), root);
    assert.equal(person.lists.length, 0);
    assert.equal(await pickRoot('New Milestone', [...others, root]), others[1]);
    assert.equal(await pickRoot('New Milestone', [...others, root]), undefined);
    await vscode.window.showTextDocument(fileUri('quick.sh'));
    assert.equal(await pickRoot('New Milestone', [...others, root]), others[0]);
    const shown = person.lists.map((rows) => rows.map(({ description }) => description));
    assert.deepEqual([shown[0], shown[2], labels(person.lists[0]!)], [[...others, root], [root, ...others], ['lab', 'lab', path.basename(root)]]);
  });
});
