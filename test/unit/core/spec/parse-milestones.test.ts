import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMilestones } from '../../../../src/core/spec/parse-milestones.ts';

test('milestones as people write them', () => {
  assert.deepEqual(parseMilestones(undefined), { milestones: [], problems: [] });
  assert.deepEqual(parseMilestones([{ name: 'Paper', due: '2030-01-31', tags: ['figures'] }]), { milestones: [{ name: 'Paper', due: '2030-01-31', tasks: [], tags: ['figures'] }], problems: [] });
});

for (const [what, written, said] of [
  ['no list', {}, '`milestones`: expected a list'],
  ['no name', [{ tasks: ['a'] }], '`milestones[0].name`'],
  ['a day that there is not', [{ name: 'A', due: '2030-02-30', tasks: ['a'] }], '`milestones[0].due`: expected a date'],
  ['nothing that makes it', [{ name: 'A' }], '`milestones[0]`: expected `tasks`'],
  ['a name twice', [{ name: 'A', tasks: ['a'] }, { name: 'A', tasks: ['b'] }], '`milestones[1].name`: there is another'],
  ['a field that nobody knows', [{ name: 'A', tasks: ['a'], deu: 1 }], 'did you mean `due`?'],
] as const) {
  test(`${what} is told at its place`, () => {
    const { problems } = parseMilestones(written);
    assert.ok(problems.some(({ where, message }) => `\`${where}\`: ${message}`.includes(said)), JSON.stringify(problems));
  });
}

test('one that is wrong leaves the others', () => {
  const { milestones, problems } = parseMilestones([{ name: 'A', tasks: ['a'] }, { name: 'B', due: 'soon', tasks: ['b'] }, { name: 'C', tags: ['c'] }]);
  assert.deepEqual([milestones.map(({ name }) => name), problems.map(({ where }) => where)], [['A', 'C'], ['milestones[1].due']]);
});
