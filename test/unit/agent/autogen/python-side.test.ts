import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { pathFinder } from '../../../../src/core/launch/find-program.ts';

const MODULE = fileURLToPath(new URL('../../../../python', import.meta.url));
const finder = pathFinder();
const python = finder.find('python3') ?? finder.find('python');

/** As `python -m unittest -v` tells them. */
const LINE = /^(test_\w+) \(.*\) \.\.\. (.*)$/gm;

void test('the Python side of AutoGen keeps to its protocol', { skip: python === undefined && 'no Python' }, async (t) => {
  const { status, stderr } = spawnSync(python!, ['-B', '-m', 'unittest', '-v', path.join(MODULE, 'tests', 'test_agent_runner.py')], { cwd: MODULE, encoding: 'utf8' });
  const told = [...stderr.matchAll(LINE)];
  for (const [, name, outcome] of told) await t.test(name!.replace('test_', '').replaceAll('_', ' '), () => assert.match(outcome!, /^(?:ok|skipped)/, stderr));
  assert.equal(status, 0, stderr);
  assert.ok(told.length > 0, stderr);
});
