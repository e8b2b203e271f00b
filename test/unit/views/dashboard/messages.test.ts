import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readLook } from '../../../../src/views/dashboard/read-to-host.ts';
import { readToPage } from '../../../../src/views/dashboard/read-to-page.ts';
import { pageHtml } from '../../../../src/views/dashboard/page-html.ts';
import { thinPoints } from '../../../../src/views/dashboard/thin-points.ts';
import { sampleMachine } from '../../../support/sample-machine.ts';
import { samplePoint } from '../../../support/sample-history.ts';

void test('parts that are not what they should be are left out of an update', () => {
  const machine = sampleMachine();
  const parts = { machine, runs: [{ name: 'a run without times' }], scripts: 'none', decisions: [], unknown: 1, __proto__: null };
  assert.deepEqual(readToPage({ type: 'update', revision: 3, isWhole: false, parts }), { type: 'update', revision: 3, isWhole: false, parts: { machine, decisions: [] } });
  for (const wrong of [undefined, 'update', { type: 'update', revision: '3', parts }, { type: 'update', revision: 3 }, { type: 'render', format: 'exe' }]) assert.equal(readToPage(wrong), undefined);
});

void test('a zoom that is none is dropped, a span that is none is refused', () => {
  assert.deepEqual(readLook({ span: '1 h', zoom: { from: 1, to: 2, more: 3 } }), { span: '1 h', zoom: { from: 1, to: 2 } });
  for (const zoom of [{ from: 2, to: 1 }, { from: NaN, to: 1 }, 'all', null]) assert.deepEqual(readLook({ span: '1 h', zoom }), { span: '1 h', zoom: undefined });
  assert.equal(readLook({ span: '1 year' }), undefined);
});

void test('thinned points keep the mean, the highest peak, the strictest strategy and the whole time', () => {
  const points = Array.from({ length: 10 }, (_, index) => samplePoint({ at: index * 1000, cpu: index / 10, cpuPeak: index / 10, disk: index === 0 ? undefined : 0.5, strategy: index === 4 ? 'critical' : 'normal' }));
  assert.equal(thinPoints(points, 10), points);
  const thin = thinPoints(points, 4);
  assert.deepEqual(thin.map(({ at, lasts, cpu, cpuPeak, disk, strategy }) => [at, lasts, Number(cpu.toFixed(3)), cpuPeak, disk, strategy]), [
    [0, 3000, 0.1, 0.2, 0.5, 'normal'],
    [3000, 2000, 0.35, 0.4, 0.5, 'critical'],
    [5000, 3000, 0.6, 0.7, 0.5, 'normal'],
    [8000, 2000, 0.85, 0.9, 0.5, 'normal'],
  ]);
});

void test('a while in which nobody looked stays empty when points are thinned', () => {
  const points = [...Array(50).keys(), ...Array.from({ length: 50 }, (_, index) => 1000 + index)].map((second) => samplePoint({ at: second * 1000 }));
  const thin = thinPoints(points, 40);
  assert.ok(thin.length <= 40 && thin.every(({ at, lasts }) => at + lasts <= 50_000 || at >= 1_000_000), JSON.stringify(thin.map(({ at, lasts }) => [at, lasts])));
});

void test('the page may load nothing but its own files', () => {
  const html = pageHtml({ script: 'https://here/dashboard.js', style: 'https://here/dashboard.css', source: 'https://here', nonce: 'n0nce' });
  assert.match(html, /default-src 'none'; style-src https:\/\/here 'nonce-n0nce'; script-src 'nonce-n0nce'; font-src https:\/\/here; img-src https:\/\/here/);
  assert.doesNotMatch(html, /unsafe|style="|onload|<style/);
});
