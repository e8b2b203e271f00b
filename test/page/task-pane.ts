import type { Locator, Page } from 'playwright-core';

/** As long as a finger rests: a menu takes no notice of what comes within 100 ms of its opening. */
const PRESS = { delay: 300 };

/** The extension's faces in a window, as a person finds them. */
export class TaskPane {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Queues a file from the explorer's context menu. */
  async queue(file: string): Promise<void> {
    await this.show(/^Explorer/);
    await this.page.locator('.explorer-folders-view').getByRole('treeitem', { name: file, exact: true }).click({ button: 'right' });
    await this.choice('Queue in Parallel').click(PRESS);
  }

  /** Shows the tasks. */
  async open(): Promise<void> {
    await this.show(/^Parallel Workflow/);
  }

  /** The row of a task in some state, such as `running`. */
  row(task: string, state: string): Locator {
    return this.page.locator('.tree-explorer-viewlet-tree-view').getByRole('treeitem', { name: new RegExp(`^${literal(task)}, ${literal(state)}`) });
  }

  group(title: string): Locator {
    return this.page.locator('.tree-explorer-viewlet-tree-view').getByRole('treeitem', { name: new RegExp(`^${title}, `) });
  }

  /** Presses an action that appears in a row. */
  async act(row: Locator, action: string): Promise<void> {
    await row.hover();
    await row.getByRole('button', { name: new RegExp(`^${action}`) }).click();
  }

  async choose(row: Locator, action: string): Promise<void> {
    await row.click({ button: 'right' });
    await this.choice(action).click(PRESS);
  }

  /** The item of the status bar, by what it says. */
  status(text: string): Locator {
    return this.page.locator('.statusbar').getByRole('button', { name: `Parallel Workflow: ${text}` });
  }

  machine(): Locator {
    return this.page.locator('.statusbar').getByRole('button', { name: /^This machine: (estimated )?CPU \d+\s%, (estimated )?memory \d+\s%/ });
  }

  terminal(text: string): Locator {
    return this.page.locator('.terminal-wrapper.active .xterm-rows', { hasText: text });
  }

  editor(text: string): Locator {
    return this.page.locator('.editor-instance .view-lines', { hasText: text });
  }

  /** Points at a row until its tooltip comes: one that is drawn anew under a resting pointer shows none. The tooltip of another part may still be there. */
  async readTooltip(row: Locator, about: string): Promise<string> {
    const tooltip = this.page.locator('.monaco-hover:visible', { hasText: about }).first();
    for (let attempt = 1; ; attempt++) {
      await this.page.mouse.move(0, 0);
      await row.hover();
      try {
        await tooltip.waitFor({ timeout: 3000 });
        return await tooltip.innerText();
      } catch (error) {
        if (attempt === 10) throw error;
      }
    }
  }

  /** Shows a part of the side bar; a click on the part that is shown would hide it. */
  private async show(title: RegExp): Promise<void> {
    const tab = this.page.getByRole('tab', { name: title });
    if ((await tab.getAttribute('aria-expanded')) !== 'true') await tab.click();
  }

  /** An entry of the open menu, whatever keys stand beside it. */
  private choice(title: string): Locator {
    return this.page.locator('.monaco-menu').getByText(title, { exact: true });
  }
}

function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
