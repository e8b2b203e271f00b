import type { BrowserContext, ConsoleMessage, Page } from 'playwright-core';
import { livingProcesses } from './processes.ts';
import type { VSCodeServer } from './server.ts';
import { workbenchAddress } from './workbench-address.ts';

const patienceMs = 60_000;

export interface WindowOptions {
  readonly workspace?: string;
  readonly extension?: string;
}

/** One VS Code window in a page of its own. */
export class WorkbenchWindow {
  readonly page: Page;
  readonly #messages: string[] = [];
  #extensionHost = 0;

  private constructor(page: Page) {
    this.page = page;
    page.on('console', (message) => this.#messages.push(`[${message.type()}] ${message.text()}`));
  }

  static async open(context: BrowserContext, server: VSCodeServer, { workspace, extension }: WindowOptions): Promise<WorkbenchWindow> {
    const window = new WorkbenchWindow(await context.newPage());
    const address = workbenchAddress({
      authority: server.authority,
      ...(extension !== undefined && { extensions: [extension] }),
      ...(workspace !== undefined && { folder: workspace }),
    });
    await window.#untilReady(() => window.page.goto(address));
    return window;
  }

  /** Process id of this window's extension host. */
  get extensionHost(): number {
    return this.#extensionHost;
  }

  /** What the page and the extension host wrote to the console. */
  get messages(): readonly string[] {
    return this.#messages;
  }

  async reload(): Promise<void> {
    await this.#untilReady(() => this.page.reload());
  }

  /** Reloads as a person does, by the command: it first keeps what is open, which a browser's reload may cut off. */
  async reloadWithEditors(): Promise<void> {
    await this.#untilReady(() => this.run('Developer: Reload Window'));
  }

  /**
   * Kills the extension host as a crash would; resolves when it is gone. A window with an extension
   * under development does not restart it: `reload()` brings the next one.
   */
  async killExtensionHost(): Promise<void> {
    process.kill(this.#extensionHost, 'SIGKILL');
    await this.#extensionHostGone();
  }

  /** Runs a command through the palette, by its title there. */
  async run(title: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input[type="text"]').first();
    await this.page.keyboard.press('F1');
    await input.fill(`>${title}`);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: title.replace(/^.*?: /, '') }).first().click();
  }

  /** Closes the window as a person would; resolves when its extension host has ended. */
  async close(): Promise<void> {
    await this.page.close();
    await this.#extensionHostGone();
  }

  async #extensionHostGone(): Promise<void> {
    const deadline = performance.now() + patienceMs;
    while (livingProcesses().some(({ pid }) => pid === this.#extensionHost)) {
      if (performance.now() > deadline) throw new Error(`The extension host ${this.#extensionHost} did not end`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Does something after which an extension host comes up, and waits until it and the workbench are ready. */
  async #untilReady(action: () => Promise<unknown>): Promise<void> {
    const ready = this.page.waitForEvent('console', {
      predicate: (message: ConsoleMessage) => this.#noteExtensionHost(message.text()),
      timeout: patienceMs,
    });
    try {
      await Promise.all([ready, action()]);
      await this.page.waitForFunction('globalThis.driver?.whenWorkbenchRestored().then(() => true)', undefined, { timeout: patienceMs });
    } catch (error) {
      const recent = this.#messages.slice(-20).join('\n');
      throw new Error(`The VS Code window did not become ready. Its console said last:\n${recent}`, { cause: error });
    }
  }

  #noteExtensionHost(message: string): boolean {
    const pid = /extension host ready: (\d+)/.exec(message)?.[1];
    if (pid === undefined) return false;
    this.#extensionHost = Number(pid);
    return true;
  }
}
