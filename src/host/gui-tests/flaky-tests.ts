import type * as vscode from 'vscode';
import { isFlaky, remember, type TestHistory } from '../../core/gui-tests/test-history.ts';

const KEY = 'guiTests.history';

/** What tests came to in earlier runs in this workspace, which tells the flaky ones. */
export class FlakyTests {
  private readonly memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.memory = memory;
  }

  async note(results: readonly { readonly key: string; readonly hasPassed: boolean }[], code: string): Promise<void> {
    await this.memory.update(KEY, remember(this.history, results, code));
  }

  has(key: string): boolean {
    return isFlaky(this.history[key] ?? []);
  }

  private get history(): TestHistory {
    return this.memory.get<TestHistory>(KEY, {});
  }
}
