import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holdId, taskId } from '../../../src/core/model/ids.ts';
import type { FileUse, FileUser } from '../../../src/core/model/files/file-use.ts';
import { fileUseTooltip, lockTooltip } from '../../../src/core/present/files/file-use-tooltip.ts';
import { coarseAge } from '../../../src/core/present/format/coarse-age.ts';
import { claimPlace, filePlace } from '../../../src/core/present/format/file-place.ts';
import { formatAge } from '../../../src/core/present/format/format-age.ts';
import { presentFileStatus } from '../../../src/core/present/files/present-file-status.ts';
import { presentFileUse } from '../../../src/core/present/files/present-file-use.ts';
import { presentFileUser } from '../../../src/core/present/files/present-file-user.ts';
import { timeOfDay } from '../../../src/core/present/format/time-of-day.ts';
import { NOW, sampleTask } from './sample-task.ts';

const SINCE = NOW - 42_000;
const sweep: FileUser = { holder: { type: 'task', id: taskId(3), name: 'Sweep 3' }, mode: 'write', since: SINCE, own: false };
const report: FileUser = { holder: { type: 'task', id: taskId(4), name: 'Report' }, mode: 'read', since: SINCE, own: false };
const pytest: FileUser = { holder: { type: 'program', id: holdId(1), name: 'pytest -x', pid: 4711 }, mode: 'write', since: SINCE, own: false };
const here: FileUser = { holder: { type: 'editor', id: holdId(2) }, mode: 'write', since: SINCE, own: true };
const elsewhere: FileUser = { ...here, own: false };

function used(holders: readonly FileUser[], waiters: readonly FileUser[] = [], given: Partial<FileUse> = {}): FileUse {
  return { path: '/lab/results/data.json', key: '/lab/results/data.json', glob: '', holders, waiters, waiting: waiters.length, ...given };
}

const rows: readonly (readonly [name: string, use: FileUse, row: string])[] = [
  ['a file that a task writes', used([sweep]), 'lock charts.blue | held by “Sweep 3” · 40 s | results/data.json, held by “Sweep 3” | use held breakable awaitable'],
  ['a file that a program writes and others wait for', used([pytest], [report, sweep]), 'lock charts.blue | held by “pytest -x” (process 4711) · 40 s · 2 waiting | results/data.json, held by “pytest -x” (process 4711), 2 waiting | use held breakable awaitable'],
  ['a file that several read', used([report, { ...sweep, mode: 'read' }, { ...pytest, mode: 'read' }]), 'eye - | read by “Report” and 2 more · 40 s | results/data.json, read by “Report” and 2 more | use held breakable awaitable'],
  ['a file with unsaved changes here', used([here], [sweep]), 'edit - | unsaved in this window · 40 s · 1 waiting | results/data.json, unsaved in this window, 1 waiting | use held'],
  ['a file with unsaved changes in another window', used([elsewhere]), 'edit - | unsaved in another window · 40 s | results/data.json, unsaved in another window | use held awaitable'],
  ['a glob', used([sweep], [], { path: '/lab/results', glob: '*.csv' }), 'lock charts.blue | held by “Sweep 3” · 40 s | results/*.csv, held by “Sweep 3” | use held breakable'],
  ['a file that is only waited for', used([], [sweep]), 'watch - | 1 waiting · 40 s | results/data.json, 1 waiting | use'],
];

for (const [name, use, row] of rows) {
  void test(`${name} shows who, how and for how long`, () => {
    const face = presentFileUse(use, { roots: ['/lab'], now: NOW, isAwaited: false });
    assert.equal(`${face.icon} ${face.iconColor ?? '-'} | ${face.description} | ${face.accessibility} | ${face.contextValue}`, row);
  });
}

void test('a file is placed from its workspace folder on, with the name of that where there are several', () => {
  assert.deepEqual(
    [filePlace('/lab/a/b.csv', ['/lab']), filePlace('/lab/a/b.csv', ['/lab', '/lab/a', '/x']), filePlace('/tmp/b.csv', ['/lab']), filePlace('/lab', ['/lab'])],
    ['a/b.csv', 'a/b.csv', '/tmp/b.csv', 'lab'],
  );
  assert.deepEqual(
    [claimPlace({ path: '/lab/data', glob: '**' }, ['/lab']), claimPlace({ path: '/lab', glob: '*.csv' }, ['/lab']), claimPlace({ path: '/tmp', glob: '*.csv' }, ['/lab'])],
    ['data/**', '*.csv', '/tmp/*.csv'],
  );
});

void test('a long place keeps its end, a broken name its line', () => {
  const label = (path: string): string => presentFileUse(used([sweep], [], { path }), { roots: ['/lab'], now: NOW, isAwaited: false }).label;
  assert.match(label(`/lab/${'deep/'.repeat(40)}out.csv`), /^deep\/.+….+\/out\.csv$/);
  assert.equal(label('/lab/one\ntwo'), 'one two');
});

void test('what a screen reader says of a file does not change by the second', () => {
  const said = (now: number): string => presentFileUse(used([sweep], [report]), { roots: [], now, isAwaited: false }).accessibility;
  assert.equal(said(NOW), said(NOW + 90_000));
});

