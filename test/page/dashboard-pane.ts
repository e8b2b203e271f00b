import type { Frame, Locator, Page } from 'playwright-core';
import { setTimeout as delay } from 'node:timers/promises';

const PATIENCE_MS = 60_000;

/** The dashboard in a window, as a view or as a tab. */
export class DashboardPane {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The page itself, once it shows figures; a webview that was hidden comes back as another frame. */
  async content(): Promise<Frame> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      for (const frame of this.page.frames()) {
        const value = frame.locator('[data-tile="cpu"] .value');
        if (await value.isVisible().catch(() => false)) return frame;
      }
      if (performance.now() > deadline) throw new Error(`Waited ${PATIENCE_MS / 1000} s for a dashboard with figures; the frames are ${this.page.frames().map((frame) => frame.url()).join(', ')}`);
      await delay(50);
    }
  }

  tab(): Locator {
    return this.page.locator('.tabs-container').getByRole('tab', { name: /^Dashboard/ });
  }
}
