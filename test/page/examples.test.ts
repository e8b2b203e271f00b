import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { projectRoot } from '../support/vscode-server/cached-folder.ts';
import { pageTest } from '../support/vscode-server/page-test.ts';
import { DashboardPane } from './dashboard-pane.ts';
import { TaskPane } from './task-pane.ts';

/** The whole batch, on a slow machine. */
const BATCH_MS = 240_000;
/** About as much of the plots' ten minutes as the batch takes. */
const SHOWN = 0.03;

let home: string;
let workspace: string;
before(() => {
  home = mkdtempSync(join(tmpdir(), 'parallel-workflow-home-'));
  workspace = join(mkdtempSync(join(tmpdir(), 'workspace-')), 'examples');
  cpSync(join(projectRoot, 'examples'), workspace, { recursive: true, filter: (file) => !/agent_outputs|__pycache__/.test(file) });
});
after(() => {
  for (const folder of [home, join(workspace, '..')]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const options = () => ({ workspace, extension: projectRoot, env: { PARALLEL_WORKFLOW_HOME: home }, size: { width: 1360, height: 1160 }, settings: { 'parallelWorkflow.notifications.failures': 'never', 'workbench.colorTheme': 'Default Dark Modern' } });

pageTest('the example batch runs in the window, and the dashboard tells its story', options, async (workbench) => {
  const { page } = workbench;
  page.setDefaultTimeout(BATCH_MS);
  const tasks = new TaskPane(page);
  const dashboard = new DashboardPane(page);
  await tasks.choose(page.locator('.explorer-folders-view').getByRole('treeitem', { name: 'examples.parallel.json' }), 'Queue Batch…');
  await tasks.open();
  await workbench.window.run('Parallel Workflow: Open Dashboard');
  const content = await dashboard.content();
  await content.locator('[data-tile="queue"]').getByText(/[1-9]\d* running/).waitFor();
  await content.locator('[data-tile="queue"]').getByText('0 running, 0 waiting').waitFor();
  await content.getByRole('row', { name: /\.py/ }).first().waitFor();

  const plot = (await content.locator('[data-plot="cpu"] .u-over').boundingBox())!;
  const y = plot.y + plot.height / 2;
  await page.mouse.move(plot.x + plot.width * (1 - SHOWN), y);
  await page.mouse.down();
  await page.mouse.move(plot.x + plot.width - 2, y, { steps: 5 });
  await page.mouse.up();
  await content.getByRole('button', { name: 'Whole Span' }).and(content.locator(':not([disabled])')).waitFor();
  await page.mouse.move(plot.x + plot.width * 0.7, y);
  await workbench.screenshot('examples-dashboard');
  assert.ok((await content.getByRole('row', { name: /\.py/ }).count()) >= 5, 'figures of the scripts that ran');
});
