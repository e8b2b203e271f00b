import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { findGuiTests } from '../../../../src/core/gui-tests/find-gui-tests.ts';
import { parseJunit } from '../../../../src/core/gui-tests/parse-junit.ts';
import { readProject } from '../../../../src/core/gui-tests/read-project.ts';
import { freshReport, newResultsFolder, reportMark } from '../../../../src/core/gui-tests/results-folder.ts';
import { suiteCommand } from '../../../../src/core/gui-tests/suite-command.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

const workspace = path.resolve(import.meta.dirname, '../../../../examples/gui_tests');

test('the example runs by its configuration and leaves a report of its three tests', async (t) => {
  const config = JSON.parse(readFileSync(path.join(workspace, 'parallel_execution_config.json'), 'utf8')) as { readonly roles: { readonly gui_testing: { readonly options: Readonly<Record<string, string[]>> } } };
  const [suite] = findGuiTests({ ...(await readProject(workspace)), options: config.roles.gui_testing.options });
  const folder = await newResultsFolder(tempFolder(t));
  const { argv, cwd, env, junit } = suiteCommand(suite!, { workspace, folder, python: 'python3' });
  const before = await reportMark(junit);
  execFileSync(argv[0]!, argv.slice(1), { cwd, env: { ...process.env, ...env, PYTHONDONTWRITEBYTECODE: '1' } });
  const text = await freshReport(junit, before);
  const cases = parseJunit(text!);
  assert.deepEqual(cases.map(({ group, name, file }) => [group, name, file]), ['test_begins_again', 'test_counts_clicks', 'test_reset_waits_for_a_click'].map((name) => ['Counter', name, 'run_gui_tests.py']));
  assert.deepEqual(cases.filter(({ verdict }) => verdict !== 'passed' && verdict !== 'skipped'), []);
  assert.equal(await freshReport(junit, await reportMark(junit)), undefined);
});
