import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { projectRoot } from '../support/vscode-server/cached-folder.ts';
import { pageTest } from '../support/vscode-server/page-test.ts';
import { ControlledScript } from './controlled-script.ts';
import { FilesPane } from './files-pane.ts';
import { notification } from './notification.ts';
import { TaskPane } from './task-pane.ts';

const PATIENCE_MS = 60_000;

let home: string;
let workspace: string;

before(() => {
  home = mkdtempSync(join(tmpdir(), 'parallel-workflow-home-'));
  workspace = mkdtempSync(join(tmpdir(), 'workspace-'));
  writeFileSync(join(workspace, 'data.json'), '{ "seed": 17 }\n');
  // Two tasks run here at once, however busy the machine is.
  mkdirSync(join(workspace, '.vscode'));
  writeFileSync(join(workspace, '.vscode', 'settings.json'), JSON.stringify({ 'parallelWorkflow.machine.shadow': true }));
  const tasks = ['Sweep', 'Report'].map((name) => ({ name, script: `${name}.py`, files: ['data.json'] }));
  writeFileSync(join(workspace, 'work.parallel.json'), JSON.stringify({ tasks }));
});
after(() => {
  for (const folder of [home, workspace]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const options = () => ({ workspace, extension: projectRoot, env: { PARALLEL_WORKFLOW_HOME: home } });

pageTest('a file that a task writes shows its holder, who waits, a badge, and ways out', options, async (workbench) => {
  const { page } = workbench;
  page.setDefaultTimeout(PATIENCE_MS);
  const tasks = new TaskPane(page);
  const files = new FilesPane(page);
  const [sweep, report] = ['Sweep.py', 'Report.py'].map((name) => new ControlledScript(workspace, name));

  await tasks.choose(page.locator('.explorer-folders-view').getByRole('treeitem', { name: 'work.parallel.json' }), 'Queue Batch…');
  await files.badge('data.json', 'L');

  await tasks.open();
  await files.open();
  const held = files.row('data.json, held by “Sweep”, 1 waiting');
  await files.expand(held);
  await files.row('Sweep, writes').waitFor();
  await files.row('Report, waits to write').waitFor();

  await held.click();
  await tasks.editor('"seed"').waitFor();
  await files.status('data.json: held by “Sweep”').click();
  await page.locator('.tree-explorer-viewlet-tree-view').getByRole('treeitem', { name: /^Sweep, running/, selected: true }).waitFor();

  await tasks.act(held, 'Notify Me When Free');
  const awaited = files.row('data.json, held by “Sweep”, 1 waiting, you will be told when it is free');
  await tasks.choose(awaited, 'Release Lock…');
  const dialog = page.locator('.monaco-dialog-box', { hasText: 'Release the lock of “Sweep” on data.json?' });
  await dialog.getByRole('button', { name: 'Release Lock' }).click();
  await tasks.row('Report', 'running').waitFor();
  await tasks.row('Sweep', 'running').waitFor();
  await files.status('data.json: held by “Report”').waitFor();
  assert.equal(sweep!.starts.length, 1);

  sweep!.end(0);
  report!.end(0);
  await files.row('data.json, held by “Report”, you will be told when it is free').waitFor({ state: 'detached' });
  await (await notification(workbench, 'data.json is free')).getByRole('button', { name: 'Open' }).click();
  await files.status('data.json: held by “Report”').waitFor({ state: 'detached' });
});

const onLinux = process.platform === 'linux' ? pageTest : (name: string): void => void test(name, { skip: 'descriptors of processes are looked at on Linux only' });

onLinux('a task that writes a file which another one holds is told of, and claims it next time', options, async (workbench) => {
  const { page } = workbench;
  page.setDefaultTimeout(PATIENCE_MS);
  const tasks = new TaskPane(page);
  const files = new FilesPane(page);
  const end = join(workspace, 'end');
  writeFileSync(join(workspace, 'hold.sh'), 'while [ ! -e end ]; do sleep 0.1; done\n');
  writeFileSync(join(workspace, 'write.sh'), 'exec 3>>held.csv; while [ ! -e end ]; do sleep 0.1; done\n');
  writeFileSync(join(workspace, 'clash.parallel.json'), JSON.stringify({ tasks: [{ name: 'Holder', script: 'hold.sh', files: ['held.csv'] }, { name: 'Writer', script: 'write.sh' }] }));

  await tasks.choose(page.locator('.explorer-folders-view').getByRole('treeitem', { name: 'clash.parallel.json' }), 'Queue Batch…');
  await tasks.open();
  const writer = files.row('Writer, running, utility, conflict: held.csv');
  await writer.waitFor();
  await files.row('Holder, running, utility, conflict: held.csv').waitFor();
  const told = await notification(workbench, '“Writer” wrote held.csv while “Holder” held it');
  await files.expand(writer);
  await files.row('wrote held.csv without a claim').waitFor();
  await told.getByRole('button', { name: 'Claim It Next Time' }).click();
  await files.row('wrote held.csv without a claim, claimed from the next run on').waitFor();
  writeFileSync(end, '');
  await tasks.group('Running').waitFor({ state: 'detached' });
});
