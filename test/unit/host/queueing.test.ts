import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readBatchText } from '../../../src/host/queueing/batch-text.ts';
import { problemsText } from '../../../src/host/queueing/problems-text.ts';
import { isQueueable, isScript } from '../../../src/host/queueing/script-kinds.ts';
import { splitArguments } from '../../../src/host/queueing/split-arguments.ts';

const lines: readonly (readonly [string, readonly string[]])[] = [
  ['', []],
  ['  --n   3 ', ['--n', '3']],
  [`--name "two words" 'single ones'`, ['--name', 'two words', 'single ones']],
  [`a"b c"d`, ['ab cd']],
  [`"" ''`, ['', '']],
  [`say \\"hi\\" two\\ words`, ['say', '"hi"', 'two words']],
  [`C:\\data\\new.csv`, ['C:\\data\\new.csv']],
  [`"C:\\my data\\" x`, ['C:\\my data" x']],
];

for (const [line, words] of lines.slice(0, -1)) {
  test(`arguments: ${JSON.stringify(line)}`, () => assert.deepEqual(splitArguments(line), words));
}

test('a quote that is not closed is told', () => {
  assert.throws(() => splitArguments('--name "two words'), /a " that is not closed/);
  assert.throws(() => splitArguments(lines.at(-1)![0]), /not closed/);
});

test('a batch is read with its name, its defaults and its tasks', () => {
  const text = '\ufeff{ "$schema": "x", "name": "Sweep", "defaults": { "type": "analysis" }, "tasks": [{ "script": "a.py" }] }';
  assert.deepEqual(readBatchText(text, 'sweep.parallel.json'), { name: 'Sweep', defaults: { type: 'analysis' }, tasks: [{ script: 'a.py' }] });
});

const broken: readonly (readonly [string, RegExp])[] = [
  ['{\n"tasks": [ ', /`b\.parallel\.json` is not valid JSON: the text ends too early, in line 2\.$/],
  ['\ufeff{\n"tasks": tru }', /`b\.parallel\.json` is not valid JSON: unexpected `tru }` in line 2, column 10\.$/],
  ['[]', /to hold an object/],
  ['{ "task": [] }', /unknown field `task`; known are .*`tasks`/],
  ['{ "tasks": [] }', /`tasks` in `b\.parallel\.json` to be a list with at least one task/],
  ['{ "tasks": [{}], "name": 3 }', /`name` in .* to be a text, got `3`/],
];

for (const [text, expected] of broken) {
  test(`a batch that cannot be read is told: ${text}`, () => assert.throws(() => readBatchText(text, 'b.parallel.json'), expected));
}

test('problems are one sentence in a notification', () => {
  const one = [{ where: 'tasks[0].timeout', message: 'expected a duration > 0, got `-1`' }];
  assert.equal(problemsText(one, 'sweep.py'), '“sweep.py” was not queued: `timeout`: expected a duration > 0, got `-1`.');
  const asked = [{ where: 'tasks[0].role', message: 'unknown role `gui`; did you mean `gui_testing`?' }];
  assert.equal(problemsText(asked, 'sweep.py'), '“sweep.py” was not queued: `role`: unknown role `gui`; did you mean `gui_testing`?');
  const two = problemsText([...one, { where: 'tasks[3]', message: 'missing' }, { where: '', message: 'a cycle' }], 'Sweep');
  assert.equal(two, '“Sweep” was not queued: `tasks[0].timeout`: expected a duration > 0, got `-1`; and 2 more problems.');
});

test('scripts are told by the end of their names', () => {
  assert.deepEqual(['a.py', 'a.R', 'a.mjs', 'a.ts', 'a.d.ts', 'a.txt', 'py'].filter(isScript), ['a.py', 'a.R', 'a.mjs', 'a.ts']);
  assert.deepEqual(['a.py', 'review.prompt.md', 'README.md', 'prompt.md'].filter(isQueueable), ['a.py', 'review.prompt.md']);
});
