import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csv } from '../../../webview-ui/export/csv.ts';
import { exportText } from '../../../webview-ui/export/export-text.ts';
import { FIRST_STATE, readPageState } from '../../../webview-ui/page-state.ts';
import { countByRole } from '../../../webview-ui/sections/count-by-role.ts';
import { shortNames } from '../../../webview-ui/sections/short-names.ts';
import { sortScripts } from '../../../webview-ui/sections/sort-scripts.ts';
import { sampleBar, samplePoint, sampleStats } from '../../support/sample-history.ts';

void test('cells of a CSV are quoted where they have to be, and no name becomes a formula', () => {
  assert.equal(csv(['name', 'n'], [['a,"b"\nc', 1.5], ['=HYPERLINK("x")', undefined], ['-5', -5]]), 'name,n\r\n"a,""b""\nc",1.5\r\n"\'=HYPERLINK(""x"")",\r\n\'-5,-5\r\n');
});

void test('what is visible is exported with its units', () => {
  const visible = { window: { from: 0, to: 1000 }, points: [samplePoint({ at: 0 })], runs: [sampleBar(1, { startedAt: 0 })], shown: { scripts: sampleStats(0).slice(0, 1) } };
  assert.match(exportText('figures.csv', visible), /^at,lasts,cpu,[^]*\r\n1970-01-01T00:00:00\.000Z,1000,0\.25,0\.25,0\.5,0\.5,0\.6,1000000,/);
  assert.match(exportText('runs.csv', visible), /\r\n1,1,run 1\.py,analysis,,,1970-01-01T00:00:00\.000Z,1970-01-01T00:00:00\.000Z,,running,false\r\n$/);
  assert.match(exportText('scripts.csv', visible), /\r\n\/lab\/sweep\.py,120,0\.98,42000,61000,610000000,1\.3,1\.24,/);
  assert.deepEqual((JSON.parse(exportText('json', visible)) as { readonly window: unknown }).window, { from: '1970-01-01T00:00:00.000Z', to: '1970-01-01T00:00:01.000Z' });
});

void test('scripts are sorted by any column, those without a figure last', () => {
  const scripts = sampleStats(0);
  const names = (key: Parameters<typeof sortScripts>[1], isDescending: boolean): readonly string[] => sortScripts(scripts, key, isDescending).map(({ script }) => script.slice('/lab/'.length, -'.py'.length));
  assert.deepEqual(names('trend', true), ['sweep', 'render_scene', 'heat']);
  assert.deepEqual(names('trend', false), ['render_scene', 'sweep', 'heat']);
  assert.deepEqual(names('script', false), ['heat', 'render_scene', 'sweep']);
  assert.deepEqual(names('peakMemory', true), ['render_scene', 'sweep', 'heat']);
});

void test('scripts of one name are told apart by their folders', () => {
  const paths = ['/lab/a/run.py', '/lab/b/run.py', '/lab/heat.py', 'C:\\lab\\mesh.py', '/other/a/run.py', 'run.py', '/lab/tour.py:plan'];
  assert.deepEqual([...shortNames(paths)].sort().map(([path, name]) => `${path} ${name}`), ['/lab/a/run.py lab/a/run.py', '/lab/b/run.py b/run.py', '/lab/heat.py heat.py', '/lab/tour.py:plan tour.py:plan', '/other/a/run.py other/a/run.py', 'C:\\lab\\mesh.py mesh.py', 'run.py run.py']);
});

void test('runs are counted by role and by agent, and not at all without either', () => {
  const runs = [
    sampleBar(1, { startedAt: 0, endedAt: 400, role: 'review', agent: 'claude' }),
    sampleBar(2, { startedAt: 0, role: 'review' }),
    sampleBar(3, { startedAt: 0, endedAt: 50, role: 'build', isFailure: true }),
    sampleBar(4, { startedAt: 0, endedAt: 50 }),
  ];
  assert.deepEqual(countByRole(runs, 1000).map(({ kind, name, runs: all, running, failed, busyMs }) => [kind, name, all, running, failed, busyMs]), [['role', 'build', 1, 0, 1, 50], ['role', 'review', 2, 1, 0, 1400], ['agent', 'claude', 1, 0, 0, 400]]);
  assert.deepEqual(countByRole(runs.slice(3), 1000), []);
});

void test('what a page kept is taken as far as it means something', () => {
  const kept = { span: '7 d', zoom: { from: 5, to: 7 }, sort: { key: 'runs', isDescending: false }, scroll: 40 };
  assert.deepEqual(readPageState(kept), kept);
  assert.deepEqual(readPageState(JSON.parse(JSON.stringify({ ...kept, zoom: undefined }))), { ...kept, zoom: undefined });
  for (const zoom of [{ from: 7, to: 5 }, { from: '5', to: 7 }, null]) assert.deepEqual(readPageState({ ...kept, zoom }), { ...kept, zoom: undefined });
  for (const wrong of [undefined, 'x', { span: '7 years', zoom: { from: 5, to: 7 }, sort: { key: 'constructor' }, scroll: -1 }]) assert.deepEqual(readPageState(wrong), FIRST_STATE);
});
