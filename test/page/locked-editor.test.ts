import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { until } from '../support/until.ts';
import { projectRoot } from '../support/vscode-server/cached-folder.ts';
import { withScreenshot } from '../support/vscode-server/page-test.ts';
import { openWorkbench, type Workbench } from '../support/vscode-server/workbench.ts';
import { backedUp } from './backed-up.ts';
import { EditorPane } from './editor-pane.ts';
import { FileHolder } from './file-holder.ts';
import { notification } from './notification.ts';
import { TaskPane } from './task-pane.ts';

// A person's patience, on a busy machine.
const PATIENCE_MS = 60_000;

let home: string;
let workspace: string;
let workbench: Workbench;
let holder: FileHolder;

before(async () => {
  home = mkdtempSync(join(tmpdir(), 'parallel-workflow-home-'));
  workspace = mkdtempSync(join(tmpdir(), 'workspace-'));
  for (const name of ['tree.txt', 'typed.txt', 'saved.txt', 'anyway.txt', 'newer.txt', 'behind.txt', 'written.txt', 'all.txt', 'front.txt', 'reload.txt', 'windows.txt']) writeFileSync(join(workspace, name), 'from the disk\n');
  workbench = await openWorkbench({ workspace, extension: projectRoot, env: { PARALLEL_WORKFLOW_HOME: home }, settings: { 'files.autoSave': 'off' } });
  workbench.page.setDefaultTimeout(PATIENCE_MS);
  holder = await FileHolder.open(home, workspace);
});

