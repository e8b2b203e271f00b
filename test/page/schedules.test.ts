import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { projectRoot } from '../support/vscode-server/cached-folder.ts';
import { pageTest } from '../support/vscode-server/page-test.ts';
import { ControlledScript } from './controlled-script.ts';
import { SchedulesPane } from './schedules-pane.ts';
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

pageTest('a schedule is made from a script with the next times in sight, runs, and is paused, edited and removed', () => ({ workspace, extension: projectRoot, env: { PARALLEL_WORKFLOW_HOME: home } }), async (workbench) => {
  const { page } = workbench;
  page.setDefaultTimeout(PATIENCE_MS);
  const tasks = new TaskPane(page);
  const schedules = new SchedulesPane(page);
  const script = new ControlledScript(workspace, 'sweep.py');

  await tasks.choose(page.locator('.explorer-folders-view').getByRole('treeitem', { name: 'sweep.py' }), 'Schedule Script…');
  await schedules.asks('Schedule sweep.py (1/3)', 'How often');
  for (const way of ['At an Interval', 'Every Day', 'On Days of the Week', 'Every Month', 'Once', 'By a Cron Expression']) assert.match(await schedules.offer(way).innerText(), /Next: \w+/, way);
  await workbench.screenshot('schedules how often');

  await schedules.pick('On Days of the Week');
  const workdays = await schedules.placeholder(/^Next: /);
  await schedules.pick('Monday');
  await schedules.changesPlaceholder(workdays);
  await schedules.back();
  await schedules.asks('Schedule sweep.py (1/3)', 'How often');
  await schedules.pick('At an Interval');
  await schedules.message('How long between two runs').waitFor();
  await schedules.type('soon');
  await schedules.message('Expected a duration such as 90s or 5m, or a number of seconds').waitFor();
  await schedules.type('2s');
  await schedules.message(/Next: .* · .* · /).waitFor();
  await schedules.enter();

  await schedules.asks('Schedule sweep.py (3/3)', 'Enter is fine; or change what is below');
  assert.match(await schedules.offer('Create Schedule').innerText(), /sweep\.py[^]*Next: .* · .* · /);
  await schedules.pick('While the Last Run Goes On');
  await schedules.pick('Queue');
  await schedules.offer('While the Last Run Goes On').getByText('waits for its turn').waitFor();
  await schedules.pick('Name');
  await schedules.message('Name of the schedule').waitFor();
  await schedules.type('Every Two Seconds');
  await schedules.enter();
  await schedules.offer('Create Schedule').getByText('Every Two Seconds').waitFor();
  await workbench.screenshot('schedules summary');
  await schedules.take('Create Schedule');

  const row = schedules.row(/^Every Two Seconds, /);
  await row.waitFor();
  await tasks.row('sweep.py', 'running').waitFor();
  script.end(0);
  await schedules.row(/^Every Two Seconds, every 2 s, last run succeeded/).waitFor();
  await tasks.choose(row, 'Pause Schedule');
  await schedules.row(/^Every Two Seconds, paused, every 2 s, last run succeeded/).waitFor();
  await schedules.expand(row);
  await workbench.screenshot('schedules view');
  await tasks.choose(schedules.row(/, succeeded$/).last(), 'Show Last Run');
  await tasks.editor('sweep.py is done').waitFor();

  await tasks.choose(row, 'Edit Schedule…');
  await schedules.asks('Edit Every Two Seconds (1/4)', 'What to run each time');
  await schedules.offer('As It Is').getByText('sweep.py').waitFor();
  await schedules.take('As It Is');
  await schedules.asks('Edit Every Two Seconds (2/4)', 'How often');
  await schedules.take('At an Interval');
  await schedules.message('How long between two runs').waitFor();
  await schedules.type('30m');
  await schedules.message(/Next: /).waitFor();
  await schedules.enter();
  await schedules.asks('Edit Every Two Seconds (4/4)', 'Enter is fine; or change what is below');
  await schedules.take('Save Schedule');
  await schedules.row(/^Every Two Seconds, paused, every 30 min, /).waitFor();

  await tasks.choose(row, 'Remove Schedule…');
  await page.locator('.monaco-dialog-box', { hasText: 'Remove the schedule “Every Two Seconds”?' }).getByRole('button', { name: 'Remove' }).click();
  await row.waitFor({ state: 'detached' });
  await page.getByText('Scripts can run at an interval').waitFor();
});

pageTest('a schedule of a workspace file says what it would run, and waits for a yes', () => ({ workspace, extension: projectRoot, env: { PARALLEL_WORKFLOW_HOME: home } }), async (workbench) => {
  const { page } = workbench;
  page.setDefaultTimeout(PATIENCE_MS);
  const tasks = new TaskPane(page);
  const schedules = new SchedulesPane(page);
  const script = new ControlledScript(workspace, 'night.py');
  script.end(0);
  await tasks.open();
  await schedules.open();
  const file = join(workspace, 'claude_scheduler_config.json');
  const schedule = { name: 'Night', daily: '03:00', tasks: [{ script: 'night.py', args: ['--all'] }] };
  writeFileSync(file, JSON.stringify({ schedules: [schedule] }));

  const row = schedules.row(/^Night, needs your trust before it runs, every day at 03:00/);
  await row.waitFor();
  await tasks.choose(row, 'Trust Schedule…');
  const question = page.locator('.monaco-dialog-box', { hasText: 'Trust the schedule “Night”?' });
  await question.getByText('It comes with claude_scheduler_config.json and is to run every day at 03:00:').waitFor();
  await question.getByText('night.py --all').waitFor();
  await workbench.screenshot('schedules trust');
  await question.getByRole('button', { name: 'Trust', exact: true }).click();
  const trusted = schedules.row(/^Night, every day at 03:00/);
  await trusted.waitFor();
  await tasks.act(trusted, 'Run Schedule Now');
  await schedules.row(/^Night, every day at 03:00, last run succeeded/).waitFor();
  assert.equal(script.starts.length, 1);

  // Something else than what was said yes to.
  writeFileSync(file, JSON.stringify({ schedules: [{ ...schedule, tasks: [{ command: ['true'] }] }] }));
  await schedules.row(/^Night, needs your trust before it runs/).waitFor();
  rmSync(file);
  await schedules.row(/^Night, /).waitFor({ state: 'detached' });
});
