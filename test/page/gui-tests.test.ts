import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { DEFAULT_OPTIONS } from '../../src/core/engine/engine-options.ts';
import { openEngine } from '../../src/core/engine/open-engine.ts';
import { projectRoot } from '../support/vscode-server/cached-folder.ts';
import { pageTest } from '../support/vscode-server/page-test.ts';
import { TestExplorerPane } from './test-explorer-pane.ts';

const PATIENCE_MS = 60_000;

/** Writes a report as a runner of GUI tests does; `clicks` fails until there is a file `fixed`. */
const RUNNER = `import json, os, pathlib, shutil, xml.etree.ElementTree as ET

here = pathlib.Path(__file__).parent
only = os.environ.get("PARALLEL_WORKFLOW_TESTS", "")
names = [test["name"] for test in json.loads(only)] if only else ["opens", "clicks", "drags"]
(here / "ran.json").write_text(json.dumps(names))
suite = ET.Element("testsuite", name="window")
for name in names:
    case = ET.SubElement(suite, "testcase", classname="window", name=name, file="window.py", line="1", time="0.01")
    if name == "clicks" and not (here / "fixed").exists():
        shutil.copy(here / "picture.png", pathlib.Path(os.environ["PARALLEL_WORKFLOW_ARTIFACTS"]) / "clicks.png")
        ET.SubElement(case, "failure", message="no such button").text = "expected More, got Less"
    if name == "drags":
        ET.SubElement(case, "skipped", message="no mouse")
ET.ElementTree(suite).write(os.environ["PARALLEL_WORKFLOW_JUNIT"])
`;

let home: string;
let workspace: string;
before(async () => {
  home = mkdtempSync(join(tmpdir(), 'parallel-workflow-home-'));
  workspace = mkdtempSync(join(tmpdir(), 'workspace-'));
  writeFileSync(join(workspace, 'run.py'), RUNNER);
  writeFileSync(join(workspace, 'window.py'), 'class Window:\n    def clicks(self):\n        pass\n');
  cpSync(join(projectRoot, 'media', 'icon.png'), join(workspace, 'picture.png'));
  writeFileSync(join(workspace, 'parallel_execution_config.json'), JSON.stringify({ version: 2, roles: { gui_testing: { options: { command: ['python3', 'run.py'] } } } }));
  // Whatever else keeps the machine busy, tasks start.
  const engine = await openEngine({ ...DEFAULT_OPTIONS, home, kind: 'cli', roots: [], runsTasks: false });
  await engine.pinStrategy('normal');
  await engine.close();
});
after(() => {
  for (const folder of [home, workspace]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

pageTest('GUI tests stand in the Test Explorer; one that failed shows why, with its screenshot, and run again it is marked as flaky', () => ({ workspace, extension: projectRoot, env: { PARALLEL_WORKFLOW_HOME: home } }), async (workbench) => {
  const { page } = workbench;
  page.setDefaultTimeout(PATIENCE_MS);
  const tests = new TestExplorerPane(page);
  await workbench.window.run('Parallel Workflow: Run GUI Tests');
  await tests.open();
  await tests.expand(tests.row('python3 run.py', 'Failed'));
  await tests.expand(tests.row('window', 'Failed'));
  for (const [name, verdict] of [['opens', 'Passed'], ['clicks', 'Failed'], ['drags', 'Skipped']] as const) await tests.row(name, verdict).waitFor();

  await tests.row('clicks', 'Failed').click();
  const message = tests.message('no such button');
  await message.getByText('expected More, got Less').waitFor();
  await message.getByText('clicks.png').waitFor();
  const picture = await message.getByRole('img', { name: 'clicks.png' }).elementHandle();
  await page.waitForFunction('(image) => image.complete && image.naturalWidth > 0', picture);
  await workbench.screenshot('gui tests failed');

  writeFileSync(join(workspace, 'fixed'), '');
  await workbench.window.run('Test: Rerun Failed Tests');
  await tests.row('flaky: clicks', 'Passed').waitFor();
  assert.deepEqual(JSON.parse(readFileSync(join(workspace, 'ran.json'), 'utf8')), ['clicks']);
  await tests.row('python3 run.py', 'Passed').waitFor();
  await workbench.screenshot('gui tests flaky');
});
