import type { Locator, Page } from 'playwright-core';

/** Files open in a window, as a person sees them. */
export class EditorPane {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens a file by its name. */
  async open(file: string): Promise<void> {
    const { page } = this;
    await page.keyboard.press('ControlOrMeta+p');
    await page.locator('.quick-input-widget input[type="text"]').first().fill(file);
    await page.locator('.quick-input-list .monaco-list-row', { hasText: file }).first().waitFor();
    await page.keyboard.press('Enter');
    await this.tab(file).waitFor();
    await this.text().click();
  }

  tab(file: string): Locator {
    return this.page.locator('.tabs-container .tab', { hasText: file });
  }

  unsavedTab(file: string): Locator {
    return this.page.locator('.tabs-container .tab.dirty', { hasText: file });
  }

  savedTab(file: string): Locator {
    return this.page.locator('.tabs-container .tab:not(.dirty)', { hasText: file });
  }

  text(text?: string): Locator {
    return this.page.locator('.editor-instance .view-lines', text === undefined ? {} : { hasText: text });
  }

  /** What VS Code says when a key is pressed in vain. */
  refusal(): Locator {
    return this.page.locator('.monaco-editor-overlaymessage', { hasText: 'read-only' });
  }

  /** Resolves when the file at the front shows as read-only, and refuses a key. */
  async isReadOnly(): Promise<void> {
    // The lock that VS Code gives what it lets nobody write; ours is a letter.
    await this.page.locator('.tabs-container .tab.active [class*="monaco-decoration-iconBadge"]').waitFor();
    await this.page.keyboard.press('x');
    await this.refusal().waitFor();
  }

  save(): Promise<void> {
    return this.page.keyboard.press('ControlOrMeta+s');
  }

  dialog(text: string): Locator {
    return this.page.locator('.monaco-dialog-box', { hasText: text });
  }

  async answer(dialog: Locator, button: string): Promise<void> {
    await dialog.getByRole('button', { name: button, exact: true }).click();
  }
}
