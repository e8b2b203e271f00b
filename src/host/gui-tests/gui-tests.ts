import path from 'node:path';
import * as vscode from 'vscode';
import type { Disposable } from '../../core/base/disposable.ts';
import { messageOf, UserError } from '../../core/base/user-error.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import { findGuiTests } from '../../core/gui-tests/find-gui-tests.ts';
import { readProject } from '../../core/gui-tests/read-project.ts';
import { HostError } from '../host-error.ts';
import { COMMANDS } from '../ids.ts';
import type { TaskWatch } from '../tasks/task-watch.ts';
import { requireRoots, requireTrust } from '../workspace-roots.ts';
import { FlakyTests } from './flaky-tests.ts';
import { GUI_ROLE } from './gui-role.ts';
import { GuiTestRunner, type GuiTestResult, type PickedSuite } from './gui-test-runner.ts';
import { TestTree, type WorkspaceSuite } from './test-tree.ts';

interface GuiTestsPorts {
  readonly engine: Pick<EnginePort, 'submit' | 'cancel' | 'views' | 'roles'>;
  readonly watch: Pick<TaskWatch, 'follow'>;
  readonly roots: () => readonly string[];
  readonly programs: () => Readonly<Record<string, string>>;
  readonly home: string;
  readonly memory: vscode.Memento;
  /** Shows an error once. */
  readonly tell: (error: unknown) => void;
}

/** What a run came to. */
export interface GuiTestReport {
  readonly tests: readonly GuiTestResult[];
  /** Why suites could not be run, or their reports not be read. */
  readonly problems: readonly string[];
}

/** What of the Test Explorer is ours. */
interface Explorer {
  readonly controller: vscode.TestController;
  readonly tree: TestTree;
  readonly runner: GuiTestRunner;
}

/** The GUI tests of this window's folders, in the Test Explorer. */
export class GuiTests implements Disposable {
  private readonly ports: GuiTestsPorts;
  private made: Explorer | undefined;

  constructor(ports: GuiTestsPorts) {
    this.ports = ports;
  }

  /** Looks through the workspaces and shows what was found. */
  async find(): Promise<void> {
    const found: WorkspaceSuite[] = [];
    for (const workspace of this.ports.roots()) {
      const options = (await this.ports.engine.roles([workspace])).find(({ role }) => role.name === GUI_ROLE)?.role.options ?? {};
      found.push(...findGuiTests({ ...(await readProject(workspace)), options }).map((suite) => ({ workspace, suite })));
    }
    // The Test Explorer comes into the window with the first controller: a project without GUI tests has no use for it.
    if (found.length > 0 || this.made !== undefined) this.explorer.tree.show(found);
  }

  /** Finds and runs all GUI tests, of one workspace or of all. @throws UserError when there are none, or they may not run. */
  async runAll(workspace?: string): Promise<GuiTestReport> {
    requireTrust();
    requireRoots();
    await this.find();
    const items = this.made?.tree.all.filter((item) => workspace === undefined || this.explorer.tree.suiteOf(item)?.workspace === workspace) ?? [];
    if (items.length === 0)
      throw new UserError(
        vscode.l10n.t(
          'No GUI tests were found: no playwright.config, no pytest file that imports a GUI toolkit or has a mark such as `gui`. Name a `command` in the options of the role gui_testing.',
        ),
      );
    return this.run(new vscode.TestRunRequest(items), undefined);
  }

  dispose(): void {
    this.made?.controller.dispose();
  }

  private get explorer(): Explorer {
    return (this.made ??= this.make());
  }

  private make(): Explorer {
    const controller = vscode.tests.createTestController('parallelWorkflow.guiTests', vscode.l10n.t('GUI Tests'));
    const tree = new TestTree(controller);
    controller.refreshHandler = () => this.find().catch(this.ports.tell);
    controller.createRunProfile(vscode.l10n.t('Run'), vscode.TestRunProfileKind.Run, (request, token) => this.run(request, token).then(() => undefined, this.ports.tell), true);
    return { controller, tree, runner: new GuiTestRunner({ ...this.ports, tree, flaky: new FlakyTests(this.ports.memory) }) };
  }

  private async run(request: vscode.TestRunRequest, token: vscode.CancellationToken | undefined): Promise<GuiTestReport> {
    requireTrust();
    const { tree, controller, runner } = this.explorer;
    if (request.include === undefined && tree.all.length === 0) await this.find();
    const picked = this.picked(request);
    for (const workspace of new Set(picked.map((each) => each.workspace))) await this.requireOpen(workspace);
    const run = controller.createTestRun(request);
    const problems: string[] = [];
    try {
      const results = await Promise.all(
        picked.map((each) =>
          runner.run(run, each, token ?? run.token).catch((error: unknown) => {
            problems.push(messageOf(error));
            run.errored(each.item, new vscode.TestMessage(messageOf(error)));
            run.appendOutput(`${path.basename(each.workspace)}: ${messageOf(error).replaceAll(/\r?\n/g, '\r\n')}\r\n`);
            return [];
          }),
        ),
      );
      return { tests: results.flat(), problems };
    } finally {
      run.end();
    }
  }

  /** By suite; a suite as a whole unless only some of its tests are asked for. */
  private picked({ include, exclude = [] }: vscode.TestRunRequest): readonly PickedSuite[] {
    const { tree } = this.explorer;
    const left = new Set(exclude.flatMap((item) => tree.testsOf(item)).map(({ item }) => item));
    const wanted = include ?? tree.all;
    return tree.all.flatMap((item): readonly PickedSuite[] => {
      const own = wanted.filter((each) => tree.suiteOf(each) === tree.suiteOf(item));
      if (own.length === 0 || exclude.includes(item)) return [];
      const suite = tree.suiteOf(item)!;
      const isWhole = own.some((each) => tree.isSuite(each));
      const tests = new Map((isWhole ? [item] : own).flatMap((each) => tree.testsOf(each)).map((each) => [each.item, each]));
      const only = [...tests.values()].filter((each) => !left.has(each.item));
      if (isWhole && only.length === tests.size) return [{ ...suite, item, only: undefined }];
      return only.length === 0 ? [] : [{ ...suite, item, only }];
    });
  }

  /** A queue that somebody has shut would keep the tests waiting without a word. */
  private async requireOpen(workspace: string): Promise<void> {
    const view = (await this.ports.engine.roles([workspace])).find(({ role }) => role.name === GUI_ROLE);
    if (view?.state !== 'paused' && view?.state !== 'stopped') return;
    throw new HostError(vscode.l10n.t('The role {0} is {1}, so its tests would only wait. Start it first.', view.role.label, view.state), [
      { title: vscode.l10n.t('Start Role'), run: () => vscode.commands.executeCommand(COMMANDS.startRole, GUI_ROLE) },
    ]);
  }
}
