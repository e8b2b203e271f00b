import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { inTurns } from '../../core/base/steps.ts';
import { messageOf, UserError } from '../../core/base/user-error.ts';
import type { EnginePort, TaskView } from '../../core/engine/engine-port.ts';
import { artifactsOf } from '../../core/gui-tests/artifacts-of.ts';
import { DISPLAY_PROGRAMS, displayCommand } from '../../core/gui-tests/display-command.ts';
import { suiteKey, suiteLabel } from '../../core/gui-tests/find-gui-tests.ts';
import { caseKey, isBad, junitSteps, type JunitCase, type TestVerdict } from '../../core/gui-tests/parse-junit.ts';
import { placeOf } from '../../core/gui-tests/place-of.ts';
import { readProject, type ProjectFiles } from '../../core/gui-tests/read-project.ts';
import { filesIn, freshReport, newResultsFolder, noteTask, reportMark, sweepResults } from '../../core/gui-tests/results-folder.ts';
import { suiteCommand, type SuiteCommand } from '../../core/gui-tests/suite-command.ts';
import { pathFinder } from '../../core/launch/find-program.ts';
import { findPython } from '../../core/launch/python-interpreter.ts';
import { describeOutcome } from '../../core/present/tasks/describe-outcome.ts';
import { formatProblem } from '../../core/spec/problem.ts';
import { readTail } from '../../views/tasks/read-tail.ts';
import type { TaskWatch } from '../tasks/task-watch.ts';
import { finishedTask } from './finished-task.ts';
import type { FlakyTests } from './flaky-tests.ts';
import { GUI_ROLE } from './gui-role.ts';
import { testMessage } from './test-message.ts';
import type { TestTree, WorkspaceSuite } from './test-tree.ts';

const MOST_OUTPUT = 256 * 1024;

/** What a test came to, as plain data. */
export interface GuiTestResult {
  readonly suite: string;
  readonly group: string;
  readonly name: string;
  readonly verdict: TestVerdict;
  readonly message: string;
  readonly isFlaky: boolean;
  /** Screenshots and whatever else it left; absolute. */
  readonly artifacts: readonly string[];
}

/** Tests of a suite that are to run: all, or some. */
export interface PickedSuite extends WorkspaceSuite {
  readonly item: vscode.TestItem;
  readonly only: readonly { readonly item: vscode.TestItem; readonly test: JunitCase }[] | undefined;
}

interface RunnerPorts {
  readonly engine: Pick<EnginePort, 'submit' | 'cancel' | 'views'>;
  readonly watch: Pick<TaskWatch, 'follow'>;
  readonly tree: TestTree;
  readonly flaky: FlakyTests;
  readonly programs: () => Readonly<Record<string, string>>;
  /** The state folder. */
  readonly home: string;
}

/** Runs GUI tests as tasks of their role, and tells what their reports say. */
export class GuiTestRunner {
  private readonly ports: RunnerPorts;

  constructor(ports: RunnerPorts) {
    this.ports = ports;
  }

  /**
   * Queues one task, and resolves with the results when it has ended and they are shown.
   * @throws UserError when it could not be queued, or left no report.
   */
  async run(run: vscode.TestRun, picked: PickedSuite, token: vscode.CancellationToken): Promise<readonly GuiTestResult[]> {
    const { engine, watch } = this.ports;
    const items = picked.only?.map(({ item }) => item) ?? [picked.item];
    for (const item of items) run.enqueued(item);
    const { command, argv, folder, project } = await this.prepare(run, picked);
    const before = await reportMark(command.junit);
    const label = suiteLabel(picked.suite);
    const submitted = await engine.submit({
      workspace: picked.workspace,
      name: vscode.l10n.t('GUI tests'),
      confine: true,
      tasks: [{ name: `GUI tests: ${label}`, command: argv, cwd: command.cwd, env: command.env, type: 'utility', role: GUI_ROLE }],
    });
    if (!submitted.ok) throw new UserError(submitted.error.map(formatProblem).join('; '));
    const id = submitted.value.tasks[0]!;
    await noteTask(folder, id);
    run.appendOutput(`#${id} ${argv.join(' ')}\r\n`);
    const cancel = (): void => void engine.cancel([id]).catch(() => undefined);
    const listening = token.onCancellationRequested(cancel);
    if (token.isCancellationRequested) cancel();
    const view = await finishedTask(watch, id, () => items.forEach((item) => run.started(item)));
    listening.dispose();
    if (view?.run !== undefined) run.appendOutput(lines(await readTail(path.join(view.run.folder, 'stdout'), MOST_OUTPUT)));
    const text = await freshReport(command.junit, before);
    if (text === undefined) {
      if (token.isCancellationRequested) return [];
      throw await noReport(command, view);
    }
    return this.tell(run, picked, { cases: await readReport(text, command), command, folder, project });
  }

