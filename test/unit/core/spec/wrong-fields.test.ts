import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSpec } from '../../../../src/core/spec/parse-spec.ts';
import { formatProblem } from '../../../../src/core/spec/problem.ts';
import { SPEC_FIELDS } from '../../../../src/core/spec/raw-spec.ts';
import { lab } from './lab-context.ts';

const SIZE = 'expected a size such as `512 MB` or a number of bytes';
const DURATION = 'expected a duration such as `90s` or `5m`, or a number of seconds';
const ID = 'expected an id without spaces that does not begin with `#`';
const NOT_EMPTY = 'expected a text that is not empty';
const MODE = 'expected `read` or `write`';

const ONLY_PROMPTS = (field: string): string => `\`${field}\`: only goes with \`prompt\``;

/** By field: a wrong value, and all that is said of it. */
const WRONG: Readonly<Record<string, readonly (readonly [value: unknown, ...said: string[]])[]>> = {
  script: [
    [5, '`script`: expected a text, got `5`'],
    ['', '`script`: expected a text that is not empty, got `""`'],
    ['  ', '`script`: expected a text that is not empty, got `"  "`'],
    ['none.py', '`script`: there is no file `/lab/none.py`'],
    ['tools', '`script`: `/lab/tools` is a folder; name a file in it'],
    ['../out/x.py', '`script`: `/out/x.py` lies outside the workspace (/lab); open its folder, or move it into the workspace'],
  ],
  blender: [
    [true, '`blender`: expected a text, got `true`'],
    ['none.py', '`blender`: there is no file `/lab/none.py`'],
    ['/out/x.py', '`blender`: `/out/x.py` lies outside the workspace (/lab); open its folder, or move it into the workspace'],
  ],
  function: [
    ['volume', '`function`: expected `module:function`, such as `tools/mesh.py:volume`, got `"volume"`'],
    ['tools/mesh.py:2nd', '`function`: expected `module:function`, such as `tools/mesh.py:volume`, got `"tools/mesh.py:2nd"`'],
    ['none.py:volume', '`function`: there is no file `/lab/none.py`'],
    ['/out/x.py:volume', '`function`: `/out/x.py` lies outside the workspace (/lab); open its folder, or move it into the workspace'],
  ],
  command: [
    [[], '`command`: expected at least the program, got `[]`'],
    [['make', 1], '`command[1]`: expected a text, got `1`'],
    ['make all', '`command`: expected a list such as `["make", "all"]`; a single text needs `"shell": true`'],
    [7, '`command`: expected a text or a list, got `7`'],
  ],
  prompt: [
    ['', `\`prompt\`: ${NOT_EMPTY}, got \`""\``],
    [7, '`prompt`: expected a text, got `7`'],
  ],
  runner: [
    [7, '`runner`: expected a text, got `7`'],
    ['Note Book', '`runner`: expected the name of a runner, such as `notebook`, got `"Note Book"`'],
  ],
  input: [[{ cell: 1 }, '`input`: only goes with `runner`; a function takes `arguments`']],
  model: [['', `\`model\`: ${NOT_EMPTY}, got \`""\``], ['opus', ONLY_PROMPTS('model')]],
  context: [
    ['a.py', '`context`: expected a list, got `"a.py"`'],
    [['a.py', 1], '`context[1]`: expected a text, got `1`'],
    [['a.py'], ONLY_PROMPTS('context')],
  ],
  handover: [['yes', '`handover`: expected `allow` or `never`, got `"yes"`'], ['allow', ONLY_PROMPTS('handover')]],
  maxTurns: [
    [0, '`maxTurns`: expected an integer ≥ 1, got `0`'],
    [1.5, '`maxTurns`: expected an integer, got `1.5`'],
    ['9', '`maxTurns`: expected a number, got `"9"`'],
    [9, ONLY_PROMPTS('maxTurns')],
  ],
  maxCost: [
    [0, '`maxCost`: expected US dollars > 0, got `0`'],
    ['$2', '`maxCost`: expected a number, got `"$2"`'],
    [2, ONLY_PROMPTS('maxCost')],
  ],
  follows: [
    ['12', '`follows`: expected the number of an earlier prompt, such as `#12`, got `"12"`'],
    ['#0', '`follows`: expected the number of an earlier prompt, such as `#12`, got `"#0"`'],
    [12, '`follows`: expected a text, got `12`'],
    ['#12', ONLY_PROMPTS('follows')],
  ],
  shell: [
    ['yes', '`shell`: expected a boolean, got `"yes"`'],
    [true, '`shell`: only goes with a `command` given as one text'],
  ],
  arguments: [
    ['x', '`arguments`: expected an object or a list, got `"x"`'],
    [null, '`arguments`: expected an object or a list, got `null`'],
    [{}, '`arguments`: only goes with `function`; a program takes `args`'],
  ],
  id: [
    ['a b', `\`id\`: ${ID}, got \`"a b"\``],
    ['#1', `\`id\`: ${ID}, got \`"#1"\``],
    [3, '`id`: expected a text, got `3`'],
  ],
  name: [['', `\`name\`: ${NOT_EMPTY}, got \`""\``], [7, '`name`: expected a text, got `7`']],
  args: [
    ['x', '`args`: expected a list, got `"x"`'],
    [['a', true], '`args[1]`: expected a text or a number, got `true`'],
    [[{}], '`args[0]`: expected a text or a number, got `{}`'],
  ],
  cwd: [
    [4, '`cwd`: expected a text, got `4`'],
    ['nowhere', '`cwd`: there is no folder `/lab/nowhere`'],
    ['/out', '`cwd`: `/out` lies outside the workspace (/lab); open its folder, or move it into the workspace'],
  ],
  env: [
    ['A=1', '`env`: expected an object, got `"A=1"`'],
    [[], '`env`: expected an object, got `[]`'],
    [{ A: 1 }, '`env.A`: expected a text, got `1`'],
  ],
  type: [
    ['simulatoin', '`type`: unknown type `simulatoin`; did you mean `simulation`?'],
    ['gpu', '`type`: unknown type `gpu`; known are `blender_task`, `simulation`, `analysis`, `utility`'],
    [3, '`type`: expected a text, got `3`'],
  ],
  priority: [
    ['urgent', '`priority`: expected a number (lower runs first), `high`, `normal` or `low`, got `"urgent"`'],
    [true, '`priority`: expected a number or a text, got `true`'],
    [null, '`priority`: expected a number or a text, got `null`'],
  ],
  role: [['', `\`role\`: ${NOT_EMPTY}, got \`""\``], [1, '`role`: expected a text, got `1`']],
  agent: [
    ['a b', '`agent`: expected letters, digits, `_`, `-` and `.`, such as `AI_Agent_1`, got `"a b"`'],
    ['../up', '`agent`: expected letters, digits, `_`, `-` and `.`, such as `AI_Agent_1`, got `"../up"`'],
    ['..', '`agent`: expected a name, not only dots, got `".."`'],
    [1, '`agent`: expected a text, got `1`'],
  ],
  files: [
    ['x', '`files`: expected a list, got `"x"`'],
    [['a', 1], '`files[1]`: expected a text or an object, got `1`'],
    [[''], `\`files[0]\`: ${NOT_EMPTY}, got \`""\``],
    [[{ path: 'x' }], `\`files[0].mode\`: ${MODE}, got nothing`],
    [[{ path: 'x', mode: 'rw' }], `\`files[0].mode\`: ${MODE}, got \`"rw"\``],
    [[{ path: 'x', mode: 'read', lock: 1 }], '`files[0].lock`: unknown field; known are `path`, `mode`'],
    [[{ path: 'x', mod: 'read' }], `\`files[0].mode\`: ${MODE}, got nothing`, '`files[0].mod`: unknown field; did you mean `mode`?'],
  ],
  after: [['x', '`after`: expected a list, got `"x"`'], [['a', 1], '`after[1]`: expected a text, got `1`']],
  timeout: [
    [-5, '`timeout`: expected a number ≥ 0, got `-5`'],
    [0, '`timeout`: expected a duration > 0, got `0`'],
    ['0s', '`timeout`: expected a duration > 0, got `"0s"`'],
    ['-5s', `\`timeout\`: ${DURATION}, got \`"-5s"\``],
    ['soon', `\`timeout\`: ${DURATION}, got \`"soon"\``],
    [true, '`timeout`: expected a number or a text, got `true`'],
  ],
  retries: [
    [-1, '`retries`: expected an integer ≥ 0, got `-1`'],
    [1.5, '`retries`: expected an integer, got `1.5`'],
    ['2', '`retries`: expected a number, got `"2"`'],
  ],
  backoff: [[-1, '`backoff`: expected a number ≥ 0, got `-1`'], ['x', `\`backoff\`: ${DURATION}, got \`"x"\``]],
  cpu: [
    [0, '`cpu`: expected a number of cores > 0, got `0`'],
    [-1, '`cpu`: expected a number of cores > 0, got `-1`'],
    ['2', '`cpu`: expected a number, got `"2"`'],
  ],
  memory: [[-1, '`memory`: expected a number ≥ 0, got `-1`'], ['much', `\`memory\`: ${SIZE}, got \`"much"\``]],
  memoryLimit: [
    [0, '`memoryLimit`: expected a size > 0, got `0`'],
    ['0 MB', '`memoryLimit`: expected a size > 0, got `"0 MB"`'],
    [[], '`memoryLimit`: expected a number or a text, got `[]`'],
  ],
  tags: [['x', '`tags`: expected a list, got `"x"`'], [[' '], '`tags[0]`: expected a text that is not empty, got `" "`']],
  artifacts: [['x', '`artifacts`: expected a list, got `"x"`'], [[1], '`artifacts[0]`: expected a text, got `1`']],
  interactive: [['yes', '`interactive`: expected a boolean, got `"yes"`']],
  startAt: [
    ['tomorrow', '`startAt`: expected a time such as `2030-01-31T08:00:00Z`, got `"tomorrow"`'],
    ['2030-13-31T08:00:00Z', '`startAt`: expected a time such as `2030-01-31T08:00:00Z`, got `"2030-13-31T08:00:00Z"`'],
    [5, '`startAt`: expected a text, got `5`'],
  ],
  expect: [
    ['fail', '`expect`: expected `succeeded` or `failed` or an object, got `"fail"`'],
    [3, '`expect`: expected `succeeded` or `failed` or an object, got `3`'],
    [{ exitCode: '3' }, '`expect.exitCode`: expected a number, got `"3"`'],
    [{ exitCode: 1.5 }, '`expect.exitCode`: expected an integer, got `1.5`'],
    [{ exitcode: 3 }, '`expect.exitCode`: expected a number, got nothing', '`expect.exitcode`: unknown field; did you mean `exitCode`?'],
  ],
  ifMissing: [['ignore', '`ifMissing`: expected `fail` or `skip`, got `"ignore"`'], [true, '`ifMissing`: expected `fail` or `skip`, got `true`']],
  interpreter: [['', `\`interpreter\`: ${NOT_EMPTY}, got \`""\``], [3, '`interpreter`: expected a text, got `3`']],
};

