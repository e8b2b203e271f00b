import path from 'node:path';
import { escapePattern } from '../base/escape-pattern.ts';
import type { GuiSuite } from './find-gui-tests.ts';
import type { JunitCase } from './parse-junit.ts';

/** Where a run of a suite is asked to leave its report, and the tests to take part if not all do. */
export interface SuiteRun {
  readonly workspace: string;
  /** Folder for all that the run makes; absolute. */
  readonly folder: string;
  readonly python: string;
  readonly only?: readonly Pick<JunitCase, 'group' | 'name' | 'file'>[];
}

export interface SuiteCommand {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** The report; absolute. */
  readonly junit: string;
}

/** Tells a command where to write its report, unless the role says where it does. */
const JUNIT_VARIABLE = 'PARALLEL_WORKFLOW_JUNIT';
/** The folder for screenshots. */
const ARTIFACTS_VARIABLE = 'PARALLEL_WORKFLOW_ARTIFACTS';
/** The tests to run, a JSON list of objects with `group` and `name`; not set when all are to run. */
const TESTS_VARIABLE = 'PARALLEL_WORKFLOW_TESTS';

/** What runs a suite, or some of its tests. Pure. */
export function suiteCommand(suite: GuiSuite, { workspace, folder, python, only }: SuiteRun): SuiteCommand {
  const junit = path.join(folder, 'junit.xml');
  switch (suite.type) {
    case 'playwright':
      return {
        argv: ['npx', '--no-install', 'playwright', 'test', `--config=${path.join(workspace, suite.config)}`, '--reporter=junit', `--output=${path.join(folder, 'artifacts')}`, ...(only === undefined ? [] : [`--grep=${grepFor(only)}`])],
        cwd: path.join(workspace, suite.folder),
        // Without these a test of two projects is told of twice by one name, and one that was tried again looks as if it had passed at once.
        env: { PLAYWRIGHT_JUNIT_OUTPUT_NAME: junit, PLAYWRIGHT_JUNIT_INCLUDE_PROJECT_IN_TEST_NAME: '1', PLAYWRIGHT_JUNIT_INCLUDE_RETRIES: '1' },
        junit,
      };
    case 'pytest':
      // Reports of the first family name the file and line of each test, from here wherever a configuration file stands; what a test prints may name attachments.
      return { argv: [python, '-m', 'pytest', `--rootdir=${workspace}`, `--junitxml=${junit}`, '-o', 'junit_family=xunit1', '-o', 'junit_logging=out-err', ...(only?.map(nodeId) ?? suite.files)], cwd: workspace, env: { [ARTIFACTS_VARIABLE]: folder }, junit };
    case 'command':
      return {
        argv: suite.argv,
        cwd: workspace,
        env: { [JUNIT_VARIABLE]: junit, [ARTIFACTS_VARIABLE]: folder, ...(only !== undefined && { [TESTS_VARIABLE]: JSON.stringify(only.map(({ group, name }) => ({ group, name }))) }) },
        junit: suite.junit === undefined ? junit : path.resolve(workspace, suite.junit),
      };
  }
}

/**
 * Playwright writes `[project] describe › test` of a file, and matches `project file describe test`, with tags after each part.
 * Without the project's brackets it is a project without a name.
 */
function grepFor(only: readonly Pick<JunitCase, 'group' | 'name'>[]): string {
  const patterns = only.map(({ group, name }) => {
    const [, project, rest] = /^\[([^\]]+)\] (.+)$/.exec(name) ?? [];
    const inProject = project === undefined ? [] : [[project, group, ...parts(rest!)]];
    return [...inProject, [group, ...parts(name)]].map((words) => words.map(escapePattern).join(`${TAGS} `)).join('|');
  });
  return `(?:^| )(?:${patterns.join('|')})${TAGS}$`;
}

const TAGS = '(?: @\\S+)*';

function parts(title: string): readonly string[] {
  return title.split(' › ');
}

/** `tests/test_a.py`, `tests.test_a.TestWindow`, `test_opens` are `tests/test_a.py::TestWindow::test_opens`. */
function nodeId({ file, group, name }: Pick<JunitCase, 'group' | 'name' | 'file'>): string {
  if (file === undefined) return name;
  const module = file.replace(/\.py$/, '').split(/[\\/]/).join('.');
  const classes = group.startsWith(`${module}.`) ? group.slice(module.length + 1).split('.') : [];
  return [file, ...classes, name].join('::');
}
