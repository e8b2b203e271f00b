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
    await page.locator('.quick-input-list .monaco-list-row', { hasText: file }).first().click();
    await this.activeTab(file).waitFor();
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

  activeTab(file: string): Locator {
    return this.page.locator('.tabs-container .tab.active', { hasText: file });
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
    // VS Code draws a lock behind the name of what nobody may write; ours is a letter.
    await this.page.waitForFunction("[...document.querySelectorAll('.tabs-container .tab.active *')].some((part) => getComputedStyle(part, '::after').fontFamily.includes('codicon'))");
    for (let attempt = 1; ; attempt++) {
      await this.page.keyboard.press('x');
      try {
        await this.refusal().waitFor({ timeout: 3000 });
        return;
      } catch (error) {
        // The lock is drawn a little behind the times.
        if (attempt === 10) throw error;
      }
    }
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
