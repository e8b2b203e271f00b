import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Locator } from 'playwright-core';
import { until } from '../support/until.ts';
import { projectRoot } from '../support/vscode-server/cached-folder.ts';
import { launchChromium } from '../support/vscode-server/chromium.ts';
import { lineHeight } from './dashboard/canvas-line.ts';
import { contrastIn } from './dashboard/canvas-contrast.ts';
import { DashboardStage, NOW, type StageOptions } from './dashboard/dashboard-stage.ts';
import { busyBars, busyPoints, sampleBar, samplePoint, sampleStats, SAMPLE_ADVICE } from '../support/sample-history.ts';
import { THEMES } from './dashboard/themes.ts';
import { GUTTER } from '../../webview-ui/axis/gutter.ts';

const PICTURES = join(projectRoot, 'out', 'screenshots');

let browser: Browser;
before(async () => {
  browser = await launchChromium();
  mkdirSync(PICTURES, { recursive: true });
});
after(() => browser?.close());

/** A test with a page of its own, which must not complain; when it fails, what it showed is in `out/screenshots/`. */
function pageTest(name: string, prepare: (stage: DashboardStage) => void, body: (stage: DashboardStage) => Promise<void>, options?: StageOptions): void {
  void test(name, { timeout: 120_000 }, async () => {
    const stage = await DashboardStage.open(browser, prepare, options);
    try {
      await stage.pass(500);
      await body(stage);
      assert.deepEqual(stage.errors, []);
    } catch (error) {
      await stage.page.screenshot({ path: join(PICTURES, `${name.replaceAll(/\W+/g, '-')}.png`), fullPage: true });
      throw error;
    } finally {
      await stage.close();
    }
  });
}

const busy = ({ engine }: DashboardStage): void => {
  engine.points = busyPoints(NOW);
  engine.bars = busyBars(NOW, 60);
  engine.stats = sampleStats(NOW);
  engine.advice = SAMPLE_ADVICE;
  engine.decided = [{ at: NOW - 60_000, strategy: 'conserve', what: '`normal` → `conserve`', reasons: [{ measure: 'memory', value: 0.87, threshold: 0.85 }] }];
};

const plot = ({ page }: DashboardStage, id: string): Locator => page.locator(`[data-plot="${id}"] .plot`);
const readout = ({ page }: DashboardStage, id: string): Locator => page.locator(`[data-plot="${id}"] .readout`);
const tile = ({ page }: DashboardStage, id: string): Locator => page.locator(`[data-tile="${id}"]`);
const timeline = ({ page }: DashboardStage): Locator => page.locator('.timeline');

/** A place in a surface: `along` from 0 to 1 of the time axis. */
async function placeIn(surface: Locator, along: number, y = 30): Promise<{ readonly x: number; readonly y: number }> {
  await surface.scrollIntoViewIfNeeded();
  const box = (await surface.boundingBox())!;
  return { x: box.x + GUTTER.left + along * (box.width - GUTTER.left - GUTTER.right), y: box.y + y };
}

async function hover(stage: DashboardStage, surface: Locator, along: number, y?: number): Promise<void> {
  const place = await placeIn(surface, along, y);
  await stage.page.mouse.move(place.x, place.y);
  await stage.frames();
}

