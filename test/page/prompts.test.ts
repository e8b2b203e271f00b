import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { ClaudeLab } from '../support/agents/claude-lab.ts';
import { projectRoot } from '../support/vscode-server/cached-folder.ts';
import { withScreenshot } from '../support/vscode-server/page-test.ts';
import { openWorkbench, type Workbench } from '../support/vscode-server/workbench.ts';
import { EditorPane } from './editor-pane.ts';
import { FileHolder } from './file-holder.ts';
import { TaskPane } from './task-pane.ts';

// A person's patience, on a busy machine.
const PATIENCE_MS = 60_000;
const NAME = 'Strip the fields, and tell the report';
const PARSER = 'def parse(line):\n    return line.split(",")\n';
const FIXED = 'def parse(line):\n    return [field.strip() for field in line.split(",")]\n';

const cleaning: (() => Promise<void> | void)[] = [];
let home: string;
let lab: ClaudeLab;
let workbench: Workbench;
let holder: FileHolder;

before(async () => {
  home = mkdtempSync(join(tmpdir(), 'parallel-workflow-home-'));
  lab = new ClaudeLab({ after: (clean) => cleaning.push(clean) }, []);
  writeFileSync(lab.file('parser.py'), PARSER);
  writeFileSync(lab.file('report.md'), '# Report\n');
  // A prompt starts beside what holds its file, however busy the machine is.
  mkdirSync(lab.file('.vscode'));
  writeFileSync(lab.file('.vscode/settings.json'), JSON.stringify({ 'parallelWorkflow.machine.shadow': true }));
  // Where its installer puts it: VS Code takes the PATH from the shell's own files.
  mkdirSync(join(home, '.local', 'bin'), { recursive: true });
  symlinkSync(lab.program, join(home, '.local', 'bin', 'claude'));
  workbench = await openWorkbench({
    workspace: lab.workspace, extension: projectRoot, size: { width: 1440, height: 860 },
    env: { PARALLEL_WORKFLOW_HOME: join(home, 'state'), HOME: home },
    // Drawn as text, a terminal can be read.
    settings: { 'terminal.integrated.gpuAcceleration': 'off', 'parallelWorkflow.terminals.closeFinished': false },
  });
  workbench.page.setDefaultTimeout(PATIENCE_MS);
  holder = await FileHolder.open(join(home, 'state'), lab.workspace);
});

after(async () => {
  await holder?.close();
  await workbench?.close();
  for (const clean of cleaning) await clean();
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
});

function pageTest(name: string, body: (pane: TaskPane, page: Page) => Promise<void>): void {
  void test(name, { timeout: 300_000 }, () => withScreenshot(workbench, name, () => body(new TaskPane(workbench.page), workbench.page)));
}

/** Leaves the options of a prompt as they are. */
async function takeOptions(page: Page): Promise<void> {
  const question = page.locator('.quick-input-widget:visible');
  for (const step of ['Who carries it out', 'Files it changes', 'Priority']) {
    await question.locator(`input[placeholder^="${step}"]`).waitFor();
    await question.locator('.monaco-list-row').first().waitFor();
    await page.keyboard.press('Enter');
  }
}

async function answer(page: Page, text: string): Promise<void> {
  await page.locator('.quick-input-widget:visible').getByRole('textbox').fill(text);
  await page.keyboard.press('Enter');
}

/** By dragging its edge. */
async function widenSideBar(page: Page, by: number): Promise<void> {
  const { x, y, width, height } = (await page.locator('.part.sidebar').boundingBox())!;
  await page.mouse.move(x + width, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width + by, y + height / 2, { steps: 5 });
  await page.mouse.up();
}

pageTest('a prompt queued from the explorer is seen at work in its terminal, refused on a locked file, and done', async (pane, page) => {
  const gate = join(home, 'gate');
  const text = '# Report\n\nFields are stripped.\n';
  lab.play([
    { do: 'init', model: 'claude-sonnet-fake' },
    { do: 'say', text: 'I will strip the fields in parser.py, then say so in report.md.\n' },
    { do: 'tool', name: 'Edit', input: { file_path: lab.file('parser.py'), old_string: 'line.split(",")', new_string: '[field.strip() for field in line.split(",")]' }, writes: { [lab.file('parser.py')]: FIXED } },
    { do: 'tool', name: 'Write', input: { file_path: lab.file('report.md'), content: text }, writes: { [lab.file('report.md')]: text } },
    { do: 'say', text: 'Somebody else has report.md. The parser is done; I leave the report to them.\n' },
    { do: 'wait', file: gate },
    { do: 'result', fields: { num_turns: 3, total_cost_usd: 0.0421, result: 'The parser strips its fields.' } },
  ]);
  const report = await holder.queue('report.md');
  await report.runs();
  await new EditorPane(page).open('parser.py');
  await widenSideBar(page, 180);
  await pane.choose(page.locator('.explorer-folders-view').getByRole('treeitem', { name: 'parser.py' }), 'Queue Prompt with Files…');
  await answer(page, NAME);
  await takeOptions(page);

  await pane.open();
  const row = pane.row(NAME, 'running, Claude Code');
  await row.waitFor();
  await pane.choose(row, 'Show Terminal');
  await pane.terminal('I will strip the fields').waitFor();
  await pane.terminal('+    return [field.strip()').waitFor();
  await pane.terminal('✗ Write report.md: report.md is held by').waitFor();
  await pane.terminal('I leave the report to them').waitFor();
  assert.deepEqual([lab.read('parser.py'), lab.read('report.md')], [FIXED, '# Report\n']);
  await workbench.screenshot('agents');

  writeFileSync(gate, '');
  const done = pane.row(NAME, 'succeeded');
  await done.waitFor();
  assert.match(await done.innerText(), /3 turns · \$0\.04 · 1 refused · 1 file changed/);
  assert.match(await pane.readTooltip(done, 'claude-sonnet-fake'), /Changed\s+parser\.py[^]*Refused\s+Write report\.md/);
  await report.end();
  assert.equal(lab.read('report.md'), '# Report\n');
});

pageTest('a prompt is written in an editor of its own, and its conversation gone on with', async (pane, page) => {
  lab.play([{ do: 'init' }, { do: 'say', text: 'Done.\n' }, { do: 'result', fields: { num_turns: 1 } }]);
  const before = lab.heard().length;
  await workbench.window.run('Parallel Workflow: Queue Prompt…');
  await page.locator('.quick-input-widget:visible').getByRole('button', { name: 'Write in an Editor' }).click();
  const draft = page.locator('.editor-instance .view-lines', { hasNotText: 'parse' });
  await draft.click();
  await page.keyboard.type('Review the parser');
  await page.keyboard.press('Enter');
  await page.keyboard.type('with care');
  await page.locator('.editor-actions').getByRole('button', { name: /^Queue Prompt/ }).click();
  await takeOptions(page);
  const reviewed = pane.row('Review the parser with care', 'succeeded');
  await reviewed.waitFor();
  assert.equal(await page.locator('.tabs-container .tab', { hasText: 'Review' }).count(), 0, 'a draft that is queued is gone');

  await pane.choose(reviewed, 'Follow Up…');
  await answer(page, 'Now the writer');
  await takeOptions(page);
  await pane.row('Now the writer', 'succeeded').waitFor();
  const [first, second] = lab.heard().slice(before);
  const session = first!.args[first!.args.indexOf('--session-id') + 1];
  assert.equal(second!.args[second!.args.indexOf('--resume') + 1], session);
});