  private async prepare(
    run: vscode.TestRun,
    { workspace, suite, only }: PickedSuite,
  ): Promise<{ readonly command: SuiteCommand; readonly argv: readonly string[]; readonly folder: string; readonly project: ProjectFiles }> {
    const { programs, home } = this.ports;
    const finder = pathFinder();
    const python = findPython(programs().python, workspace, finder, process.platform);
    if (python === undefined && suite.type === 'pytest')
      throw new UserError(
        vscode.l10n.t('There is no Python to run pytest with. Install it, or name it in the setting `parallelWorkflow.programs`.'),
      );
    const project = await readProject(workspace);
    const folder = await newResultsFolder(home);
    await sweepResults(home, this.ports.engine);
    const command = suiteCommand(suite, {
      workspace,
      folder,
      python: python ?? '',
      ...(only !== undefined && { only: only.map(({ test }) => test) }),
    });
    const missing = DISPLAY_PROGRAMS.filter((name) => finder.find(name) === undefined);
    const { argv, notice } = displayCommand(command.argv, process.env, process.platform, missing);
    if (notice !== undefined) run.appendOutput(`${notice}\r\n`);
    return { command, argv, folder, project };
  }

  private async tell(
    run: vscode.TestRun,
    picked: PickedSuite,
    {
      cases,
      command,
      folder,
      project,
    }: { readonly cases: readonly JunitCase[]; readonly command: SuiteCommand; readonly folder: string; readonly project: ProjectFiles },
  ): Promise<readonly GuiTestResult[]> {
    const { tree, flaky } = this.ports;
    const key = (test: JunitCase): string => `${picked.workspace}\n${suiteKey(picked.suite)}\n${caseKey(test)}`;
    const ended = cases.filter(({ verdict }) => verdict !== 'skipped');
    await flaky.note(
      ended.flatMap((test) => [
        ...(test.isFlaky ? [{ key: key(test), hasPassed: isBad(test) }] : []),
        { key: key(test), hasPassed: !isBad(test) },
      ]),
      project.code,
    );
    const artifacts = artifactsOf(cases, command.junit, folder, await filesIn(folder));
    const files = { known: project.files.map((file) => path.join(picked.workspace, file)), has: (file: string) => fs.statSync(file, { throwIfNoEntry: false })?.isFile() === true };
    const items = new Set<vscode.TestItem>();
    const results = cases.map((test): GuiTestResult => {
      const { verdict, durationMs, group, name, message, output } = test;
      const place = placeOf(test, command.cwd, files);
      const isFlaky = flaky.has(key(test));
      const item = tree.place(picked.item, test, place, isFlaky);
      const left = (artifacts.get(caseKey(test)) ?? []).filter((each) => fs.existsSync(each));
      items.add(item);
      if (output !== '') run.appendOutput(lines(output), undefined, item);
      for (const artifact of left) run.appendOutput(`${artifact}\r\n`, undefined, item);
      if (verdict === 'passed') run.passed(item, durationMs);
      else if (verdict === 'skipped') run.skipped(item);
      else run[verdict](item, testMessage(test, place, left, isFlaky), durationMs);
      return { suite: suiteLabel(picked.suite), group, name, verdict, message, isFlaky, artifacts: left };
    });
    if (picked.only === undefined) tree.keepOnly(picked.item, items);
    return results;
  }
}

async function readReport(text: string, { junit }: SuiteCommand): Promise<readonly JunitCase[]> {
  try {
    return await inTurns(junitSteps(text));
  } catch (error) {
    throw new UserError(vscode.l10n.t('The JUnit report {0} cannot be read: {1}', junit, messageOf(error)));
  }
}

async function noReport({ junit }: SuiteCommand, view: TaskView | undefined): Promise<UserError> {
  const state = view?.task.state;
  const ended = state?.status === 'finished' ? describeOutcome(state.outcome) : vscode.l10n.t('taken out of the list');
  const said = view?.run === undefined ? '' : (await readTail(path.join(view.run.folder, 'stderr'))).trim().split('\n').slice(-3).join('\n');
  return new UserError(vscode.l10n.t('The tests left no JUnit report at {0}; their task: {1}.', junit, ended), said);
}

function lines(text: string): string {
  return text === '' ? '' : `${text.replaceAll(/\r?\n/g, '\r\n')}\r\n`;
}
