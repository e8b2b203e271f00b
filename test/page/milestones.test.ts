import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import type { Locator } from 'playwright-core';
import { DEFAULT_OPTIONS } from '../../src/core/engine/engine-options.ts';
import { openEngine } from '../../src/core/engine/open-engine.ts';
import { projectRoot } from '../support/vscode-server/cached-folder.ts';
import { pageTest } from '../support/vscode-server/page-test.ts';
import { ControlledScript } from './controlled-script.ts';
import { TaskPane } from './task-pane.ts';

const PATIENCE_MS = 60_000;

let home: string;
let workspace: string;
before(async () => {
  home = mkdtempSync(join(tmpdir(), 'parallel-workflow-home-'));
  workspace = mkdtempSync(join(tmpdir(), 'workspace-'));
  // Whatever else keeps the machine busy, tasks start.
  const engine = await openEngine({ ...DEFAULT_OPTIONS, home, kind: 'cli', roots: [], runsTasks: false });
  await engine.pinStrategy('normal');
  await engine.close();
});
after(() => {
  for (const folder of [home, workspace]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

pageTest('a milestone is made, followed from task to task, told late and blocked with what blocks it, and reported', () => ({ workspace, extension: projectRoot, env: { PARALLEL_WORKFLOW_HOME: home } }), async (workbench) => {
  const { page } = workbench;
  page.setDefaultTimeout(PATIENCE_MS);
  const pane = new TaskPane(page);
  const [left, right] = ['left.py', 'right.py'].map((name) => new ControlledScript(workspace, name));
  const small = { cpu: 0.01, memory: 1_000_000 };
  const tasks = [{ name: 'sweep left', script: 'left.py', ...small }, { name: 'sweep right', script: 'right.py', tags: ['figures'], ...small }];
  writeFileSync(join(workspace, 'sweep.parallel.json'), JSON.stringify({ tasks }));
  const row = (name: string | RegExp): Locator => page.locator('.tree-explorer-viewlet-tree-view').getByRole('treeitem', { name, exact: true });
  const answer = async (prompt: string, text: string): Promise<void> => {
    const question = page.locator('.quick-input-widget:visible');
    await question.locator('.quick-input-message', { hasText: prompt }).waitFor();
    await question.locator('.quick-input-box input').fill(text);
    await page.keyboard.press('Enter');
  };

  await pane.open();
  await page.getByRole('button', { name: 'Milestones Section' }).click();
  await page.getByText('A milestone is reached when its tasks have succeeded.').waitFor();
  await page.getByRole('button', { name: 'New Milestone', exact: true }).last().click();
  await answer('What it is called', 'Sweep done');
  await answer('The day it is due', '2020-01-31');
  await answer('Which tasks make it', 'sweep *');
  await row('Sweep done, no tasks yet, due 2020-01-31').waitFor();
  await workbench.window.run('Parallel Workflow: New Milestone…');
  await answer('What it is called', 'Figures');
  await answer('The day it is due', '');
  await answer('Which tasks make it', '#figures');
  await row('Figures, no tasks yet').waitFor();

  await page.getByRole('tab', { name: /^Explorer/ }).click();
  await pane.choose(page.locator('.explorer-folders-view').getByRole('treeitem', { name: 'sweep.parallel.json' }), 'Queue Batch…');
  await pane.open();
  await row(/^Sweep done, 0 of 2, .+ late, due 2020-01-31$/).waitFor();
  await row('Figures, 0 of 1, under way').waitFor();
  left!.end(0);
  await row(/^Sweep done, 1 of 2, .+ late, due 2020-01-31$/).waitFor();
  right!.end(2);
  await row('Sweep done, 1 of 2, blocked by 1 failed task, due 2020-01-31').waitFor();
  await row('sweep right blocks: failed (exit 2)').first().waitFor();
  await workbench.screenshot('milestones');

  await page.getByRole('button', { name: 'Milestones Section' }).hover();
  await page.getByRole('button', { name: 'Open Milestone Report' }).click();
  const report = page.frameLocator('iframe.webview').frameLocator('iframe');
  await report.getByRole('row', { name: 'Sweep done 2020-01-31 1 of 2 █████░░░░░ blocked by 1 failed task' }).waitFor();
  await report.getByRole('listitem').filter({ hasText: 'sweep right: failed (exit 2)' }).first().waitFor();
  await workbench.screenshot('milestones report');

  rmSync(join(workspace, 'right.order'));
  await row(/^batch sweep, /).locator('.monaco-tl-twistie').click();
  await pane.act(pane.row('sweep right', 'failed'), 'Retry');
  right!.end(0);
  await row('Sweep done, 2 of 2, reached, due 2020-01-31').waitFor();
  await report.getByRole('row', { name: 'Figures 1 of 1 ██████████ reached' }).waitFor();
});