function problems(value: unknown): string[] {
  const spec = parseSpec(value, lab);
  return spec.ok ? [] : spec.error.map(formatProblem);
}

for (const [field, cases] of Object.entries(WRONG)) {
  const work = ['script', 'blender', 'function', 'command', 'prompt'].includes(field) ? {} : { script: 'a.py' };
  for (const [value, ...said] of cases) {
    test(`\`${field}\` as ${JSON.stringify(value)} is refused by name, with the value and what to write instead`, () => {
      assert.deepEqual(problems({ ...work, [field]: value }), said);
    });
  }
}

test('each field has a wrong value in this table', () => assert.deepEqual(Object.keys(WRONG).sort(), [...SPEC_FIELDS].sort()));

test('everything that is wrong with a spec is told at once', () => {
  assert.deepEqual(problems({ script: 'none.py', cwd: 'nowhere', type: 'gpu' }), [
    '`cwd`: there is no folder `/lab/nowhere`',
    '`script`: there is no file `/lab/none.py`',
    '`type`: unknown type `gpu`; known are `blender_task`, `simulation`, `analysis`, `utility`',
  ]);
});

const ONE_OF: readonly (readonly [unknown, string])[] = [
  [{}, '`script`: missing: a task needs one of `script`, `blender`, `function`, `command`, `prompt` or `runner`'],
  [{ script: 'a.py', command: ['x'] }, '`command`: a task has only one of `script` and `command`'],
  [{ script: 'a.py', blender: 'a.py', command: ['x'] }, '`blender`: a task has only one of `script` and `blender` and `command`'],
];
for (const [value, said] of ONE_OF) test(`${JSON.stringify(value)} does not say what to do in just one way`, () => assert.deepEqual(problems(value), [said]));

