import assert from 'node:assert/strict';
import test from 'node:test';
import { locateInJson } from '../../../src/cli/submit/locate-in-json.ts';

const TEXT = `{
  "name": "a \\"quoted\\": [name]",
  "defaults": { "env": { "A": "1" } },
  "tasks": [
    { "script": "a.py",
      "files": [ "x",
        { "path": "y", "mode": "maybe" } ] },
    {},
    { "timeout": -5 }
  ]
}`;

const lineOf = (where: string): number | undefined => {
  const offset = locateInJson(TEXT, where);
  return offset === undefined ? undefined : TEXT.slice(0, offset).split('\n').length;
};

test('a place in a JSON text is found by its path', () => {
  const lines = ['name', 'defaults.env.A', 'tasks', 'tasks[0]', 'tasks[0].files[0]', 'tasks[0].files[1].mode', 'tasks[1]', 'tasks[2].timeout'].map(lineOf);
  assert.deepEqual(lines, [2, 3, 4, 5, 6, 7, 8, 9]);
});

test('of a place that is missing, its nearest ancestor is found', () => {
  assert.deepEqual(['tasks[1].script', 'tasks[0].files[1].nothing.there', 'tasks[9]', 'nothing'].map(lineOf), [8, 7, 4, undefined]);
});
