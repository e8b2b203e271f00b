import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RoleView } from '../../../src/core/model/roles/role-view.ts';
import { presentRole, roleTooltip } from '../../../src/core/present/roles/present-role.ts';
import { hasWork, presentFoldedRoles, presentRoleStatus, roleWidths } from '../../../src/core/present/roles/present-role-status.ts';
import { sampleRole } from '../../support/sample-role.ts';

const ROWS: readonly (readonly [string, RoleView, string])[] = [
  ['a role with nothing to do', sampleRole(), 'circle-large-outline GUI Testing: priority 6 [role pausable stoppable enabled]'],
  ['one at work', sampleRole({ counts: { running: 2, waiting: 5 } }), 'play-circle GUI Testing: 2 running · 5 waiting · priority 6 [role pausable stoppable enabled]'],
  ['a paused one', sampleRole({ state: 'paused', counts: { waiting: 1 } }), 'debug-pause GUI Testing: paused · 1 waiting · priority 6 [role startable stoppable enabled]'],
  ['a stopped one', sampleRole({ state: 'stopped' }), 'stop-circle GUI Testing: stopped · priority 6 [role startable enabled]'],
  ['one that gives way', sampleRole({ state: 'givesWay', counts: { waiting: 3 } }), 'dashboard GUI Testing: gives way · 3 waiting · priority 6 [role pausable stoppable enabled]'],
  ['one that is not enabled', sampleRole({ role: { enabled: false }, state: 'stopped' }), 'stop-circle GUI Testing: not enabled · priority 6 [role]'],
  ['one with a command that could be started once more', sampleRole({ role: { command: ['tidy'] } }), 'circle-large-outline GUI Testing: priority 6 [role startable pausable stoppable enabled]'],
  ['one with simulations to run', sampleRole({ role: { options: { simulations: [] } } }), 'circle-large-outline GUI Testing: priority 6 [role startable pausable stoppable enabled]'],
  ['one whose command is at work', sampleRole({ role: { command: ['tidy'] }, counts: { running: 1 } }), 'play-circle GUI Testing: 1 running · priority 6 [role pausable stoppable enabled]'],
];

for (const [name, view, row] of ROWS) {
  test(`the row of ${name}`, () => {
    const { icon, label, description, contextValue } = presentRole(view);
    assert.equal(`${icon} ${label}: ${description} [${contextValue}]`, row);
  });
}

test('the tooltip says what a role is for and what its tasks are taken to need', () => {
  const tooltip = roleTooltip(sampleRole({ role: { command: ['pytest', '-q'], source: 'configuration' }, counts: { running: 1, waiting: 2, scheduled: 3, finished: 4, failed: 1 } }));
  assert.equal(tooltip, [
    '**GUI Testing** `gui_testing`', '',
    'Finds and runs the GUI tests of the project\\.', '',
    '| | |', '|:--|:--|',
    '| Queue | open |',
    '| Tasks | 1 running, 2 waiting, 3 scheduled |',
    '| Finished | 4 (1 failed) |',
    '| Priority | 6 (lower runs first) |',
    '| A task needs | 1 core, 512 MB |',
    '| Starts | `pytest -q` |',
    '| Comes from | the configuration |',
  ].join('\n'));
});

test('the items of the status bar keep their width while figures shrink', () => {
  const many = sampleRole({ counts: { running: 1, waiting: 12 } });
  const few = sampleRole({ counts: { running: 1, waiting: 3 } });
  const widths = roleWidths(few.counts, roleWidths(many.counts));
  assert.equal(presentRoleStatus(many, widths, []).text, '$(play-circle) GUI Testing 1 ▸ 12');
  assert.equal(presentRoleStatus(few, widths, []).text, '$(play-circle) GUI Testing 1 ▸ 3\u2007');
  assert.equal(presentRoleStatus(sampleRole({ state: 'paused', counts: { waiting: 3 } }), widths, []).accessibility, 'Role GUI Testing: 0 running, 3 waiting, paused');
});

test('folded, one item counts for all roles with work', () => {
  const views = [sampleRole({ counts: { running: 1, waiting: 2 } }), sampleRole({ role: { label: 'Agent Simulations' }, state: 'paused', counts: { waiting: 7 } })];
  const { text, tooltip, accessibility } = presentFoldedRoles(views, roleWidths({ running: 1, waiting: 9 }), ['link']);
  assert.deepEqual([text, accessibility], ['$(organization) 2 roles 1 ▸ 9', '2 roles at work: 1 running, 9 waiting']);
  assert.match(tooltip, /\| \$\(debug-pause\) Agent Simulations \| 0 \| 7 \|\n\nlink$/);
});

test('a role whose tasks are only scheduled or over has no work', () => {
  assert.deepEqual([sampleRole({ counts: { scheduled: 1, finished: 3 } }), sampleRole({ counts: { waiting: 1 } })].map(hasWork), [false, true]);
});
