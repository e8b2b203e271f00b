import type { Locator, Page } from 'playwright-core';

/** *Files in Use*, and the signs of it elsewhere in a window. */
export class FilesPane {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the view below the tasks, which starts collapsed. */
  async open(): Promise<void> {
    const header = this.page.getByRole('button', { name: 'Files in Use Section' });
    if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
  }

  /** The row of a file or of one of its users, by what is said of it. */
  row(name: string): Locator {
    return this.page.locator('.tree-explorer-viewlet-tree-view').getByRole('treeitem', { name, exact: true });
  }

  async expand(row: Locator): Promise<void> {
    await row.locator('.monaco-tl-twistie').click();
  }

  /** The item of the status bar for the active file. */
  status(text: string): Locator {
    return this.page.locator('.statusbar').getByRole('button', { name: text, exact: true });
  }

  /** Resolves when this stands at the end of a file's row in the explorer. */
  async badge(file: string, badge: string): Promise<void> {
    const rows = `[...document.querySelectorAll('.explorer-folders-view [role="treeitem"]')]`;
    const shown = `getComputedStyle(row.querySelector('.monaco-icon-label'), '::after').content`;
    await this.page.waitForFunction(`${rows}.some((row) => row.ariaLabel.startsWith(${JSON.stringify(file)}) && ${shown} === '"${badge}"')`);
  }
}
