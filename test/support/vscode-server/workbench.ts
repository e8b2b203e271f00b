import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { projectRoot } from './cached-folder.ts';
import { launchChromium } from './chromium.ts';
import { exitOnSignals } from './processes.ts';
import { VSCodeServer } from './server.ts';
import { writeUserSettings } from './user-settings.ts';
import { WorkbenchWindow } from './workbench-window.ts';

/** Tells the console which process the extension host is. */
const probe = fileURLToPath(new URL('probe', import.meta.url));

export interface WorkbenchOptions {
  /** The folder to open; none opens an empty window. */
  readonly workspace?: string;
  /** Folder of the extension to load. */
  readonly extension?: string;
  /** Added to the environment of the extension host and of all that it starts. */
  readonly env?: NodeJS.ProcessEnv;
  /** The user's settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Without trust the window opens in Restricted Mode. Trusted by default. */
  readonly trust?: boolean;
  readonly size?: { readonly width: number; readonly height: number };
}

/** A VS Code Server of its own with one window open in Chromium. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  exitOnSignals();
  const home = mkdtempSync(join(tmpdir(), 'vscode-server-'));
  const undo: (() => Promise<unknown> | void)[] = [() => rmSync(home, { recursive: true, force: true, maxRetries: 5 })];
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    writeUserSettings(join(home, 'data'), options.settings);
    // Installed, since the address of a window names one extension under development only.
    cpSync(probe, join(home, 'extensions', 'parallel-workflow.extension-host-probe-1.0.0'), { recursive: true });
    const server = await VSCodeServer.start({ home, trust: options.trust ?? true, ...(options.env && { env: options.env }) });
    undo.push(() => server.stop());
    const browser = await launchChromium();
    undo.push(() => browser.close());
    const context = await browser.newContext({ viewport: options.size ?? { width: 1280, height: 800 } });
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: `http://${server.authority}` });
    undo.push(() => closeWindows(context, server));
    const window = await WorkbenchWindow.open(context, server, options);
    return new Workbench({ home, server, browser, context, window, options, close });
  } catch (error) {
    await close();
    throw error;
  }
}

/** Closes every window as a person would, so that extensions get to say goodbye. */
async function closeWindows(context: BrowserContext, server: VSCodeServer): Promise<void> {
  for (const page of context.pages()) await page.close();
  const deadline = performance.now() + 10_000;
  while (server.extensionHosts().length > 0 && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 25));
}

interface WorkbenchParts {
  readonly home: string;
  readonly server: VSCodeServer;
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly window: WorkbenchWindow;
  readonly options: WorkbenchOptions;
  readonly close: () => Promise<void>;
}

/** VS Code as a person sees it: a server, a browser, a first window and any more that are opened. */
export class Workbench {
  readonly server: VSCodeServer;
  readonly window: WorkbenchWindow;
  readonly #parts: WorkbenchParts;

  constructor(parts: WorkbenchParts) {
    this.#parts = parts;
    this.server = parts.server;
    this.window = parts.window;
  }

  /** Folder of what the user has: settings, and texts kept for a reload. */
  get userFolder(): string {
    return join(this.#parts.home, 'data', 'User');
  }

  /** The page of the first window. */
  get page(): Page {
    return this.window.page;
  }

  /** One more window on the same server, by default on the same folder. */
  openWindow(workspace?: string): Promise<WorkbenchWindow> {
    const { context, server, options } = this.#parts;
    return WorkbenchWindow.open(context, server, workspace === undefined ? options : { ...options, workspace });
  }

  /** Process id of the first window's extension host. */
  get extensionHost(): number {
    return this.window.extensionHost;
  }

  reload(): Promise<void> {
    return this.window.reload();
  }

  killExtensionHost(): Promise<void> {
    return this.window.killExtensionHost();
  }

  /** Writes what every window shows to `out/screenshots/`; returns the paths. */
  async screenshot(name: string): Promise<readonly string[]> {
    const folder = join(projectRoot, 'out', 'screenshots');
    mkdirSync(folder, { recursive: true });
    const file = name.replaceAll(/[^\w.-]+/g, '-').slice(0, 100);
    const pages = this.#parts.context.pages();
    const paths = pages.map((_, index) => join(folder, `${file}${index === 0 ? '' : `-window-${index + 1}`}.png`));
    await Promise.all(pages.map((page, index) => page.screenshot({ path: paths[index] ?? '' })));
    return paths;
  }

  /** Closes the windows, then ends the browser and the server with all that belongs to them. */
  close(): Promise<void> {
    return this.#parts.close();
  }
}