pageTest('the plots show the figures that were fed in', ({ engine }) => {
  engine.points = Array.from({ length: 600 }, (_, index) => samplePoint({ at: NOW - (600 - index) * 1000, cpu: index < 300 ? 0.25 : 0.75, cpuPeak: 0.8, memory: 0.4, memoryPeak: 0.6 }));
}, async (stage) => {
  const { 'charts-blue': blue, 'charts-purple': purple } = THEMES.dark.variables;
  const heights = [await lineHeight(stage.page, 'cpu', blue!, 0.2), await lineHeight(stage.page, 'cpu', blue!, 0.8), await lineHeight(stage.page, 'memory', purple!, 0.4)];
  for (const [index, expected] of [0.25, 0.75, 0.4].entries()) assert.ok(Math.abs((heights[index] ?? NaN) - expected) < 0.04, `expected ${expected}, drawn at ${heights[index]}`);
  await hover(stage, plot(stage, 'memory'), 0.2);
  assert.match(await readout(stage, 'cpu').innerText(), /^11:5(1:59|2:00) · mean 25 % · peak 80 %$/);
  await hover(stage, plot(stage, 'memory'), 0.8);
  assert.match(await readout(stage, 'cpu').innerText(), /mean 75 % · peak 80 %/);
  assert.match(await readout(stage, 'disk').innerText(), /^11:5(7:59|8:00) · read 1\.0 MB\/s · written 2\.0 MB\/s · in use 60 %$/);
  assert.equal(await stage.page.locator('.cursor-line:visible').count(), 5, 'the cursor stands in all plots and in the timeline');
  await stage.page.getByRole('button', { name: 'CPU as a table' }).click();
  assert.match(await stage.page.getByRole('region', { name: 'CPU, table' }).innerText(), /11:59:50\s+75 %\s+80 %\s+normal/);
});

pageTest('tiles show the machine now, and mark what is a guess', (stage) => {
  busy(stage);
  const machine = stage.engine.machine.bind(stage.engine);
  stage.engine.machine = async () => ({ ...(await machine()), estimates: ['memory'], estimated: true });
}, async (stage) => {
  const figures = await Promise.all(['cpu', 'memory', 'disk', 'load'].map((id) => tile(stage, id).locator('.value').innerText()));
  assert.deepEqual(figures, ['43 %', '~61 %', '60 %', '1.8']);
  assert.equal(await tile(stage, 'cpu').locator('.cores i').count(), 4);
  assert.match(await stage.page.locator('footer').innerText(), /0\.20 % of one core\. Figures marked with ~ are estimates/);
});

pageTest('drag, keys and wheel zoom plots and timeline together, a double click shows all again', busy, async (stage) => {
  const { page } = stage;
  const looks = (): readonly unknown[] => stage.asked.filter(({ type }) => type === 'look');
  const [from, to] = [await placeIn(plot(stage, 'cpu'), 0.2), await placeIn(plot(stage, 'cpu'), 0.4)];
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
  await until('the zoom can be taken back', () => page.evaluate<boolean>(`!document.querySelector('.toolbar vscode-button').hasAttribute('disabled')`));
  await until('the host is told of the zoom', () => looks().length === 1);
  assert.deepEqual(await page.evaluate('keptState.zoom'), (looks()[0] as { readonly look: { readonly zoom: unknown } }).look.zoom, 'a reload shows the same');
  await hover(stage, timeline(stage), 0.5, 10);
  assert.match(await readout(stage, 'network').innerText(), /^11:5[23]:[05]\d · in /);
  assert.match(await readout(stage, 'memory').innerText(), /^11:5(2:59|3:00|3:01) /);
  await page.keyboard.press('Tab');
  await plot(stage, 'cpu').focus();
  await page.keyboard.press('+');
  await page.keyboard.press('End');
  await stage.frames();
  const zoomed = await readout(stage, 'cpu').innerText();
  await plot(stage, 'disk').hover({ position: { x: 300, y: 40 } });
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, 120);
  await page.keyboard.up('Control');
  await plot(stage, 'cpu').focus();
  await page.keyboard.press('End');
  await stage.frames();
  assert.notEqual(await readout(stage, 'cpu').innerText(), zoomed);
  await plot(stage, 'disk').dblclick();
  await stage.frames();
  await hover(stage, plot(stage, 'cpu'), 0);
  assert.match(await readout(stage, 'cpu').innerText(), /^11:50:00/);
  await until('the host is told of its end', () => looks().length >= 2);
  assert.deepEqual(looks().at(-1), { type: 'look', look: { span: '10 min', zoom: undefined } });
});

