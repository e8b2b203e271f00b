import assert from 'node:assert/strict';
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
  const small = { cpu: 0.01, memory: 1_000_000 };
  const tasks = [
    { name: 'Clicks', script: 'Clicks.py', role: 'gui_testing', ...small },
    { name: 'Scrolls', script: 'Scrolls.py', role: 'gui_testing', ...small },
    { name: 'Orbits', script: 'Orbits.py', role: 'agent_simulations', ...small },
  ];
  writeFileSync(join(workspace, 'work.parallel.json'), JSON.stringify({ tasks }));
  // Whatever else keeps the machine busy, tasks start.
  const engine = await openEngine({ ...DEFAULT_OPTIONS, home, kind: 'cli', roots: [], runsTasks: false });
  await engine.pinStrategy('normal');
  await engine.close();
});
after(() => {
  for (const folder of [home, workspace]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

pageTest('a role is paused, started and stopped where it stands, and has an item while it has work', () => ({ workspace, extension: projectRoot, env: { PARALLEL_WORKFLOW_HOME: home } }), async (workbench) => {
  const { page } = workbench;
  page.setDefaultTimeout(PATIENCE_MS);
  const pane = new TaskPane(page);
  const [clicks, scrolls, orbits] = ['Clicks.py', 'Scrolls.py', 'Orbits.py'].map((name) => new ControlledScript(workspace, name));
  const row = (name: string): Locator => page.locator('.tree-explorer-viewlet-tree-view').getByRole('treeitem', { name, exact: true });
  const item = (name: string): Locator => page.locator('.statusbar').getByRole('button', { name, exact: true });

  await pane.open();
  await page.getByRole('button', { name: 'Roles Section' }).click();
  await row('GUI Testing, priority 6').waitFor();
  await pane.act(row('GUI Testing, priority 6'), 'Pause Role');
  await row('GUI Testing, paused, priority 6').waitFor();

  await page.getByRole('tab', { name: /^Explorer/ }).click();
  await pane.choose(page.locator('.explorer-folders-view').getByRole('treeitem', { name: 'work.parallel.json' }), 'Queue Batch…');
  await item('Role GUI Testing: 0 running, 2 waiting, paused').waitFor();
  await item('Role Agent Simulations: 1 running, 0 waiting').waitFor();

  await item('Role GUI Testing: 0 running, 2 waiting, paused').click();
  await pane.act(row('GUI Testing, paused, 2 waiting, priority 6'), 'Start Role');
  await row('GUI Testing, 2 running, priority 6').waitFor();
  clicks!.end(0);
  await item('Role GUI Testing: 1 running, 0 waiting').waitFor();

  await pane.act(row('GUI Testing, 1 running, priority 6'), 'Stop Role');
  const dialog = page.locator('.monaco-dialog-box', { hasText: 'Stop GUI Testing and cancel its task that runs or waits?' });
  await dialog.getByRole('button', { name: 'Stop', exact: true }).click();
  await row('GUI Testing, stopped, priority 6').waitFor();
  await pane.row('Scrolls', 'cancelled').waitFor();
  orbits!.end(0);
  await item('Role Agent Simulations: 1 running, 0 waiting').waitFor({ state: 'detached' });
  assert.deepEqual([clicks!.starts.length, scrolls!.starts.length, orbits!.starts.length], [1, 1, 1]);
});

pageTest('folded, all roles with work have one item', () => ({ workspace, extension: projectRoot, env: { PARALLEL_WORKFLOW_HOME: home }, settings: { 'parallelWorkflow.roles.statusBar': 'folded' } }), async (workbench) => {
  const { page } = workbench;
  page.setDefaultTimeout(PATIENCE_MS);
  const pane = new TaskPane(page);
  const scripts = ['Left.py', 'Right.py'].map((name) => new ControlledScript(workspace, name));
  const tasks = scripts.map(({ name }, index) => ({ name, script: name, role: ['project_management', 'task_management'][index], cpu: 0.01, memory: 1_000_000 }));
  writeFileSync(join(workspace, 'both.parallel.json'), JSON.stringify({ tasks }));
  const item = (name: string): Locator => page.locator('.statusbar').getByRole('button', { name, exact: true });

  await pane.choose(page.locator('.explorer-folders-view').getByRole('treeitem', { name: 'both.parallel.json' }), 'Queue Batch…');
  await item('2 roles at work: 2 running, 0 waiting').waitFor();
  scripts[0]!.end(0);
  await item('1 role at work: 1 running, 0 waiting').waitFor();
  scripts[1]!.end(0);
  await item('1 role at work: 1 running, 0 waiting').waitFor({ state: 'detached' });
});
