import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { projectRoot } from '../support/vscode-server/cached-folder.ts';
import { pageTest } from '../support/vscode-server/page-test.ts';
import { ControlledScript } from './controlled-script.ts';
import { DashboardPane } from './dashboard-pane.ts';
import { TaskPane } from './task-pane.ts';

const PATIENCE_MS = 60_000;

let home: string;
let workspace: string;
before(() => {
  home = mkdtempSync(join(tmpdir(), 'parallel-workflow-home-'));
  workspace = mkdtempSync(join(tmpdir(), 'workspace-'));
});
after(() => {
  for (const folder of [home, workspace]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const options = () => ({ workspace, extension: projectRoot, env: { PARALLEL_WORKFLOW_HOME: home }, settings: { 'parallelWorkflow.notifications.failures': 'never' } });

pageTest('the dashboard shows the machine and the run of a task, and is there again after it was hidden and after a reload', options, async (workbench) => {
  const { page } = workbench;
  page.setDefaultTimeout(PATIENCE_MS);
  const tasks = new TaskPane(page);
  const dashboard = new DashboardPane(page);
  const script = new ControlledScript(workspace, 'sweep.py');
  await tasks.queue('sweep.py');
  await tasks.open();
  await tasks.row('sweep.py', 'running').waitFor();

  await workbench.window.run('Parallel Workflow: Open Dashboard');
  let content = await dashboard.content();
  assert.match(await content.locator('[data-tile="cpu"] .value').innerText(), /^~?\d+ %$/);
  assert.match(await content.locator('[data-tile="memory"] .detail').innerText(), /GB of /);
  await content.locator('[data-tile="queue"]').getByText('1 running, 0 waiting').waitFor();
  await content.locator('[data-plot="cpu"] .readout').getByText(/mean \d+ %/).waitFor();
  script.end(0);
  await content.locator('[data-tile="queue"]').getByText('0 running, 0 waiting').waitFor();
  const run = await runShown(content, 'succeeded after');
  await run.click();
  await tasks.editor('sweep.py is done').waitFor();

  await dashboard.tab().click();
  content = await dashboard.content();
  await runShown(content, 'succeeded after');
  await workbench.window.reloadWithEditors();
  await dashboard.tab().waitFor();
  content = await dashboard.content();
  await runShown(content, 'succeeded after');
  await workbench.screenshot('dashboard-tab');
});

pageTest('the dashboard is a view of the panel too', options, async (workbench) => {
  const { page } = workbench;
  page.setDefaultTimeout(PATIENCE_MS);
  const dashboard = new DashboardPane(page);
  await workbench.window.run('Parallel Workflow: Focus on Dashboard View');
  const content = await dashboard.content();
  assert.match(await content.locator('[data-tile="memory"] .value').innerText(), /^~?\d+ %$/);
  await workbench.screenshot('dashboard-panel');
  await page.getByRole('button', { name: 'Open Dashboard' }).first().click();
  await dashboard.tab().waitFor();
});

type Content = Awaited<ReturnType<DashboardPane['content']>>;

/** The link to the run's log in the table of runs, once the outcome is told there. The table is filled when it is opened. */
async function runShown(content: Content, outcome: string): Promise<ReturnType<Content['locator']>> {
  const toggle = content.getByRole('button', { name: 'Runs as a table' });
  const row = content.getByRole('row', { name: new RegExp(`sweep\\.py ${outcome}`) });
  for (let attempt = 1; ; attempt++) {
    await toggle.click();
    if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click();
    try {
      await row.waitFor({ timeout: 2000 });
      return row.getByRole('button');
    } catch (error) {
      if (attempt === 20) throw error;
    }
  }
}