pageTest('a run opens its log by a click and by the keyboard, and tells about itself', ({ engine }) => {
  engine.points = busyPoints(NOW);
  engine.bars = [
    sampleBar(1, { name: 'sweep.py', startedAt: NOW - 480_000, waitedFrom: NOW - 540_000, endedAt: NOW - 360_000, outcome: { type: 'failed', reason: 'exit', code: 2 }, isFailure: true }),
    sampleBar(2, { name: 'heat.py', startedAt: NOW - 240_000, endedAt: NOW - 120_000, outcome: { type: 'succeeded' } }),
  ];
}, async (stage) => {
  await hover(stage, timeline(stage), 0.3, 30);
  assert.equal(await stage.page.locator('.tip').innerText(), 'sweep.py\nfailed (exit 2) after 2 min\nstarted 11:52:00, waited 1 min\nanalysis');
  const place = await placeIn(timeline(stage), 0.3, 30);
  await stage.page.mouse.click(place.x, place.y);
  await until('the log is opened', () => stage.done.length === 1);
  await stage.page.mouse.move(0, 0);
  await timeline(stage).focus();
  await stage.page.keyboard.press('ArrowRight');
  await stage.page.keyboard.press('ArrowRight');
  assert.match(await stage.page.locator('[aria-live]').innerText(), /^heat\.py, succeeded after 2 min, started 11:56:00/);
  assert.match(await readout(stage, 'cpu').innerText(), /^11:56:00/, 'the cursor of the plots goes along');
  await stage.page.keyboard.press('Enter');
  await until('the other log is opened', () => stage.done.length === 2);
  await stage.page.getByRole('button', { name: 'Runs as a table' }).click();
  await stage.page.getByRole('button', { name: 'Open log of sweep.py' }).click();
  await until('the first one again', () => stage.done.length === 3);
  assert.deepEqual(stage.done, ['open log of run 1 of task 1', 'open log of run 2 of task 2', 'open log of run 1 of task 1']);
});

pageTest('advice is applied, undone and dismissed', busy, async (stage) => {
  const { page, settings, engine } = stage;
  await page.getByRole('button', { name: 'Apply: Run 4 tasks at once instead of 3' }).click();
  await page.getByText('✓ Applied: Run 4 tasks').waitFor();
  assert.equal(settings.get('maxParallel'), 4);
  engine.advice = engine.advice.slice(1);
  await page.getByRole('button', { name: 'Undo: Run 4 tasks at once instead of 3' }).click();
  await page.getByText('✓ Applied').waitFor({ state: 'detached' });
  assert.equal(settings.get('maxParallel'), 3);
  const move = page.locator('[data-advice="quiet render"]');
  assert.equal(await move.locator('.detail').innerText(), 'scheduler_config.json: “Render” 14:00 → 02:00');
  await page.getByRole('button', { name: 'Apply: Move the schedule “Render” to 02:00' }).click();
  await move.getByText('✓ Applied').waitFor();
  assert.equal(stage.comesDueAt, 120);
  await page.getByRole('button', { name: 'Undo: Move the schedule “Render” to 02:00' }).click();
  await move.getByText('✓ Applied').waitFor({ state: 'detached' });
  assert.equal(stage.comesDueAt, 840);
  engine.advice = engine.advice.slice(1);
  await page.getByRole('button', { name: 'Dismiss: Move the schedule “Render” to 02:00' }).click();
  await page.getByRole('button', { name: 'Dismiss: render_scene.py is flaky' }).click();
  await page.getByText('Nothing to recommend').waitFor();
});

pageTest('a strategy is pinned, and its change is told to a screen reader', busy, async (stage) => {
  const { page, engine } = stage;
  await tile(stage, 'strategy').locator('vscode-dropdown').click();
  await page.locator('vscode-option', { hasText: 'Pin critical' }).click();
  await tile(stage, 'strategy').getByText('■ critical').waitFor();
  assert.deepEqual(engine.orders, ['pin critical']);
  assert.equal(await page.locator('[aria-live]').innerText(), 'Strategy is now critical: pinned by you');
  assert.equal(await tile(stage, 'strategy').locator('.detail').innerText(), 'pinned by you');
});

