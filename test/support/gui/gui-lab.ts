import fs from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'node:test';
import type { TaskDetail } from '../../../src/core/engine/engine-port.ts';
import { artifactsOf } from '../../../src/core/gui-tests/artifacts-of.ts';
import { DISPLAY_PROGRAMS, displayCommand } from '../../../src/core/gui-tests/display-command.ts';
import { findGuiTests, type GuiSuite } from '../../../src/core/gui-tests/find-gui-tests.ts';
import { caseKey, parseJunit, type JunitCase } from '../../../src/core/gui-tests/parse-junit.ts';
import { placeOf, type TestPlace } from '../../../src/core/gui-tests/place-of.ts';
import { readProject } from '../../../src/core/gui-tests/read-project.ts';
import { filesIn, freshReport, newResultsFolder } from '../../../src/core/gui-tests/results-folder.ts';
import { suiteCommand, type SuiteCommand } from '../../../src/core/gui-tests/suite-command.ts';
import { pathFinder } from '../../../src/core/launch/find-program.ts';
import { findPython } from '../../../src/core/launch/python-interpreter.ts';
import type { TaskId } from '../../../src/core/model/ids.ts';
import { RUN_MARK } from '../../../src/core/process/process-table.ts';
import { systemProcessTable } from '../../../src/core/process/system-process-table.ts';
import { outcomeOf, TestEngine } from '../test-engine.ts';

/** A Python that has pytest and Tk, `xvfb-run`, the `node_modules` of Playwright's test runner; empty where the stage could not bring them. */
const { CONFORMANCE_PYTEST: pytest = '', CONFORMANCE_XVFB: xvfb = '', CONFORMANCE_PLAYWRIGHT: playwright = '' } = process.env;

export const WITH_PYTEST = pytest === '' || xvfb === '' ? { skip: 'the genuine pytest or Xvfb is not here' } : {};
export const WITH_PLAYWRIGHT = playwright === '' ? { skip: 'the genuine Playwright is not here' } : {};

export interface GuiResult extends JunitCase {
  readonly artifacts: readonly string[];
  readonly place: TestPlace | undefined;
}

interface QueuedSuite {
  readonly id: TaskId;
  readonly argv: readonly string[];
  readonly command: SuiteCommand;
  readonly folder: string;
}

/** A project with GUI tests, which are found, run and read as the role does it, by the genuine programs and on a display of their own. */
export class GuiLab {
  readonly engine: TestEngine;

  private constructor(engine: TestEngine) {
    this.engine = engine;
  }

  /** `env` is what the engine, and with it all that it starts, finds in its environment beside the usual. */
  static async open(t: TestContext, files: Readonly<Record<string, string>>, env: NodeJS.ProcessEnv = {}): Promise<GuiLab> {
    withEnvironment(t, { ...env, DISPLAY: undefined, WAYLAND_DISPLAY: undefined });
    const lab = new GuiLab(await TestEngine.open(t, { graceMs: 2000 }));
    for (const [name, text] of Object.entries(files)) lab.engine.file(name, text);
    if (pytest !== '') fs.symlinkSync(path.dirname(path.dirname(pytest)), path.join(lab.engine.workspace, '.venv'));
    if (playwright !== '') fs.symlinkSync(playwright, path.join(lab.engine.workspace, 'node_modules'));
    return lab;
  }

  async find(): Promise<readonly GuiSuite[]> {
    return findGuiTests({ ...(await readProject(this.engine.workspace)), options: {} });
  }

  /** Queues all tests of a suite, or some. */
  async queue(suite: GuiSuite, only?: readonly JunitCase[]): Promise<QueuedSuite> {
    const { home, workspace } = this.engine;
    const finder = pathFinder();
    const folder = await newResultsFolder(home);
    const command = suiteCommand(suite, { workspace, folder, python: findPython(undefined, workspace, finder, process.platform)!, ...(only !== undefined && { only }) });
    const { argv } = displayCommand(command.argv, process.env, process.platform, DISPLAY_PROGRAMS.filter((name) => finder.find(name) === undefined));
    const [id] = await this.engine.submit({ name: suite.type, command: argv, cwd: command.cwd, env: command.env, type: 'utility', role: 'gui_testing' });
    return { id: id!, argv, command, folder };
  }

  /** Runs them to their end. */
  async run(suite: GuiSuite, only?: readonly JunitCase[]): Promise<readonly GuiResult[]> {
    const { id, command, folder } = await this.queue(suite, only);
    const detail = await this.engine.ended(id);
    const report = await freshReport(command.junit, undefined);
    if (report === undefined) throw new Error(`No report: ${JSON.stringify(outcomeOf(detail))}\n${this.engine.stdout(detail)}\n${this.engine.stderr(detail)}`);
    const cases = parseJunit(report);
    const artifacts = artifactsOf(cases, command.junit, folder, await filesIn(folder));
    const known = (await readProject(this.engine.workspace)).files.map((file) => path.join(this.engine.workspace, file));
    return cases.map((each) => ({ ...each, artifacts: artifacts.get(caseKey(each)) ?? [], place: placeOf(each, command.cwd, { known, has: fs.existsSync }) }));
  }

  /** Command lines of what belongs to a run and lives. */
  async processes({ run }: TaskDetail): Promise<readonly string[]> {
    const pids = await systemProcessTable().marked(RUN_MARK, run!.folder);
    return pids.flatMap((pid) => commandLine(pid));
  }
}

function commandLine(pid: number): readonly string[] {
  try {
    return [fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()];
  } catch {
    return []; // It ended while it was being read.
  }
}

function withEnvironment(t: TestContext, wanted: NodeJS.ProcessEnv): void {
  const before = Object.keys(wanted).map((name) => [name, process.env[name]] as const);
  const set = (values: readonly (readonly [name: string, value: string | undefined])[]): void => {
    for (const [name, value] of values) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
  set(Object.entries(wanted));
  t.after(() => set(before));
}
