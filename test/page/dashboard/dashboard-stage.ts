import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { Emitter } from '../../../src/core/base/emitter.ts';
import { DEFAULT_MACHINE_SETTINGS } from '../../../src/core/model/machine/machine-settings.ts';
import { AdviceBook, type ScheduleClock, type SettingStore } from '../../../src/views/dashboard/advice-book.ts';
import { DashboardSession } from '../../../src/views/dashboard/dashboard-session.ts';
import { pageHtml } from '../../../src/views/dashboard/page-html.ts';
import type { Format, ToHost, ToPage } from '../../../src/views/dashboard/protocol.ts';
import { FakeEngine } from '../../support/fake-engine.ts';
import { projectRoot } from '../../support/vscode-server/cached-folder.ts';
import { ManualClock } from '../../unit/views/manual-clock.ts';
import { THEMES, type ThemeName } from './themes.ts';

const ORIGIN = 'https://dashboard.test';
/** A round time in UTC, so that figures and ticks are the same each time. */
export const NOW = Date.UTC(2026, 4, 17, 12, 0, 0);

export interface StageOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  /** What the page kept before. */
  readonly state?: unknown;
  readonly reducedMotion?: boolean;
}

/** The dashboard's page alone in a browser: the host's side is the real one too, over an engine in memory. */
export class DashboardStage {
  readonly page: Page;
  readonly engine = new FakeEngine();
  readonly clock = new ManualClock(NOW);
  /** What the page asked for. */
  readonly asked: ToHost[] = [];
  /** What was done for it. */
  readonly done: string[] = [];
  readonly saved: { readonly format: Format; readonly data: string }[] = [];
  readonly errors: string[] = [];
  readonly settings = new Map<string, unknown>([['maxParallel', 3]]);
  /** Of the schedule that advice is about; minutes since midnight. */
  comesDueAt = 14 * 60;
  format: Format = 'json';
  roots: readonly string[] = ['/lab'];
  private readonly memory = new Map<string, unknown>();
  private readonly fromPage = new Emitter<unknown>();
  private isClosing = false;
  private readonly session: DashboardSession;

  private constructor(page: Page) {
    this.page = page;
    this.engine.now = NOW;
    const settings: SettingStore = {
      has: (key) => this.settings.has(key),
      place: () => 'user',
      written: (key) => this.settings.get(key),
      write: (key, _place, value) => Promise.resolve(void this.settings.set(key, value)),
    };
    const schedules: ScheduleClock = { move: (_schedule, from, to) => Promise.resolve(this.comesDueAt === from && (this.comesDueAt = to) === to) };
    const note = (what: string): Promise<void> => Promise.resolve(void this.done.push(what));
    this.session = new DashboardSession(
      {
        engine: this.engine, roots: () => this.roots, clock: this.clock, thresholds: () => DEFAULT_MACHINE_SETTINGS.thresholds, onError: (error) => this.errors.push(String(error)),
        book: new AdviceBook(settings, schedules, { get: (key) => this.memory.get(key), update: (key, value) => Promise.resolve(void this.memory.set(key, value)) }),
        actions: {
          openLog: (task, run) => note(`open log of run ${run} of task ${task}`),
          command: (command) => note(command),
          pickFormat: () => Promise.resolve(this.format),
          save: (format, data) => Promise.resolve(void this.saved.push({ format, data })),
        },
      },
      { send: (message) => this.send(message), onMessage: (listener) => this.fromPage.event(listener) },
    );
  }

  static async open(browser: Browser, prepare: (stage: DashboardStage) => void, { theme = 'dark', width = 1100, height = 900, state, reducedMotion = false }: StageOptions = {}): Promise<DashboardStage> {
    const context = await browser.newContext({ viewport: { width, height }, timezoneId: 'UTC', locale: 'en-GB', reducedMotion: reducedMotion ? 'reduce' : 'no-preference' });
    const page = await context.newPage();
    const stage = new DashboardStage(page);
    prepare(stage);
    page.on('pageerror', (error) => stage.errors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') stage.errors.push(message.text());
    });
    const styled = THEMES[theme];
    await page.exposeFunction('tellHost', (message: ToHost) => {
      stage.asked.push(message);
      stage.fromPage.fire(message);
    });
    await page.addInitScript({ content: `${apiScript(state)}\ndocument.addEventListener('readystatechange', () => { ${putVariables(theme)} }, { once: true });` });
    const files = { script: `${ORIGIN}/dashboard.js`, style: `${ORIGIN}/dashboard.css`, source: ORIGIN, nonce: 'nonceOfTheTest' };
    await page.route(`${ORIGIN}/**`, (route) => {
      const name = new URL(route.request().url()).pathname.slice(1);
      if (name !== '') return route.fulfill({ body: readFileSync(join(projectRoot, 'dist', 'webview', name)), contentType: name.endsWith('.css') ? 'text/css' : 'text/javascript' });
      const html = pageHtml(files).replace('<body>', `<body class="${styled.classes}" data-vscode-theme-kind="${styled.kind}">`);
      return route.fulfill({ body: html, contentType: 'text/html' });
    });
    await page.goto(`${ORIGIN}/`);
    stage.session.setVisible(true);
    await page.locator('[data-tile="cpu"]').waitFor();
    return stage;
  }

  async setTheme(theme: ThemeName): Promise<void> {
    const { classes, kind } = THEMES[theme];
    await this.page.evaluate(`${putVariables(theme)} document.body.className = '${classes}'; document.body.dataset.vscodeThemeKind = '${kind}';`);
    await this.frames();
  }

  setVisible(isVisible: boolean): void {
    this.session.setVisible(isVisible);
  }

  /** The page has drawn what was asked for until now. */
  async frames(): Promise<void> {
    await this.page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))');
  }

  /** Time passes for the host, and the page draws what comes of it. */
  async pass(ms: number): Promise<void> {
    await this.clock.advance(ms);
    await this.frames();
  }

  private async send(message: ToPage): Promise<void> {
    try {
      await this.page.evaluate(`postMessage(${JSON.stringify(message)}, '*')`);
    } catch (error) {
      // The last figures may be under way when the page is closed.
      if (!this.isClosing) throw error;
    }
  }

  async close(): Promise<void> {
    this.isClosing = true;
    this.session.dispose();
    await this.page.context().close();
  }
}

/** What VS Code gives to a page; what the page keeps can be read as `keptState`. */
function apiScript(state: unknown): string {
  return `globalThis.keptState = ${JSON.stringify(state) ?? 'undefined'};
globalThis.acquireVsCodeApi = () => ({ postMessage: (message) => void tellHost(message), getState: () => keptState, setState: (state) => void (globalThis.keptState = state) });`;
}

/** As VS Code does it: they stand on the root before the page's script runs, and no policy minds. */
function putVariables(theme: ThemeName): string {
  const { variables } = THEMES[theme];
  return `for (const [name, value] of Object.entries(${JSON.stringify(variables)})) document.documentElement.style.setProperty('--vscode-' + name, value);
document.documentElement.style.background = '${variables['editor-background']!}';`;
}