pageTest('shadow mode shows what limits would have cost and saved, and is not there without them', busy, async (stage) => {
  const { engine } = stage;
  assert.equal(await tile(stage, 'shadow').isVisible(), false);
  engine.strategyNow = { ...engine.strategyNow, strategy: 'conserve', reasons: [{ measure: 'memory', value: 0.9, threshold: 0.85 }] };
  engine.shadowed = { isOn: true, limitedMs: 600_000, heldBack: 12, addedWaitMs: 1_080_000, overMs: 540_000, avoidableMs: 420_000 };
  await stage.pass(31_000);
  await tile(stage, 'shadow').getByText('12 held back').waitFor();
  assert.deepEqual((await tile(stage, 'shadow').locator('dl').innerText()).split(/\n+/), ['Limits, not applied', '10 min', 'Waiting added', '≤ 18 min', 'Over thresholds', '9 min', 'Of it avoided', '≤ 7 min']);
  assert.match(await tile(stage, 'strategy').locator('.detail').innerText(), /^not applied: memory 90 %/);
  engine.shadowed = { ...engine.shadowed, isOn: false, limitedMs: 0 };
  await stage.pass(31_000);
  await tile(stage, 'shadow').waitFor({ state: 'hidden' });
});

pageTest('the queue is paused and tasks are added from here', busy, async (stage) => {
  await stage.page.getByRole('button', { name: 'Add Task' }).click();
  await stage.page.getByRole('button', { name: 'Pause Queue' }).click();
  await until('both orders have come', () => stage.done.length === 2);
  assert.deepEqual(stage.done, ['addTask', 'pauseQueue']);
});