void test('users show what they do; a task looks as among the tasks', () => {
  const faces = [
    presentFileUser(sweep, 'holder', undefined, NOW),
    presentFileUser(report, 'waiter', sampleTask({ wait: { type: 'editor', path: '/a', since: NOW } }), NOW),
    presentFileUser(pytest, 'holder', undefined, NOW),
    presentFileUser(here, 'holder', undefined, NOW),
  ];
  assert.deepEqual(
    faces.map(({ icon, label, description, accessibility, contextValue }) => [icon, label, description, accessibility, contextValue].join(' | ')),
    [
      'play-circle | Sweep 3 | writes · 40 s | Sweep 3, writes | user taskUser breakable',
      'edit | Report | waits to read · 40 s | Report, waits to read | user taskUser',
      'terminal | pytest -x | writes · 40 s · process 4711 | pytest -x, process 4711, writes | user breakable',
      'edit | Unsaved changes | in this window · 40 s | Unsaved changes in this window | user',
    ],
  );
});

void test('ages have one unit; in a list they are none in the first seconds, then grow by ten', () => {
  assert.deepEqual([0, 59_999, 60_000, 3_599_999, 3_600_000, 86_400_000].map(formatAge), ['0 s', '59 s', '1 min', '59 min', '1 h', '1 d']);
  assert.deepEqual([9_999, 10_000, 59_999, 60_000].map(coarseAge), [undefined, '10 s', '50 s', '1 min']);
});

void test('the page of a file names who holds it since when and who waits, and counts the rest', () => {
  const page = fileUseTooltip(used([sweep], [report], { waiting: 12 }), { now: NOW, locale: 'en-GB' });
  const since = timeOfDay(SINCE, NOW, 'en-GB').replaceAll(':', '\\:').replaceAll(' ', '\u00a0');
  assert.equal(
    page,
    ['**/lab/results/data\\.json**', '', '| | |', '|:--|:--|', `| “Sweep 3” writes it | since\u00a0${since} |`, `| “Report” waits to read it | since\u00a0${since} |`, '| and 11 more wait | |'].join('\n'),
  );
});

void test('nothing of a file or a name turns into markup', () => {
  const evil: FileUser = { ...sweep, holder: { type: 'task', id: taskId(1), name: '[x](command:evil) | <b> $(bug)' } };
  const page = fileUseTooltip(used([evil], [], { path: '/lab/**b**\n# h' }), { now: NOW });
  assert.match(page, /^\*\*\/lab\/\\\*\\\*b\\\*\\\* \\# h\*\*\n/);
  assert.match(page, /“\\\[x\\\]\\\(command\\:evil\\\) \\\| &lt;b&gt; \\\$\\\(bug\\\)” writes it/);
});

void test('the badge says who has locked the file since when, in words that stay', () => {
  assert.equal(lockTooltip(sweep, NOW, 'en-GB'), `Locked: “Sweep 3” writes it since ${timeOfDay(SINCE, NOW, 'en-GB')}`);
  assert.equal(lockTooltip(sweep, NOW, 'en-GB'), lockTooltip(sweep, NOW + 5000, 'en-GB'));
});

const status = (uses: readonly FileUse[], now = NOW) => presentFileStatus('/lab/results/data.json', uses, now, (kind) => [`[${kind}](command:x)`]);

void test('the active file says who has it, or who waits for it to be saved', () => {
  const texts = [
    status([used([sweep], [report])]),
    status([used([report])]),
    status([used([here], [sweep, report])]),
    status([used([here]), used([], [sweep], { path: '/lab', glob: '**' })]),
    status([used([elsewhere])]),
    status([used([report, here], [sweep])]),
  ];
  assert.deepEqual(
    texts.map((shown) => `${shown?.kind} ${shown?.text} | ${shown?.accessibility}`),
    [
      'locked $(lock) held by “Sweep 3” 0:42\u2007 | data.json: held by “Sweep 3”',
      'read $(eye) read by “Report” 0:42\u2007 | data.json: read by “Report”',
      'save $(watch) 2 tasks wait for you to save | data.json: 2 tasks wait for you to save',
      'save $(watch) 1 task waits for you to save | data.json: 1 task waits for you to save',
      'locked $(edit) unsaved in another window 0:42\u2007 | data.json: unsaved in another window',
      'save $(watch) 1 task waits for you to save | data.json: 1 task waits for you to save',
    ],
  );
});

void test('a free file says nothing: unsaved changes that nobody waits for, or a crowd that waits for something else', () => {
  assert.deepEqual([status([]), status([used([here])]), status([used([], [sweep])])], [undefined, undefined, undefined]);
});

void test('the clock of the active file keeps its width', () => {
  const widths = [0, 9_000, 599_000, 600_000, 3_599_000].map((age) => [...status([used([sweep])], SINCE + age)!.text].length);
  assert.equal(new Set(widths).size, 1);
});

void test('the page of the active file has a table and the ways out', () => {
  assert.match(status([used([sweep], [report])])!.tooltip, /^\*\*data\\\.json\*\*\n\nheld by “Sweep 3” for 0\\:42\n\n\| \| \|\n[^]*writes it[^]*waits to read it[^]*\n\n\[locked\]\(command:x\)$/);
});
