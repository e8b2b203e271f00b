import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Emitter } from '../../../../src/core/base/emitter.ts';
import type { RoleView } from '../../../../src/core/model/roles/role-view.ts';
import { RoleModel } from '../../../../src/views/roles/role-model.ts';
import { sampleRole } from '../../../support/sample-role.ts';

const named = (name: string, waiting = 0): RoleView => sampleRole({ role: { name, label: name }, counts: { waiting } });

/** A list of roles, and what of it was drawn again. */
function list(views: readonly RoleView[]) {
  const changes = new Emitter<readonly RoleView[]>();
  const model = new RoleModel({ roles: views, onDidChange: changes.event });
  const drawn: (readonly string[] | 'all')[] = [];
  model.onDidRedraw((redraw) => drawn.push(redraw === 'all' ? redraw : redraw.map(({ name }) => name)));
  return { model, drawn, tell: (next: readonly RoleView[]) => changes.fire(next), rows: () => model.rows.map(({ name, face }) => `${name} ${face.description}`) };
}

test('only the row that changed is drawn again, and stays the same row', () => {
  const { model, drawn, tell, rows } = list([named('a'), named('b')]);
  const [, row] = model.rows;
  tell([named('a'), named('b', 2)]);
  assert.deepEqual([drawn, rows(), model.rows[1] === row], [[['b']], ['a priority 6', 'b 2 waiting · priority 6'], true]);
});

test('what cannot be seen in a row does not draw it', () => {
  const { drawn, tell } = list([named('a')]);
  tell([{ ...named('a'), counts: { ...named('a').counts, finished: 9 } }]);
  assert.deepEqual(drawn, []);
});

test('a role that comes, goes or moves draws the list', () => {
  const { drawn, tell, rows } = list([named('a'), named('b')]);
  tell([named('b'), named('a')]);
  tell([named('b')]);
  tell([named('b'), named('c')]);
  assert.deepEqual([drawn, rows()], [['all', 'all', 'all'], ['b priority 6', 'c priority 6']]);
});