pageTest('what is shown is exported as CSV, JSON and PNG', busy, async (stage) => {
  const save = async (format: typeof stage.format): Promise<string> => {
    stage.format = format;
    const before = stage.saved.length;
    await stage.page.getByRole('button', { name: 'Export…' }).click();
    await until(`${format} is saved`, () => stage.saved.length > before);
    return stage.saved.at(-1)!.data;
  };
  const figures = (await save('figures.csv')).trim().split('\r\n');
  assert.ok(figures.length > 590 && figures[0]!.startsWith('at,lasts,cpu,'), figures[0]);
  assert.equal((await save('runs.csv')).trim().split('\r\n').length, 61);
  assert.match(await save('scripts.csv'), /\/lab\/sweep\.py,120,0\.98/);
  const all = JSON.parse(await save('json')) as { readonly runs: readonly unknown[]; readonly scripts: readonly unknown[] };
  assert.deepEqual([all.runs.length, all.scripts.length], [60, 3]);
  const picture = Buffer.from(await save('png'), 'base64');
  assert.deepEqual([...picture.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  assert.ok(picture.readUInt32BE(16) > 800 && picture.readUInt32BE(20) > 500, 'as wide and as high as the plots');
});

pageTest('scripts are sorted by a click, and the order is kept', busy, async (stage) => {
  const { page } = stage;
  const first = page.locator('table.scripts tbody th').first();
  await page.getByRole('button', { name: 'Success' }).click();
  assert.equal(await first.innerText(), 'heat.py');
  await page.getByRole('button', { name: 'Success' }).click();
  assert.equal(await first.innerText(), 'render_scene.py');
  assert.equal(await page.locator('th[aria-sort]').getAttribute('aria-sort'), 'ascending');
  await page.locator('.toolbar vscode-dropdown').click();
  await page.locator('vscode-option', { hasText: 'Last 24 h' }).click();
  await until('the span is kept', async () => JSON.stringify(await page.evaluate('keptState')).includes('"24 h"'));
  assert.deepEqual(await page.evaluate('[keptState.span, keptState.sort.key, keptState.sort.isDescending]'), ['24 h', 'success', false]);
});

pageTest('the last run of a script ages while nothing else changes', busy, async (stage) => {
  const age = stage.page.locator('table.scripts tbody tr', { hasText: 'sweep.py' }).locator('td').last();
  assert.equal(await age.innerText(), '1 min ago');
  stage.engine.now += 120_000;
  await stage.pass(2000);
  await until('it is three minutes ago', async () => (await age.innerText()) === '3 min ago');
});

pageTest('tiles keep their height while their figures change', busy, async (stage) => {
  const height = async (): Promise<number> => (await stage.page.locator('.tiles').boundingBox())!.height;
  const before = await height();
  stage.engine.figures = { diskRead: 987e6, diskWrite: 0, networkIn: 654e3, networkOut: 987e6, load: 112 };
  await stage.pass(2000);
  await until('the figures have come', async () => (await tile(stage, 'disk').innerText()).includes('987'));
  assert.equal(await height(), before);
});

const ZOOM = { from: NOW - 20 * 60_000, to: NOW - 10 * 60_000 };

pageTest('a page that comes back shows what it showed before', busy, async (stage) => {
  assert.deepEqual(stage.asked[0], { type: 'ready', look: { span: '1 h', zoom: ZOOM } });
  assert.equal(await stage.page.locator('table.scripts tbody th').first().innerText(), 'heat.py');
  await until('the page is scrolled as it was', () => stage.page.evaluate<boolean>('Math.abs(scrollY - 200) < 2'));
  await hover(stage, plot(stage, 'cpu'), 0);
  assert.match(await readout(stage, 'cpu').innerText(), /^11:(39:5\d|40:0\d)/, 'the same part of the plots is visible');
  assert.equal(await stage.page.evaluate<boolean>(`document.querySelector('.toolbar vscode-button').hasAttribute('disabled')`), false);
}, { state: { span: '1 h', zoom: ZOOM, sort: { key: 'script', isDescending: false }, scroll: 200 }, height: 500 });

pageTest('a zoom that the span has moved past is forgotten', busy, async (stage) => {
  await until('all of the span is asked for', () => stage.asked.some(({ type }) => type === 'look'));
  assert.deepEqual(stage.asked.at(-1), { type: 'look', look: { span: '10 min', zoom: undefined } });
  assert.deepEqual(await stage.page.evaluate('[keptState.span, keptState.zoom === undefined]'), ['10 min', true]);
}, { state: { span: '10 min', zoom: ZOOM } });

pageTest('nothing comes while the page is hidden, and it catches up when it is shown', busy, async (stage) => {
  stage.setVisible(false);
  stage.engine.now += 60_000;
  stage.engine.machine = () => Promise.reject(new Error('a hidden page is not asked'));
  await stage.pass(60_000);
  assert.equal(await tile(stage, 'cpu').locator('.value').innerText(), '43 %');
  assert.equal(await stage.page.locator('.trouble').isVisible(), false);
  stage.setVisible(true);
  await stage.page.locator('.trouble').getByText('a hidden page is not asked').waitFor();
});

pageTest('a missed message is noticed, and everything asked for again', busy, async (stage) => {
  await stage.page.evaluate(`postMessage({ type: 'update', revision: 999, isWhole: false, parts: {} }, '*')`);
  await until('it asks for everything', () => stage.asked.filter(({ type }) => type === 'ready').length === 2);
});

pageTest('empty places say what to do next', (stage) => {
  stage.roots = [];
}, async (stage) => {
  const text = await stage.page.locator('main').innerText();
  for (const hint of ['Open the folder that holds your scripts to queue them', 'Figures appear here a few seconds after', 'their runs are drawn here', 'Nothing to recommend', 'No script has run yet', 'No decision in this span']) assert.ok(text.includes(hint), hint);
  await stage.page.getByRole('button', { name: 'Open Folder' }).click();
  await until('the folder is asked for', () => stage.done.includes('openFolder'));
});

pageTest('another theme redraws everything in its colours', busy, async (stage) => {
  for (const theme of ['light', 'high-contrast', 'high-contrast-light', 'dark'] as const) {
    await stage.setTheme(theme);
    assert.ok((await lineHeight(stage.page, 'network', THEMES[theme].variables['charts-blue']!, 0.3)) !== undefined, `the line has the blue of ${theme}`);
  }
});

pageTest('the name of a run can be read on its bar in every theme', ({ engine }) => {
  engine.bars = [sampleBar(1, { name: 'sweep.py', startedAt: NOW - 480_000, endedAt: NOW - 120_000, outcome: { type: 'succeeded' } })];
}, async (stage) => {
  for (const theme of ['dark', 'light', 'high-contrast', 'high-contrast-light'] as const) {
    await stage.setTheme(theme);
    const contrast = await contrastIn(stage.page, '.timeline canvas', { along: 0.2, to: 0.3, y: 30 });
    assert.ok(contrast >= 3, `${theme}: the name stands out ${contrast.toFixed(1)} to 1`);
  }
});

pageTest('everything can be reached by the keyboard, in the order it is read', busy, async (stage) => {
  const { page } = stage;
  const reached: string[] = [];
  for (let step = 0; step < 26; step++) {
    await page.keyboard.press('Tab');
    reached.push(String(await page.evaluate(`(document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent)`)));
  }
  const wanted = ['Strategy', 'Add Task', 'Pause Queue', 'Span', 'Export…', 'CPU as a table', 'CPU over time', 'Memory over time', 'Disk over time', 'Network over time', 'Runs as a table'];
  assert.deepEqual(reached.filter((name) => wanted.includes(name)), wanted);
  await plot(stage, 'cpu').focus();
  await page.keyboard.press('Home');
  assert.match((await plot(stage, 'cpu').getAttribute('aria-valuetext')) ?? '', /^11:50:00 · mean \d+ %/);
  assert.notEqual(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle'), 'none', 'the focus is seen');
}, { reducedMotion: true });

pageTest('300 px are wide enough', busy, async (stage) => {
  assert.equal(await stage.page.evaluate('document.documentElement.scrollWidth'), 300);
  assert.ok(((await plot(stage, 'cpu').locator('canvas').boundingBox())?.width ?? 0) > 250);
}, { width: 300 });

for (const [theme, width] of [['dark', 1100], ['light', 1100], ['high-contrast', 1100], ['light', 900], ['dark', 300]] as const) {
  pageTest(`a picture: ${theme}, ${width} px`, busy, async (stage) => {
    await hover(stage, timeline(stage), 0.33, 32);
    await stage.page.screenshot({ path: join(PICTURES, `dashboard-${theme}-${width}.png`), fullPage: true });
  }, { theme, width });
}

pageTest('a thousand runs are drawn and zoomed', (stage) => {
  busy(stage);
  stage.engine.bars = busyBars(NOW, 1000);
}, async (stage) => {
  const update = { type: 'update', revision: 1000, isWhole: true, parts: { runs: busyBars(NOW, 1000) } };
  const first = await stage.page.evaluate<number>(`(async () => {
    const began = performance.now();
    dispatchEvent(new MessageEvent('message', { data: ${JSON.stringify(update)} }));
    await new Promise(requestAnimationFrame);
    await new Promise((resolve) => setTimeout(resolve));
    return performance.now() - began;
  })()`);
  const box = (await timeline(stage).boundingBox())!;
  const took = await stage.page.evaluate<readonly number[]>(`(async () => {
    const surface = document.querySelector('.timeline');
    const frames = [];
    for (let step = 0; step < 60; step++) {
      const began = performance.now();
      surface.dispatchEvent(new WheelEvent('wheel', { deltaY: step < 30 ? -100 : 100, ctrlKey: true, clientX: ${box.x + box.width / 2}, clientY: ${box.y + 40}, bubbles: true, cancelable: true }));
      await new Promise(requestAnimationFrame);
      await new Promise((resolve) => setTimeout(resolve));
      frames.push(performance.now() - began);
    }
    return frames.sort((a, b) => a - b);
  })()`);
  console.log(`1,000 runs: taken in and drawn with all plots in ${first.toFixed(1)} ms; a zoom step with plots and timeline takes ${took[30]!.toFixed(1)} ms (median), ${took[57]!.toFixed(1)} ms (95th percentile), frames included`);
  assert.equal(took.length, 60);
});

pageTest('decisions show the words of the settings as such, with the figures behind them', busy, async (stage) => {
  const decisions = stage.page.locator('.decisions');
  assert.match(await decisions.innerText(), /normal → conserve \(memory 87 %, threshold 85 %\)/);
  assert.deepEqual(await decisions.locator('code').allInnerTexts(), ['normal', 'conserve']);
});
