import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeJsonError, jsonErrorOffset } from '../../../../src/core/spec/json-error.ts';
import { parseBatch } from '../../../../src/core/spec/parse-batch.ts';
import { formatProblem } from '../../../../src/core/spec/problem.ts';
import { SeededRandom, seedFor } from '../../../support/seeded-random.ts';
import { lab } from './lab-context.ts';

function problems(value: unknown): string[] {
  const batch = parseBatch(value, lab, 'Sweep');
  return batch.ok ? [] : batch.error.map(formatProblem);
}

const a = { script: 'a.py' };

test('a batch has its name, or that of its file, and its tasks in order', () => {
  const batch = parseBatch({ $schema: 'x', tasks: [a, { script: 'b.py' }] }, lab, 'Sweep');
  assert.ok(batch.ok);
  assert.deepEqual([batch.value.name, batch.value.tasks.map(({ name }) => name)], ['Sweep', ['a.py', 'b.py']]);
  const named = parseBatch({ name: 'Night', tasks: [a] }, lab, 'Sweep');
  assert.equal(named.ok && named.value.name, 'Night');
});

test('defaults of a batch hold for each task that says nothing else', () => {
  const batch = parseBatch({ defaults: { type: 'analysis', timeout: '5m', env: { A: '1' } }, tasks: [a, { ...a, type: 'utility', env: { B: '2' } }] }, lab, 'Sweep');
  assert.ok(batch.ok);
  assert.deepEqual(batch.value.tasks.map(({ type, timeoutMs, env }) => ({ type, timeoutMs, env })), [
    { type: 'analysis', timeoutMs: 300_000, env: { A: '1' } },
    { type: 'utility', timeoutMs: 300_000, env: { A: '1', B: '2' } },
  ]);
});

const WRONG: readonly (readonly [name: string, value: unknown, ...said: string[]])[] = [
  ['null', null, 'expected an object, got `null`'],
  ['a list', [a], 'expected an object, got `[{"script":"a.py"}]`'],
  ['no tasks', {}, '`tasks`: expected a list, got nothing'],
  ['an empty list of tasks', { tasks: [] }, '`tasks`: expected at least one task, got `[]`'],
  ['tasks that are no list', { tasks: 'a.py' }, '`tasks`: expected a list, got `"a.py"`'],
  ['a misspelt field', { task: [a] }, '`tasks`: expected a list, got nothing', '`task`: unknown field; did you mean `tasks`?'],
  ['an empty name', { name: '', tasks: [a] }, '`name`: expected a text that is not empty, got `""`'],
  ['a misspelt default', { defaults: { timout: 3 }, tasks: [a] }, '`defaults.timout`: unknown field; did you mean `timeout`?'],
  ['a negative default', { defaults: { timeout: -3 }, tasks: [a] }, '`defaults.timeout`: expected a number ≥ 0, got `-3`'],
  ['defaults that are no object', { defaults: 3, tasks: [a] }, '`defaults`: expected an object, got `3`'],
  ['wrong tasks', { tasks: [null, a, { script: 'none.py' }, { ...a, timout: 1 }] }, '`tasks[0]`: expected an object, got `null`', '`tasks[2].script`: there is no file `/lab/none.py`', '`tasks[3].timout`: unknown field; did you mean `timeout`?'],
  ['a duplicate id', { tasks: [{ ...a, id: 'x' }, a, { ...a, id: 'x' }] }, '`tasks[2].id`: `x` is already the id of tasks[0]; ids are unique in a batch'],
  ['an id among the defaults of several tasks', { defaults: { id: 'x' }, tasks: [a, a] }, '`tasks[1].id`: `x` is already the id of tasks[0]; ids are unique in a batch'],
  ['a dependency on nothing', { tasks: [{ ...a, id: 'mesh', after: ['zzzz'] }] }, '`tasks[0].after`: there is no task `zzzz` in this batch; give the task that it waits for this `id`'],
  ['a misspelt dependency', { tasks: [{ ...a, id: 'mesh' }, { ...a, after: ['mehs'] }] }, '`tasks[1].after`: there is no task `mehs` in this batch; did you mean `mesh`?'],
  ['a dependency on a number that is none', { tasks: [{ ...a, after: ['#x'] }] }, '`tasks[0].after`: there is no task `#x` in this batch; give the task that it waits for this `id`'],
  ['a task that waits for itself', { tasks: [{ ...a, id: 'x', after: ['x'] }] }, '`tasks[0].after`: a cycle, so none of these could ever start: x → x; take one `after` away'],
  [
    'a cycle',
    { tasks: [a, { ...a, id: 'x', after: ['y'] }, { ...a, id: 'y', after: ['z'] }, { ...a, id: 'z', after: ['x'] }] },
    '`tasks[1].after`: a cycle, so none of these could ever start: x → y → z → x; take one `after` away',
  ],
  ['a wrong name beside a wrong task', { name: 3, tasks: [{ script: 'none.py' }] }, '`name`: expected a text, got `3`', '`tasks[0].script`: there is no file `/lab/none.py`'],
  ['a task with a wrong field and a wrong script', { tasks: [{ script: 'none.py', timout: 1, priority: {} }] }, '`tasks[0].priority`: expected a number or a text, got `{}`', '`tasks[0].timout`: unknown field; did you mean `timeout`?', '`tasks[0].script`: there is no file `/lab/none.py`'],
  ['wrong tasks and wrong dependencies', { tasks: [{ id: 'x', script: 'none.py' }, { ...a, after: ['x', 'zzzz'] }] }, '`tasks[0].script`: there is no file `/lab/none.py`', '`tasks[1].after`: there is no task `zzzz` in this batch; give the task that it waits for this `id`'],
  ['a wrong default beside a wrong task', { defaults: { retries: -1, type: 'analysis' }, tasks: [a, { ...a, type: 'analysi' }] }, '`defaults.retries`: expected an integer ≥ 0, got `-1`', '`tasks[1].type`: unknown type `analysi`; did you mean `analysis`?'],
  ['a default that is wrong for every task', { defaults: { type: 'analysi', script: 'none.py' }, tasks: [{}, {}, { type: 'analysis' }] }, '`defaults.script`: there is no file `/lab/none.py`', '`defaults.type`: unknown type `analysi`; did you mean `analysis`?'],
  // What follows from another mistake is none of its own.
  ['a misspelt script', { tasks: [{ scirpt: 'none.py' }] }, '`tasks[0].scirpt`: unknown field; did you mean `script`?'],
  ['a misspelt shell', { tasks: [{ command: 'make all', shel: true }] }, '`tasks[0].shel`: unknown field; did you mean `shell`?'],
  ['a misspelt command among the defaults', { defaults: { comand: ['make'] }, tasks: [{ args: ['x'] }] }, '`defaults.comand`: unknown field; did you mean `command`?'],
  ['a misspelt id that others wait for', { tasks: [{ ...a, ids: 'x' }, { ...a, after: ['x'] }] }, '`tasks[0].ids`: unknown field; did you mean `id`?'],
  ['an id that is no text, and that others wait for', { tasks: [{ ...a, id: 7 }, { ...a, after: ['7'] }] }, '`tasks[0].id`: expected a text, got `7`'],
];
for (const [name, value, ...said] of WRONG) test(`${name}: the batch is refused, and told where and why`, () => assert.deepEqual(problems(value), said));