after(async () => {
  await holder?.close();
  await workbench?.close();
  for (const folder of [home, workspace]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

function pageTest(name: string, body: (pane: EditorPane) => Promise<void>): void {
  void test(name, { timeout: 240_000 }, async () => {
    try {
      await withScreenshot(workbench, name, () => body(new EditorPane(workbench.page)));
    } finally {
      // What a failed test leaves at work would keep the next ones waiting.
      holder.release();
    }
  });
}

const disk = (name: string): string => readFileSync(join(workspace, name), 'utf8');

pageTest('typing into a file that a task writes says that it is read-only, until the task is done', async (pane) => {
  await pane.open('typed.txt');
  const task = await holder.queue('typed.txt');
  await task.runs();
  await pane.isReadOnly();
  assert.equal(await pane.unsavedTab('typed.txt').count(), 0);
  writeFileSync(join(workspace, 'typed.txt'), 'from the task\n');
  await pane.text('from the task').waitFor();
  await task.end();
  await until('the editor to be writable', async () => {
    await workbench.page.keyboard.press('x');
    return (await pane.unsavedTab('typed.txt').count()) === 1;
  });
  await workbench.page.keyboard.press('ControlOrMeta+z');
});

pageTest('saving a file that a task writes asks, and Wait saves it when the task is done', async (pane) => {
  await pane.open('saved.txt');
  await workbench.page.keyboard.type('mine, ');
  await holder.knowsUnsaved('saved.txt');
  const task = await holder.queue('saved.txt');
  await task.startAnyway();
  await pane.isReadOnly();
  await pane.save();
  await pane.answer(pane.dialog('Save your changes all the same?'), 'Wait');
  assert.equal(disk('saved.txt'), 'from the disk\n');
  await notification(workbench, 'is writing “saved.txt”, which has unsaved changes here');
  await pane.unsavedTab('saved.txt').waitFor();
  await task.end();
  await pane.savedTab('saved.txt').waitFor();
  assert.match(disk('saved.txt'), /mine/);
});

pageTest('Save Anyway saves while the task runs, and the editor stays read-only', async (pane) => {
  await pane.open('anyway.txt');
  await workbench.page.keyboard.type('mine, ');
  await holder.knowsUnsaved('anyway.txt');
  const task = await holder.queue('anyway.txt');
  await task.startAnyway();
  await pane.isReadOnly();
  await pane.save();
  await pane.answer(pane.dialog('Save your changes all the same?'), 'Save Anyway');
  await pane.savedTab('anyway.txt').waitFor();
  assert.match(disk('anyway.txt'), /mine/);
  await pane.isReadOnly();
  await task.end();
});

pageTest('Save Anyway over what the task has written leaves VS Code to ask, and its answer to be carried out', async (pane) => {
  await pane.open('newer.txt');
  await workbench.page.keyboard.type('mine, ');
  await holder.knowsUnsaved('newer.txt');
  const task = await holder.queue('newer.txt');
  await task.startAnyway();
  await pane.isReadOnly();
  writeFileSync(join(workspace, 'newer.txt'), 'something longer from the task\n');
  await pane.save();
  await pane.answer(pane.dialog('Save your changes all the same?'), 'Save Anyway');
  const conflict = await notification(workbench, "Failed to save 'newer.txt'");
  assert.equal(disk('newer.txt'), 'something longer from the task\n');
  await conflict.getByRole('button', { name: 'Overwrite' }).click();
  await pane.savedTab('newer.txt').waitFor();
  assert.match(disk('newer.txt'), /mine/);
  await pane.text().click();
  await pane.isReadOnly();
  await task.end();
});

pageTest('a save that waits is done from the background, and the editor at the front stays there', async (pane) => {
  await pane.open('behind.txt');
  await workbench.page.keyboard.type('mine, ');
  await holder.knowsUnsaved('behind.txt');
  const task = await holder.queue('behind.txt');
  await task.startAnyway();
  await pane.isReadOnly();
  await (await notification(workbench, 'is writing “behind.txt”')).getByRole('button', { name: 'Save When Free' }).click();
  await pane.open('front.txt');
  await task.end();
  await pane.savedTab('behind.txt').waitFor();
  assert.match(disk('behind.txt'), /mine/);
  await pane.activeTab('front.txt').waitFor();
});

pageTest('a save that waits leaves alone what the task has written', async (pane) => {
  await pane.open('written.txt');
  await workbench.page.keyboard.type('mine, ');
  await holder.knowsUnsaved('written.txt');
  const task = await holder.queue('written.txt');
  await task.startAnyway();
  await pane.isReadOnly();
  await pane.save();
  await pane.answer(pane.dialog('Save your changes all the same?'), 'Wait');
  // As long as what was there: VS Code itself would take it for the same.
  writeFileSync(join(workspace, 'written.txt'), 'from the task\n');
  await task.end();
  await notification(workbench, '“written.txt” was written while your save waited');
  await pane.unsavedTab('written.txt').waitFor();
  assert.equal(disk('written.txt'), 'from the task\n');
});

pageTest('what was saved in the background while a task writes can be taken back without losing a word', async (pane) => {
  await pane.open('all.txt');
  await workbench.page.keyboard.type('mine, ');
  await holder.knowsUnsaved('all.txt');
  await pane.open('front.txt');
  const task = await holder.queue('all.txt');
  await task.startAnyway();
  await notification(workbench, 'is writing “all.txt”');
  // A long list stays where it is when a newer one comes above it.
  await workbench.window.run('Notifications: Clear All Notifications');
  await workbench.window.run('File: Save All Files');
  const question = await notification(workbench, '“all.txt” was saved while');
  assert.match(disk('all.txt'), /mine/);
  await question.getByRole('button', { name: 'Put Back What Was on Disk' }).click();
  await until('the disk to hold what it held', () => disk('all.txt') === 'from the disk\n');
  await pane.unsavedTab('all.txt').click();
  await pane.text('mine').waitFor();
  await pane.isReadOnly();
  await task.end();
});

pageTest('the row of a task that waits for unsaved changes shows them, and starts it anyway when that is confirmed', async (pane) => {
  await pane.open('tree.txt');
  await workbench.page.keyboard.type('mine, ');
  await holder.knowsUnsaved('tree.txt');
  const task = await holder.queue('tree.txt');
  await task.waitsForEditor();
  const tasks = new TaskPane(workbench.page);
  await tasks.open();
  const row = tasks.row(task.script.name, 'waits for tree.txt');
  await tasks.choose(row, 'Compare with Saved');
  await pane.activeTab('tree.txt (in file)').waitFor();
  await tasks.choose(row, 'Start Anyway…');
  await pane.answer(pane.dialog('though “tree.txt” has unsaved changes?'), 'Start Anyway');
  await task.runs();
  // The comparison was opened after it.
  await pane.unsavedTab('tree.txt').first().click();
  await pane.isReadOnly();
  assert.equal(disk('tree.txt'), 'from the disk\n');
  await task.end();
});

pageTest('a reload keeps the lock, the read-only editor and what was typed', async (pane) => {
  await pane.open('reload.txt');
  await workbench.page.keyboard.type('kept over the reload');
  await holder.knowsUnsaved('reload.txt');
  const task = await holder.queue('reload.txt');
  await task.startAnyway();
  await pane.isReadOnly();
  await backedUp(workbench, 'kept over the reload');
  await workbench.reload();
  await pane.unsavedTab('reload.txt').click();
  await pane.text('kept over the reload').click();
  await pane.isReadOnly();
  await pane.save();
  await pane.dialog('Save your changes all the same?').getByRole('button', { name: 'Cancel' }).click();
  assert.equal(disk('reload.txt'), 'from the disk\n');
  await task.end();
});

pageTest('unsaved changes in one window make a task wait that another one starts', async (pane) => {
  const other = await workbench.openWindow();
  other.page.setDefaultTimeout(PATIENCE_MS);
  try {
    await pane.open('windows.txt');
    await workbench.page.keyboard.type('mine, ');
    await holder.knowsUnsaved('windows.txt');
    const task = await holder.queue('windows.txt');
    await task.waitsForEditor();
    assert.equal(task.script.starts.length, 0);
    await pane.save();
    await task.runs();
    const there = new EditorPane(other.page);
    await there.open('windows.txt');
    await there.isReadOnly();
    await task.end();
  } finally {
    await other.close();
  }
});
