import type { Locator } from 'playwright-core';
import type { Workbench } from '../support/vscode-server/workbench.ts';

/** A notification, by what it says. Toasts are not shown to tests. */
export async function notification({ window, page }: Workbench, text: string): Promise<Locator> {
  const found = page.locator('.notifications-center .notification-list-item', { hasText: text });
  await window.run('Notifications: Show Notifications');
  await found.waitFor();
  return found;
}