test('a task may wait for an earlier one of the store, by number', () => assert.deepEqual(problems({ tasks: [{ ...a, after: ['#12'] }] }), []));

const NOT_JSON: readonly (readonly [text: string, said: string])[] = [
  ['', 'the text ends too early, in line 1'],
  ['{\n"tasks": [1,\n 2\n\n', 'the text ends too early, in line 3'],
  ['{\n"a": tru}', 'unexpected `tru}` in line 2, column 6'],
  ['[1,\n2,,]', 'unexpected `,]` in line 2, column 3'],
  ['{"a":\n 1 "b"}', 'unexpected `"b"}` in line 2, column 4'],
  ["{\n  'a': 1}", "unexpected `'a': 1}` in line 2, column 3"],
  ['{\n  "a": 1,\n}', 'unexpected `}` in line 3, column 1'],
  ['{\n  // why\n}', 'unexpected `// why` in line 2, column 3'],
  ['{"line": 01}', 'unexpected `01}` in line 1, column 10'],
  ['{"a": 1}\n}', 'unexpected `}` in line 2, column 1'],
  ['{"a": "two\nlines"}', 'unexpected `"two` in line 1, column 7'],
  ['[True]', 'unexpected `True]` in line 1, column 2'],
  ['[1}', 'unexpected `}` in line 1, column 3'],
];
for (const [text, said] of NOT_JSON) {
  test(`${JSON.stringify(text)} is told with the line`, () => {
    assert.throws(() => JSON.parse(text));
    assert.equal(describeJsonError(text), said);
  });
}

test('what this finds wrong with a text is what the language finds wrong', (t) => {
  const random = new SeededRandom(seedFor(t));
  const pieces = ['{', '}', '[', ']', ',', ':', '"a"', '"\\u00e9\\n"', '"\\x"', '1', '-0.5e+3', '01', '1.', 'true', 'null', 'nul', 'True', ' ', '\n', 'x'];
  for (let round = 0; round < 4000; round++) {
    const text = round % 2 === 0 ? Array.from({ length: random.between(0, 9) }, () => random.pick(pieces)).join('') : damaged(random);
    let position: number | undefined;
    try {
      JSON.parse(text);
      continue;
    } catch (error) {
      const message = (error as Error).message;
      position = message.startsWith('Unexpected end') ? text.length : Number(/at position (\d+)/.exec(message)?.[1] ?? Number.NaN);
    }
    const offset = jsonErrorOffset(text);
    // The language names a place inside a token, this names the token's beginning.
    if (Number.isFinite(position)) assert.ok(offset <= position, `${JSON.stringify(text)}: ${offset} instead of ${position}`);
    assert.throws(() => JSON.parse(text));
    if (offset < text.length) assert.ok(mayGoOn(text.slice(0, offset)), `${JSON.stringify(text)} was good for longer than ${offset}`);
  }
});

function damaged(random: SeededRandom): string {
  const text = JSON.stringify({ name: 'Night', tasks: [{ script: 'a.py', args: [1, -2.5, true, null], env: { A: 'é"\n' } }, {}] }, null, random.between(0, 2));
  const at = random.between(0, text.length);
  return text.slice(0, at) + random.pick(['', ',', '}', ']', '"', 'x', ':']) + text.slice(at + random.between(0, 2));
}

/** Whether some text could follow that makes the whole JSON. */
function mayGoOn(start: string): boolean {
  const closers = closing(start);
  return ['', '1', '"k":1', ':1', ',1', ',"k":1', '"k"'].some((middle) => {
    try {
      JSON.parse(start + middle + closers);
      return true;
    } catch {
      return false;
    }
  });
}

function closing(start: string): string {
  const open: string[] = [];
  for (const [token] of start.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/g)) {
    if (token === '{') open.unshift('}');
    else if (token === '[') open.unshift(']');
    else if (token === '}' || token === ']') open.shift();
  }
  return open.join('');
}
