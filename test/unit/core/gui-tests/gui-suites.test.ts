import assert from 'node:assert/strict';
import { test } from 'node:test';
import { artifactsOf } from '../../../../src/core/gui-tests/artifacts-of.ts';
import { displayCommand } from '../../../../src/core/gui-tests/display-command.ts';
import { findGuiTests, suiteKey, suiteLabel, type GuiSuite } from '../../../../src/core/gui-tests/find-gui-tests.ts';
import { parseJunit } from '../../../../src/core/gui-tests/parse-junit.ts';
import { suiteCommand } from '../../../../src/core/gui-tests/suite-command.ts';
import { isFlaky, remember, type TestHistory } from '../../../../src/core/gui-tests/test-history.ts';

const find = (files: Readonly<Record<string, string>>, options = {}): readonly GuiSuite[] => findGuiTests({ files: Object.keys(files), texts: new Map(Object.entries(files)), options });
const run = { workspace: '/lab', folder: '/state/run', python: '/usr/bin/python3' };

test('Playwright is found by its configuration, pytest by toolkits and marks in files of tests', () => {
  const suites = find({
    'playwright.config.ts': '', 'web/playwright.config.mjs': '', 'playwright.config.json': '',
    'tests/test_qt.py': 'from PySide6 import QtWidgets', 'tests/b_test.py': 'def a():\n    import tkinter as tk', 'tests/test_mark.py': '@pytest.mark.gui', 'test_web.py': 'from selenium.webdriver import Firefox',
    'tests/test_plain.py': 'import math  # no tkinter', 'tests/test_word.py': 'import tkinterish', 'app.py': 'import tkinter',
  });
  assert.deepEqual(suites.map((suite) => [suiteKey(suite), suiteLabel(suite)]), [['playwright playwright.config.ts', 'Playwright'], ['playwright web/playwright.config.mjs', 'Playwright: web'], ['pytest', 'pytest']]);
  assert.deepEqual(suites[2], { type: 'pytest', files: ['test_web.py', 'tests/b_test.py', 'tests/test_mark.py', 'tests/test_qt.py'] });
  assert.deepEqual(find({ 'app.py': 'import tkinter' }), []);
});

test('a command of the role stands in place of what is found; options that are wrong say so', () => {
  assert.deepEqual(find({ 'playwright.config.ts': '' }, { command: ['make', 'gui'], junit: 'out/gui.xml' }), [{ type: 'command', argv: ['make', 'gui'], junit: 'out/gui.xml' }]);
  for (const command of ['make gui', [], [''], ['make', 1]]) assert.throws(() => find({}, { command }), /expected `options\.command` to be a list such as .*, got/);
  assert.throws(() => find({}, { command: ['make'], junit: 3 }), /expected `options\.junit` to be the path of the report .*, got `3`/);
  assert.throws(() => find({}, { junit: 'a.xml' }), /`options\.junit` only goes with `options\.command`/);
});

test('each program is told where to leave its report', () => {
  assert.deepEqual(suiteCommand({ type: 'playwright', folder: 'web', config: 'web/playwright.config.ts' }, run), {
    argv: ['npx', '--no-install', 'playwright', 'test', '--config=/lab/web/playwright.config.ts', '--reporter=junit', '--output=/state/run/artifacts'],
    cwd: '/lab/web', env: { PLAYWRIGHT_JUNIT_OUTPUT_NAME: '/state/run/junit.xml', PLAYWRIGHT_JUNIT_INCLUDE_PROJECT_IN_TEST_NAME: '1', PLAYWRIGHT_JUNIT_INCLUDE_RETRIES: '1' }, junit: '/state/run/junit.xml',
  });
  assert.deepEqual(suiteCommand({ type: 'pytest', files: ['test_a.py'] }, run).argv, ['/usr/bin/python3', '-m', 'pytest', '--rootdir=/lab', '--junitxml=/state/run/junit.xml', '-o', 'junit_family=xunit1', '-o', 'junit_logging=out-err', 'test_a.py']);
  const told = suiteCommand({ type: 'command', argv: ['make', 'gui'], junit: undefined }, run);
  assert.deepEqual([told.env, told.junit], [{ PARALLEL_WORKFLOW_JUNIT: '/state/run/junit.xml', PARALLEL_WORKFLOW_ARTIFACTS: '/state/run' }, '/state/run/junit.xml']);
  assert.equal(suiteCommand({ type: 'command', argv: ['make'], junit: 'out/gui.xml' }, run).junit, '/lab/out/gui.xml');
});

