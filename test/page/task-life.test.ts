import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { projectRoot } from '../support/vscode-server/cached-folder.ts';
import { withScreenshot } from '../support/vscode-server/page-test.ts';
import { openWorkbench, type Workbench } from '../support/vscode-server/workbench.ts';
import { ControlledScript } from './controlled-script.ts';
import { TaskPane } from './task-pane.ts';

// A person's patience, on a busy machine.
const PATIENCE_MS = 60_000;

let home: string;
let workspace: string;
let workbench: Workbench;

before(async () => {
  home = mkdtempSync(join(tmpdir(), 'parallel-workflow-home-'));
  workspace = mkdtempSync(join(tmpdir(), 'workspace-'));
  workbench = await openWorkbench({
    workspace,
    extension: projectRoot,
    env: { PARALLEL_WORKFLOW_HOME: home },
    // Drawn as text, a terminal can be read.
    settings: { 'terminal.integrated.gpuAcceleration': 'off', 'parallelWorkflow.notifications.failures': 'never' },
  });
  workbench.page.setDefaultTimeout(PATIENCE_MS);
});

after(async () => {
  await workbench?.close();
  for (const folder of [home, workspace]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

function pageTest(name: string, body: (pane: TaskPane) => Promise<void>): void {
  void test(name, { timeout: 240_000 }, () => withScreenshot(workbench, name, () => body(new TaskPane(workbench.page))));
}

pageTest('a script queued from the explorer shows in the tree, its terminal, the status bar and its log', async (pane) => {
  const script = new ControlledScript(workspace, 'sweep.py');
  await pane.queue('sweep.py');
  await pane.open();
  const row = pane.row('sweep.py', 'running');
  await row.waitFor();
  await pane.status('1 running, 0 waiting').waitFor();
  await pane.machine().waitFor();
  await pane.choose(row, 'Show Terminal');
  await pane.terminal('warming up').waitFor();
  script.end(0);
  const ended = pane.row('sweep.py', 'succeeded');
  await ended.waitFor();
  await pane.status('0 running, 0 waiting').waitFor();
  await ended.dblclick();
  await pane.editor('sweep.py is done').waitFor();
  assert.equal(script.starts.length, 1);
});

pageTest('a running task is cancelled and tried again by the actions in its row', async (pane) => {
  const script = new ControlledScript(workspace, 'again.py');
  await pane.queue('again.py');
  await pane.open();
  await pane.act(pane.row('again.py', 'running'), 'Cancel');
  await pane.act(pane.row('again.py', 'cancelled'), 'Retry');
  await pane.row('again.py', 'running').waitFor();
  script.end(3);
  assert.match(await pane.readTooltip(pane.row('again.py', 'failed (exit 3)'), 'again.py'), /failed \(exit 3\)[^]*\/again\.py/);
  assert.equal(script.starts.length, 2);
});

pageTest('all tasks are cancelled after a question, whose two answers cannot be mistaken for one another', async (pane) => {
  new ControlledScript(workspace, 'kept.py');
  await pane.queue('kept.py');
  await pane.open();
  await pane.row('kept.py', 'running').waitFor();
  const dialog = workbench.page.locator('.monaco-dialog-box', { hasText: 'Cancel the task that runs or waits in the open folders?' });
  await workbench.window.run('Parallel Workflow: Cancel All');
  await dialog.getByRole('button', { name: 'Keep', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await pane.row('kept.py', 'running').waitFor();
  await workbench.window.run('Parallel Workflow: Cancel All');
  assert.equal(await dialog.getByRole('button', { name: 'Cancel', exact: true }).count(), 0);
  await dialog.getByRole('button', { name: 'Cancel All', exact: true }).click();
  await pane.row('kept.py', 'cancelled').waitFor();
  await pane.choose(pane.group('Finished'), 'Clear Finished');
  await workbench.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Clear Finished', exact: true }).click();
  await pane.group('Finished').waitFor({ state: 'detached' });
});

pageTest('a task runs on while the window reloads, and shows its true end', async (pane) => {
  const script = new ControlledScript(workspace, 'through.py');
  await pane.queue('through.py');
  await pane.open();
  await pane.row('through.py', 'running').waitFor();
  await workbench.reload();
  await pane.open();
  await pane.row('through.py', 'running').waitFor();
  script.end(4);
  await pane.row('through.py', 'failed (exit 4)').click();
  assert.equal(await pane.editor('through.py is done').count(), 0, 'a click only selects');
  await workbench.page.keyboard.press('Enter');
  await pane.editor('through.py is done').waitFor();
  assert.equal(script.starts.length, 1);
});

pageTest('a task outlives a killed extension host, and shows the end that nobody saw', async (pane) => {
  const script = new ControlledScript(workspace, 'orphan.py');
  await pane.queue('orphan.py');
  await pane.open();
  await pane.row('orphan.py', 'running').waitFor();
  await workbench.killExtensionHost();
  await workbench.reload();
  await pane.open();
  await pane.row('orphan.py', 'running').waitFor();
  await workbench.killExtensionHost();
  script.end(5);
  await workbench.reload();
  await pane.open();
  await pane.row('orphan.py', 'failed (exit 5)').waitFor();
  assert.equal(script.starts.length, 1);
});
