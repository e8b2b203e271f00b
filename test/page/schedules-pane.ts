import type { Locator, Page } from 'playwright-core';

/** *Schedules*, and the dialogue that makes one, as a person finds them. */
export class SchedulesPane {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the view below the tasks, which starts collapsed. */
  async open(): Promise<void> {
    const header = this.page.getByRole('button', { name: 'Schedules Section' });
    if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
  }

  /** The row of a schedule or of one of its runs, by what is said of it; those that come due next stand among the tasks as well. */
  row(name: RegExp): Locator {
    return this.page.getByRole('tree', { name: 'Schedules' }).getByRole('treeitem', { name });
  }

  async expand(row: Locator): Promise<void> {
    await row.locator('.monaco-tl-twistie').click();
  }

  /** Resolves when the dialogue asks this: its title with the step, and what its list or line is for. */
  async asks(title: string, placeholder: string): Promise<void> {
    await this.widget().locator('.quick-input-title', { hasText: title }).waitFor();
    await this.widget().getByPlaceholder(placeholder).waitFor();
  }

  /** What stands in the empty line above a list, once it reads so. */
  async placeholder(like: RegExp): Promise<string> {
    const line = this.widget().getByPlaceholder(like);
    await line.waitFor();
    return (await line.getAttribute('placeholder')) ?? '';
  }

  /** Resolves when something else stands there. */
  async changesPlaceholder(before: string): Promise<void> {
    await this.widget().getByPlaceholder(before, { exact: true }).waitFor({ state: 'detached' });
  }

  /** An offer of the list; its second line tells what it would mean. */
  offer(label: string): Locator {
    return this.widget().locator('.quick-input-list .monaco-list-row').filter({ has: this.page.locator('.quick-input-list-label', { hasText: label }) }).first();
  }

  async pick(label: string): Promise<void> {
    await this.offer(label).click();
  }

  /** What stands below the line of text. */
  message(text: string | RegExp): Locator {
    return this.widget().locator('.quick-input-message', { hasText: text });
  }

  async type(text: string): Promise<void> {
    await this.widget().locator('.quick-input-box input').fill(text);
  }

  /** Takes what the list offers first, as Enter does. */
  async take(label: string): Promise<void> {
    await this.widget().locator('.quick-input-list .monaco-list-row.focused', { hasText: label }).waitFor();
    await this.enter();
  }

  async enter(): Promise<void> {
    await this.page.keyboard.press('Enter');
  }

  async back(): Promise<void> {
    await this.widget().getByRole('button', { name: 'Back' }).click();
  }

  private widget(): Locator {
    return this.page.locator('.quick-input-widget:visible');
  }
}
