import type { Locator, Page } from 'playwright-core';

/** VS Code's Test Explorer, as a person finds it. */
export class TestExplorerPane {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.getByRole('tab', { name: /^Testing/ }).click();
  }

  /** A row, by its name and what VS Code says it came to: `Passed`, `Failed`, `Skipped`. */
  row(name: string, verdict: string): Locator {
    return this.page.locator('.test-explorer').getByRole('treeitem', { name: new RegExp(`^${name} \\(${verdict}\\)`) });
  }

  async expand(row: Locator): Promise<void> {
    await row.locator('.monaco-tl-twistie.collapsed').click();
  }

  /** Why a test failed, as it stands in the editor when the test's row is clicked. */
  message(text: string): Locator {
    return this.page.locator('.test-output-peek-message-container', { hasText: text }).first();
  }
}
