import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { pathFinder } from '../../src/core/launch/find-program.ts';
import { CLI, CliLab } from '../support/engines/cli-lab.ts';

const MODULE = fileURLToPath(new URL('../../python', import.meta.url));
const finder = pathFinder();
const python = finder.find('python3') ?? finder.find('python');

/** As `python -m unittest -v` tells them; what a test's programs say may stand before its outcome, which then has a line of its own. */
const LINE = /^(test_\w+) \(.*\) \.\.\. (?:[^]*?^)??(ok|FAIL|ERROR|expected failure|skipped\b.*)$/gm;

void test('the Python module keeps what it promises', { skip: python === undefined && 'no Python' }, async (t) => {
  const lab = new CliLab(t);
  const PATH = [path.dirname(process.execPath), process.env.PATH].join(path.delimiter);
  const env = { ...lab.env, PATH, PYTHONPATH: MODULE, PYTHONDONTWRITEBYTECODE: '1', PARALLEL_WORKFLOW_CLI: CLI };
  const files = ['test_lock.py', 'test_schedule.py', 'test_tasks.py'].map((name) => path.join(MODULE, 'tests', name));
  const { status, stderr } = spawnSync(python!, ['-m', 'unittest', '-v', ...files], { cwd: MODULE, env, encoding: 'utf8' });
  const told = [...stderr.matchAll(LINE)];
  for (const [, name, outcome] of told) await t.test(name!.replace('test_', '').replaceAll('_', ' '), () => assert.match(outcome!, /^(?:ok|skipped)/, stderr));
  assert.equal(status, 0, stderr);
  assert.ok(told.length > 0, stderr);
});