for (const value of [null, 'a.py', 3, [], undefined]) {
  test(`${JSON.stringify(value)} is no spec`, () => {
    assert.deepEqual(problems(value), [`expected an object, got ${value === undefined ? 'nothing' : `\`${JSON.stringify(value)}\``}`]);
  });
}

test('a file that is neither a script nor a program is refused with the ways out', () => {
  const [problem, ...others] = problems({ script: 'notes.txt' });
  assert.match(problem!, /^`script`: `\/lab\/notes\.txt` is no script; scripts end in `\.py`, .*`chmod \+x`\), or give a `command`/);
  assert.deepEqual([others, problems({ script: 'render.txt' })], [[], []]);
});

test('a command without a program is refused', () => {
  for (const command of [[''], [' ', 'x']]) assert.deepEqual(problems({ command }), [`\`command\`: expected the program first, got \`${JSON.stringify(command)}\``]);
});

test('a value that is shown is cut short when it is long', () => {
  assert.deepEqual(problems({ script: 'a.py', args: 'x'.repeat(1000) }), [`\`args\`: expected a list, got \`"${'x'.repeat(56)}…\``]);
});

test('a value that no JSON has is told by its kind', () => {
  const circle: Record<string, unknown> = {};
  circle.itself = circle;
  const given: readonly unknown[] = [10n, Symbol('script'), circle];
  assert.deepEqual(given.map((script) => problems({ script })), [['`script`: expected a text, got `bigint`'], ['`script`: expected a text, got `symbol`'], ['`script`: expected a text, got `object`']]);
});

for (const field of SPEC_FIELDS) {
  const swapped = field.length > 2 ? field[0]! + field[2]! + field[1]! + field.slice(3) : field;
  const misspelt = [...new Set([swapped, field.slice(0, -1), `${field}s`, field.toUpperCase()])].filter((word) => !SPEC_FIELDS.includes(word));
  for (const word of misspelt) {
    test(`the misspelt field \`${word}\` is answered with \`${field}\` or one as near`, () => {
      const [problem] = problems({ script: 'a.py', [word]: 1 });
      const suggested = /unknown field; did you mean `(\w+)`\?$/.exec(problem ?? '')?.[1];
      assert.ok(suggested !== undefined, problem);
      if (suggested !== field) assert.equal(Math.abs(suggested.length - word.length) <= 1, true, `${word}: ${suggested}`);
    });
  }
}

test('a field that is like none is answered with all there are', () => {
  assert.deepEqual(problems({ script: 'a.py', colour: 1 }), [`\`colour\`: unknown field; known are ${SPEC_FIELDS.map((name) => `\`${name}\``).join(', ')}`]);
});
