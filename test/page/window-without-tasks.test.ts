import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { projectRoot } from '../support/vscode-server/cached-folder.ts';
import { pageTest } from '../support/vscode-server/page-test.ts';
import type { WorkbenchOptions } from '../support/vscode-server/workbench.ts';
import { notification } from './notification.ts';
import { TaskPane } from './task-pane.ts';

const PATIENCE_MS = 60_000;

let home: string;
let workspace: string;
before(() => {
  home = mkdtempSync(join(tmpdir(), 'parallel-workflow-home-'));
  workspace = mkdtempSync(join(tmpdir(), 'workspace-'));
  writeFileSync(join(workspace, 'mark.sh'), 'touch ran\n');
});
after(() => {
  for (const folder of [home, workspace]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const options = (given: Partial<WorkbenchOptions>): (() => WorkbenchOptions) => () => ({ extension: projectRoot, env: { PARALLEL_WORKFLOW_HOME: home }, ...given, ...(given.workspace !== undefined && { workspace }) });

pageTest('in Restricted Mode nothing runs, and the way out is told; once trusted, scripts run', options({ workspace: '', trust: false }), async (workbench) => {
  const { page } = workbench;
  page.setDefaultTimeout(PATIENCE_MS);
  const pane = new TaskPane(page);
  await pane.open();
  await page.getByRole('button', { name: 'Manage Workspace Trust' }).waitFor();
  await pane.queue('mark.sh');
  await (await notification(workbench, 'This workspace is in Restricted Mode')).getByRole('button', { name: 'Manage Workspace Trust' }).click();
  assert.equal(existsSync(join(workspace, 'ran')), false);
  await page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
  await page.getByText('You trust this folder').first().waitFor();
  await page.locator('.monaco-modal-editor-block').getByRole('button', { name: /^Close/ }).first().click();
  await pane.queue('mark.sh');
  await pane.open();
  await pane.row('mark.sh', 'succeeded').waitFor();
  assert.equal(existsSync(join(workspace, 'ran')), true);
});

pageTest('without a folder the view and the commands say what to do', options({}), async (workbench) => {
  const { page, window } = workbench;
  page.setDefaultTimeout(PATIENCE_MS);
  await new TaskPane(page).open();
  await page.locator('.welcome-view-content').getByRole('button', { name: 'Open Folder' }).waitFor();
  await window.run('Parallel Workflow: Run Script in Parallel');
  await (await notification(workbench, 'No folder is open.')).getByRole('button', { name: 'Open Folder' }).waitFor();
});
