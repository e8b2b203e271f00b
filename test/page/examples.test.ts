import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { projectRoot } from '../support/vscode-server/cached-folder.ts';
import { pageTest } from '../support/vscode-server/page-test.ts';
import { DashboardPane } from './dashboard-pane.ts';
import { TaskPane } from './task-pane.ts';

/** The whole batch, on a slow machine. */
const BATCH_MS = 150_000;
/** Shown of the time before the batch, and after it. */
const LEAD_MS = 2000;

let home: string;
let workspace: string;
before(() => {
  home = mkdtempSync(join(tmpdir(), 'parallel-workflow-home-'));
  workspace = join(mkdtempSync(join(tmpdir(), 'workspace-')), 'examples');
  cpSync(join(projectRoot, 'schemas'), join(workspace, '..', 'schemas'), { recursive: true });
  cpSync(join(projectRoot, 'examples'), workspace, { recursive: true, filter: (file) => !/agent_outputs|__pycache__/.test(file) });
});
after(() => {
  for (const folder of [home, join(workspace, '..')]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const SIZE = { width: 1360, height: 800 };
const TALL = { width: 1360, height: 1160 };
const SPAN_MS = 600_000;
/** Between the tabs and the text of an editor. */
const QUIET_Y = 80;

const options = () => ({ workspace, extension: projectRoot, env: { PARALLEL_WORKFLOW_HOME: home }, size: SIZE, settings: { 'parallelWorkflow.notifications.failures': 'never', 'workbench.colorTheme': 'Dark Modern', 'editor.minimap.enabled': false } });

pageTest('the example batch runs in the window, and the tasks and the dashboard tell its story', options, async (workbench) => {
  const { page } = workbench;
  page.setDefaultTimeout(BATCH_MS);
  const tasks = new TaskPane(page);
  const dashboard = new DashboardPane(page);
  const file = page.locator('.explorer-folders-view').getByRole('treeitem', { name: 'examples.parallel.json' });
  await file.dblclick();
  await tasks.editor('"nbody-coarse"').waitFor();
  const began = Date.now();
  await tasks.choose(file, 'Queue Batch…');
  await tasks.open();
  await setSideBar(page, 560);
  await tasks.group('Finished').waitFor();
  await tasks.row('N-body, step 0.005', 'succeeded').waitFor();
  await tasks.group('Waiting').waitFor();
  await workbench.screenshot('examples-tasks');

  const batch = row(page, /^batch Examples, 20 of 20 tasks finished/);
  await batch.waitFor();
  const ended = Date.now();
  await batch.click();
  await row(page, /^Show 15 More/).click();
  await row(page, /^Find the record that was changed, failed \(exit 3\), as expected/).waitFor();
  await page.mouse.move(SIZE.width - 100, QUIET_Y);
  await workbench.screenshot('examples-batch');

  await page.setViewportSize(TALL);
  await setSideBar(page, 300);
  await workbench.window.run('View: Close All Editors');
  await workbench.window.run('Parallel Workflow: Open Dashboard');
  const content = await dashboard.content();
  await content.locator('[data-tile="queue"]').getByText('0 running, 0 waiting').waitFor();
  await content.getByRole('row', { name: /\.py/ }).first().waitFor();

  const plot = (await content.locator('[data-plot="cpu"] .u-over').boundingBox())!;
  const y = plot.y + plot.height / 2;
  const now = Date.now();
  const xOf = (time: number): number => plot.x + Math.min(plot.width * (1 - (now - time) / SPAN_MS), plot.width - 2);
  await page.mouse.move(xOf(began - LEAD_MS), y);
  await page.mouse.down();
  await page.mouse.move(xOf(ended + LEAD_MS), y, { steps: 5 });
  await page.mouse.up();
  await content.getByRole('button', { name: 'Whole Span' }).and(content.locator(':not([disabled])')).waitFor();
  await page.mouse.move(plot.x + plot.width * 0.7, y);
  await workbench.screenshot('examples-dashboard');
  assert.ok((await content.getByRole('row', { name: /\.py/ }).count()) >= 5, 'figures of the scripts that ran');
});

function row(page: Page, name: RegExp): Locator {
  return page.locator('.tree-explorer-viewlet-tree-view').getByRole('treeitem', { name });
}

/** Drags the side bar's edge, and rests where nothing is to be told of. */
async function setSideBar(page: Page, width: number): Promise<void> {
  const bar = (await page.locator('.part.sidebar').boundingBox())!;
  const y = bar.y + bar.height / 3;
  await page.mouse.move(bar.x + bar.width, y);
  await page.mouse.down();
  await page.mouse.move(bar.x + width, y, { steps: 5 });
  await page.mouse.up();
  await page.mouse.move(SIZE.width - 100, QUIET_Y);
}
