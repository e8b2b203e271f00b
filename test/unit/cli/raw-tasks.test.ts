import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseOptions } from '../../../src/cli/parse-options.ts';
import { commandLineRequest } from '../../../src/cli/submit/command-line-request.ts';
import { SPEC_OPTIONS } from '../../../src/cli/submit/spec-options.ts';
import { SPEC_FIELDS } from '../../../src/core/spec/raw-spec.ts';

const request = (...words: readonly string[]) => commandLineRequest(parseOptions(words, SPEC_OPTIONS, 'run'), '/lab', 'run');

void test('each file becomes a task with the same wishes', () => {
  const words = [
    'a.py', 'b.py', '--type', 'simulation', '--priority', 'high', '--timeout', '90s', '--retries', '2', '--cpu', '1.5', '--memory', '512MB', '--memory-limit', '1000', '--cwd', 'sub',
    '--file', 'out.json', '--file', 'read:in.csv', '--env', 'A=1=2', '--after', '12', '--agent', 'AI_Agent_1', '--role', 'r', '--start-at', '2030-01-01T00:00:00Z', '--interactive', '--arg', 'x', '--', '-y',
  ];
  const common = {
    type: 'simulation', priority: 'high', cwd: 'sub', env: { A: '1=2' }, files: ['out.json', { path: 'in.csv', mode: 'read' }], after: ['#12'], agent: 'AI_Agent_1', role: 'r', timeout: '90s', retries: 2,
    cpu: 1.5, memory: '512MB', memoryLimit: 1000, startAt: '2030-01-01T00:00:00Z', interactive: true, args: ['x', '-y'],
  };
  assert.deepEqual(request(...words).request('/w'), { workspace: '/w', base: '/lab', name: 'a.py and 1 more', tasks: [{ ...common, script: 'a.py' }, { ...common, script: 'b.py' }], confine: false });
});

void test('a command stands behind the dashes, with its own options', () => {
  const { tasks, name } = request('--timeout', '-5', '--', 'make', '--jobs', '4').request('/w');
  assert.deepEqual(tasks, [{ command: ['make', '--jobs', '4'], timeout: -5 }]);
  assert.equal(name, 'make --jobs 4');
});

void test('a prompt stands alone, with what it may say', () => {
  const words = ['--prompt', 'Add tests\nfor it', '--agent', 'claude', '--model', 'sonnet', '--context', 'a.md', '--context', 'src', '--handover', 'never', '--max-turns', '9', '--max-cost', '1.5', '--follows', '12', '--file', 'b.py'];
  const task = { prompt: 'Add tests\nfor it', agent: 'claude', model: 'sonnet', context: ['a.md', 'src'], handover: 'never', maxTurns: 9, maxCost: 1.5, follows: '#12', files: ['b.py'] };
  assert.deepEqual(request(...words).request('/w'), { workspace: '/w', base: '/lab', name: 'Add tests for it', tasks: [task], confine: false });
});

void test('only fields that a spec has are ever written', () => {
  const [task] = request('a.py', '--name', 'n', '--arg', 'x', '--file', 'f', '--env', 'A=b', '--interactive', '--max-cost', '2').request('/w').tasks;
  assert.deepEqual(Object.keys(task as object).filter((field) => !SPEC_FIELDS.includes(field)), []);
});

void test('problems are told by option or script, each once', () => {
  const told = request('a.py', 'b.py').describe([
    { where: 'tasks[0].memoryLimit', message: 'm' },
    { where: 'tasks[1].memoryLimit', message: 'm' },
    { where: 'tasks[1].script', message: 'there is no file' },
    { where: 'tasks[0].files[1].path', message: 'f' },
    { where: 'tasks[0].maxTurns', message: 't' },
    { where: 'agent', message: 'a', place: 'b.prompt.md:2' },
    { where: 'tasks[0].command', message: 'c' },
    { where: '', message: 'w' },
  ]);
  assert.deepEqual(told, ['--memory-limit: m', 'b.py: there is no file', '--file: f', '--max-turns: t', 'b.prompt.md:2: `agent`: a', '`tasks[0].command`: c', 'w']);
});

const WRONG: readonly (readonly [words: readonly string[], message: RegExp])[] = [
  [[], /Expected a script, a command or a prompt/],
  [['--'], /Expected a script, a command or a prompt/],
  [['a.py', '--prompt', 'x'], /`--prompt` stands alone; give the agent files to read with `--context FILE`/],
  [['--prompt', 'x', '--', 'make'], /`--prompt` stands alone/],
  [['a.py', '--env', 'FOO'], /Expected `--env` to be NAME=TEXT, got `FOO`/],
  [['x.parallel.json'], /is a batch file; use `parallel-workflow batch x.parallel.json`/],
];

for (const [words, message] of WRONG) void test(`\`run ${words.join(' ')}\` is refused`, () => assert.throws(() => request(...words), message));
