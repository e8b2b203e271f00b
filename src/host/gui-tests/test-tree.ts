import path from 'node:path';
import * as vscode from 'vscode';
import { suiteKey, suiteLabel, type GuiSuite } from '../../core/gui-tests/find-gui-tests.ts';
import { caseKey, type JunitCase } from '../../core/gui-tests/parse-junit.ts';

export interface WorkspaceSuite {
  readonly workspace: string;
  readonly suite: GuiSuite;
}

const FLAKY = new vscode.TestTag('flaky');

/** The rows of the Test Explorer: suites as they were found, below them the tests as the last report has them. */
export class TestTree {
  private readonly controller: vscode.TestController;
  private readonly suites = new WeakMap<vscode.TestItem, WorkspaceSuite>();
  private readonly cases = new WeakMap<vscode.TestItem, JunitCase>();

  constructor(controller: vscode.TestController) {
    this.controller = controller;
  }

  /** Shows these suites; those that were there before keep their tests. */
  show(suites: readonly WorkspaceSuite[]): void {
    const several = new Set(suites.map(({ workspace }) => workspace)).size > 1;
    this.controller.items.replace(
      suites.map((each) => {
        const id = suiteId(each);
        const item =
          this.controller.items.get(id) ??
          this.controller.createTestItem(
            id,
            suiteLabel(each.suite),
            vscode.Uri.file(path.join(each.workspace, each.suite.type === 'playwright' ? each.suite.config : '')),
          );
        if (several) item.description = path.basename(each.workspace);
        this.suites.set(item, each);
        return item;
      }),
    );
  }

  get all(): readonly vscode.TestItem[] {
    return [...this.controller.items].map(([, item]) => item);
  }

  item(suite: WorkspaceSuite): vscode.TestItem | undefined {
    return this.controller.items.get(suiteId(suite));
  }

  /** The suite that a row stands for or below. */
  suiteOf(item: vscode.TestItem): WorkspaceSuite | undefined {
    return this.suites.get(item) ?? (item.parent === undefined ? undefined : this.suiteOf(item.parent));
  }

  isSuite(item: vscode.TestItem): boolean {
    return this.suites.has(item);
  }

  /** The tests of a row, itself or below it. */
  testsOf(item: vscode.TestItem): readonly { readonly item: vscode.TestItem; readonly test: JunitCase }[] {
    const test = this.cases.get(item);
    return test === undefined ? [...item.children].flatMap(([, child]) => this.testsOf(child)) : [{ item, test }];
  }

  /** The row of a test, made when it is new. */
  place(suite: vscode.TestItem, test: JunitCase, file: vscode.Uri | undefined, isFlaky: boolean): vscode.TestItem {
    const parent = test.group === '' ? suite : this.child(suite, `group ${test.group}`, test.group, file);
    const item = this.child(parent, caseKey(test), test.name, file);
    if (file !== undefined && test.line !== undefined) item.range = new vscode.Range(test.line, 0, test.line, 0);
    item.description = isFlaky ? vscode.l10n.t('flaky') : '';
    item.tags = isFlaky ? [FLAKY] : [];
    this.cases.set(item, test);
    return item;
  }

  /** Takes away rows of tests that a whole run did not tell of. */
  keepOnly(suite: vscode.TestItem, kept: ReadonlySet<vscode.TestItem>): void {
    for (const { item } of this.testsOf(suite)) if (!kept.has(item)) item.parent?.children.delete(item.id);
    for (const [id, child] of suite.children) if (!this.cases.has(child) && child.children.size === 0) suite.children.delete(id);
  }

  private child(parent: vscode.TestItem, id: string, label: string, file: vscode.Uri | undefined): vscode.TestItem {
    const known = parent.children.get(id);
    // The file of a row cannot be changed.
    if (known !== undefined && known.uri?.toString() === file?.toString()) return known;
    const item = this.controller.createTestItem(id, label, file);
    if (known !== undefined) item.children.replace([...known.children].map(([, child]) => child));
    parent.children.add(item);
    return item;
  }
}

function suiteId({ workspace, suite }: WorkspaceSuite): string {
  return `${workspace}\n${suiteKey(suite)}`;
}
