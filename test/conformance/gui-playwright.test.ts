import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { isBad } from '../../src/core/gui-tests/parse-junit.ts';
import { GuiLab, WITH_PLAYWRIGHT, type GuiResult } from '../support/gui/gui-lab.ts';
import { findChromium } from '../support/vscode-server/chromium.ts';

const CONFIG = `import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'specs',
  retries: 1,
  workers: 1,
  use: { screenshot: 'only-on-failure', launchOptions: { executablePath: process.env.CHROMIUM, chromiumSandbox: false } },
  projects: [{ name: 'wide', use: { viewport: { width: 800, height: 600 } } }, { name: 'narrow', use: { viewport: { width: 300, height: 300 } } }],
});
`;

const SPECS = `import { expect, test } from '@playwright/test';

const PAGE = '<button onclick="out.textContent = 1 + +out.textContent">More</button><output id="out">0</output>';

test.describe('counter', { tag: '@window' }, () => {
  test('counts (clicks)', { tag: '@fast' }, async ({ page }) => {
    await page.setContent(PAGE);
    await page.getByRole('button').click();
    await expect(page.locator('output')).toHaveText('1');
  });

  test('has room for 500 px', { tag: ['@fast', '@layout'] }, async ({ page }) => {
    await page.setContent(PAGE);
    expect(await page.evaluate('innerWidth')).toBeGreaterThan(500);
  });

  test('has room for 500 px and a margin', async ({ page }) => {
    await page.setContent(PAGE);
  });

  test('starts slowly', async ({ page }, { retry, project }) => {
    await page.setContent(PAGE);
    expect(project.name === 'wide' ? retry : 1, 'the page is not ready').toBe(1);
  });

  test.skip('drags', async () => {});
});
`;

const told = ({ name, verdict, isFlaky, place }: GuiResult): unknown => [name, verdict, isFlaky, place?.line === undefined ? undefined : place.line + 1, place?.failedAt === undefined ? undefined : place.failedAt + 1];

void test('Playwright drives Chromium; results are told apart by project and retry, with their places and screenshots', { ...WITH_PLAYWRIGHT, timeout: 180_000 }, async (t) => {
  const { program, env } = await findChromium();
  const lab = await GuiLab.open(t, { 'web/playwright.config.mjs': CONFIG, 'web/specs/counter.spec.mjs': SPECS, 'web/specs/other.spec.mjs': SPECS.replaceAll('counter', 'copy') }, { ...env, CHROMIUM: program });
  const [suite, ...others] = await lab.find();
  assert.deepEqual([suite, others], [{ type: 'playwright', folder: 'web', config: 'web/playwright.config.mjs' }, []]);
  const all = await lab.run(suite!);
  const results = all.filter(({ group }) => group === 'counter.spec.mjs');
  assert.deepEqual(results.map(told), [
    ['[wide] counter › counts (clicks)', 'passed', false, undefined, undefined],
    ['[wide] counter › has room for 500 px', 'passed', false, undefined, undefined],
    ['[wide] counter › has room for 500 px and a margin', 'passed', false, undefined, undefined],
    ['[wide] counter › starts slowly', 'passed', true, undefined, undefined],
    ['[wide] counter › drags', 'skipped', false, undefined, undefined],
    ['[narrow] counter › counts (clicks)', 'passed', false, undefined, undefined],
    ['[narrow] counter › has room for 500 px', 'failed', false, 12, 14],
    ['[narrow] counter › has room for 500 px and a margin', 'passed', false, undefined, undefined],
    ['[narrow] counter › starts slowly', 'passed', false, undefined, undefined],
    ['[narrow] counter › drags', 'skipped', false, undefined, undefined],
  ]);
  assert.equal(all.length, 2 * results.length);
  assert.ok(all.every(({ place, group }) => place?.file === path.join(lab.engine.workspace, 'web', 'specs', group)));
  const flaky = results[3]!;
  const failed = results[6]!;
  assert.match(flaky.output, /^Tried again after: .*the page is not ready/);
  assert.match(failed.message, /toBeGreaterThan/);
  for (const [{ artifacts }, count] of [[flaky, 1], [failed, 2]] as const) {
    const pictures = artifacts.filter((file) => file.endsWith('.png'));
    assert.equal(pictures.length, count, artifacts.join('\n'));
    for (const picture of pictures) assert.equal(fs.readFileSync(picture).toString('latin1', 1, 4), 'PNG');
  }
  const again = await lab.run(suite!, all.filter(isBad).slice(0, 1));
  assert.deepEqual(again.map(told), [told(failed)], 'what failed runs again in its project and its file, and nothing else');
});