test('some of the tests are run again by their names', () => {
  const only = [{ group: 'tests.test_a.TestWindow', name: 'test_opens[x]', file: 'tests/test_a.py' }, { group: 'tests.test_a', name: 'test_closes', file: 'tests/test_a.py' }];
  assert.deepEqual(suiteCommand({ type: 'pytest', files: ['tests/test_a.py'] }, { ...run, only }).argv.slice(9), ['tests/test_a.py::TestWindow::test_opens[x]', 'tests/test_a.py::test_closes']);
  const grep = (name: string): RegExp => new RegExp(suiteCommand({ type: 'playwright', folder: '', config: 'playwright.config.ts' }, { ...run, only: [{ group: 'a.spec.ts', name, file: undefined }] }).argv.at(-1)!.slice('--grep='.length));
  for (const title of ['  a.spec.ts login says (no)', ' a.spec.ts login @slow says (no) @smoke @fast']) assert.match(title, grep('login › says (no)'), title);
  for (const title of ['  a.spec.ts login says (no) more', '  b.spec.ts login says (no)', '  aa.spec.ts login says (no)']) assert.doesNotMatch(title, grep('login › says (no)'), title);
  assert.match(' wide a.spec.ts login says', grep('[wide] login › says'));
  assert.doesNotMatch(' narrow a.spec.ts login says', grep('[wide] login › says'));
  assert.match('  a.spec.ts [draft] login says', grep('[draft] login › says'));
  assert.equal(suiteCommand({ type: 'command', argv: ['make'], junit: undefined }, { ...run, only: only.slice(1) }).env.PARALLEL_WORKFLOW_TESTS, '[{"group":"tests.test_a","name":"test_closes"}]');
});

test('a display is brought along only on Linux without one, and its lack is told', () => {
  const argv = ['make', 'gui'];
  const shown = (env: NodeJS.ProcessEnv, platform: NodeJS.Platform, missing: readonly string[]): string => {
    const { argv: all, notice } = displayCommand(argv, env, platform, missing);
    return `${all.join(' ')}${notice === undefined ? '' : ' !'}`;
  };
  assert.equal(shown({}, 'linux', []), 'xvfb-run -a make gui');
  assert.equal(shown({}, 'linux', ['xvfb-run', 'Xvfb', 'xauth']), 'make gui !');
  assert.match(displayCommand(argv, {}, 'linux', ['xauth']).notice!, /no display and no `xauth`: .*Install Xvfb/);
  for (const env of [{ DISPLAY: ':0' }, { WAYLAND_DISPLAY: 'wayland-0' }]) assert.equal(shown(env, 'linux', []), 'make gui');
  for (const platform of ['darwin', 'win32'] as const) assert.equal(shown({}, platform, ['xvfb-run']), 'make gui');
  assert.deepEqual(displayCommand(['xvfb-run', 'make'], {}, 'linux', []).argv, ['xvfb-run', 'make']);
});

test('a test is flaky that both passed and failed over the same code, until ten results agree', () => {
  const after = (...results: readonly (readonly [code: string, hasPassed: boolean])[]): boolean => {
    let history: TestHistory = {};
    for (const [code, hasPassed] of results) history = remember(history, [{ key: 'a', hasPassed }], code);
    return isFlaky(history.a!);
  };
  assert.deepEqual([after(['1', false]), after(['1', false], ['2', true]), after(['1', false], ['1', true]), after(['1', true], ['2', true], ['1', false])], [false, false, true, true]);
  const agreeing = Array.from({ length: 9 }, () => ['1', true] as const);
  assert.deepEqual([after(['1', false], ...agreeing), after(['1', false], ...agreeing, ['1', true])], [true, false]);
});

test('what is remembered is bounded; tests that were not run for longest are forgotten', () => {
  const keys = Array.from({ length: 5000 }, (_, index) => ({ key: `t${index}`, hasPassed: true }));
  const history = remember(remember(remember({}, keys, '1'), keys.slice(0, 1), '1'), [{ key: 'new', hasPassed: true }], '1');
  assert.deepEqual([Object.keys(history).length, history.t0?.length, history.t1, history.new?.length], [5000, 2, undefined, 1]);
});

test('attachments and images named after a test are its artifacts; the longest name wins', () => {
  const cases = parseJunit('<testsuite><testcase classname="c" name="test_open"><system-out>[[ATTACHMENT|shots/seen.png]]</system-out></testcase><testcase classname="c" name="test_open_file"/><testcase classname="c" name="ok"/></testsuite>');
  const files = ['test_open.png', 'artifacts/c-test-open-file-chromium/failed-1.png', 'shots/seen.png', 'ok.png', 'test_open.log', 'latest_opening.png'];
  const found = artifactsOf(cases, '/run/junit.xml', '/run', files);
  assert.deepEqual([...found], [['c\ntest_open', ['/run/shots/seen.png', '/run/test_open.png']], ['c\ntest_open_file', ['/run/artifacts/c-test-open-file-chromium/failed-1.png']], ['c\nok', []]]);
});
