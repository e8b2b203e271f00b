import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TaskSpec } from '../../../../src/core/model/spec.ts';
import { parseBatch } from '../../../../src/core/spec/parse-batch.ts';
import { parseSpec } from '../../../../src/core/spec/parse-spec.ts';
import { formatProblem } from '../../../../src/core/spec/problem.ts';
import { readPromptFile } from '../../../../src/core/spec/prompt-file.ts';
import type { SpecContext } from '../../../../src/core/spec/spec-context.ts';
import { lab } from './lab-context.ts';

function spec(value: unknown, context: SpecContext = lab): TaskSpec {
  const parsed = parseSpec(value, context);
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return parsed.value;
}

function problems(value: unknown, context: SpecContext = lab): string[] {
  const parsed = parseSpec(value, context);
  return parsed.ok ? [] : parsed.error.map(formatProblem);
}

/** The lab with this text in `tools/review.prompt.md`. */
async function withFile(text: string): Promise<SpecContext> {
  const path = '/lab/tools/review.prompt.md';
  const file = await readPromptFile(text, path, 'tools/review.prompt.md');
  return { ...lab, isFile: (name) => name === path || lab.isFile(name), promptFile: (name) => (name === path ? file : undefined) };
}

const inFile = { script: 'tools/review.prompt.md' };

test('a prompt with nothing else gets every default and waits for an agent to be found', () => {
  assert.deepEqual(spec({ prompt: 'Fix the\nbug' }), {
    name: 'Fix the bug', work: { kind: 'prompt', prompt: 'Fix the\nbug', agent: 'auto', context: [] }, args: [], cwd: '/lab', env: {}, type: 'prompt', priority: 5, files: [], after: [],
    retries: 0, backoffMs: 1000, artifacts: [], interactive: false, expect: { type: 'succeeded' }, ifMissing: 'fail',
  });
});

test('a prompt with everything keeps everything; what it reads is shared, what it changes is its own', () => {
  const given = { prompt: 'Go on', agent: 'autogen', model: 'gpt-5', context: ['a.py', 'tools', 'b.py', 'a.py'], files: ['b.py', 'out/**'], handover: 'never', maxTurns: 7, maxCost: 1.5, follows: '#12', priority: 'low' };
  const { work, files, type, agent, priority } = spec(given);
  assert.deepEqual(
    { work, files, type, agent, priority },
    {
      work: { kind: 'prompt', prompt: 'Go on', agent: 'autogen', context: ['/lab/a.py', '/lab/tools', '/lab/b.py', '/lab/a.py'], model: 'gpt-5', handover: 'never', maxTurns: 7, maxCost: 1.5, follows: 12 },
      files: [{ path: '/lab/b.py', mode: 'write' }, { path: '/lab/out', mode: 'write', glob: '**' }, { path: '/lab/a.py', mode: 'read' }, { path: '/lab/tools', mode: 'read' }],
      type: 'prompt', agent: undefined, priority: 9,
    },
  );
});

const WRONG: readonly (readonly [given: object, ...said: string[]])[] = [
  [{ agent: 'AI_Agent_1' }, '`agent`: a prompt is carried out by `auto`, `claude`, `autogen`, `vscode`, not by `AI_Agent_1`'],
  [{ agent: 'cluade' }, '`agent`: a prompt is carried out by `auto`, `claude`, `autogen`, `vscode`, not by `cluade`; did you mean `claude`?'],
  [{ type: 'analysis' }, '`type`: does not go with a prompt: which agent carries it out decides that'],
  [{ interpreter: 'python3' }, '`interpreter`: does not go with a prompt: which agent carries it out decides that'],
  [{ args: ['x'], interactive: true }, '`args`: only goes with a program, not with a prompt', '`interactive`: only goes with a program, not with a prompt'],
  [{ context: ['a.py', 'none.md'] }, '`context[1]`: there is no file or folder `/lab/none.md`'],
  [{ script: 'a.py' }, '`prompt`: a task has only one of `script` and `prompt`'],
];
for (const [given, ...said] of WRONG) test(`a prompt with ${JSON.stringify(given)} is refused by name`, () => assert.deepEqual(problems({ prompt: 'Go', ...given }), said));

test('defaults of a batch that prompts have no use for are left aside, and those of prompts by the other tasks', () => {
  const batch = parseBatch({ defaults: { type: 'analysis', args: ['x'], interactive: true, model: 'sonnet', maxTurns: 3 }, tasks: [{ script: 'a.py' }, { prompt: 'Go' }] }, lab, 'Both');
  assert.ok(batch.ok, JSON.stringify(batch));
  const [script, prompt] = batch.value.tasks;
  assert.deepEqual([script!.type, script!.args, script!.interactive, script!.work], ['analysis', ['x'], true, { kind: 'script', path: '/lab/a.py' }]);
  assert.deepEqual([prompt!.type, prompt!.args, prompt!.interactive, prompt!.work], ['prompt', [], false, { kind: 'prompt', prompt: 'Go', agent: 'auto', context: [], model: 'sonnet', maxTurns: 3 }]);
});

test('a prompt file says all that a prompt can say, with paths from its own folder', async () => {
  const context = await withFile(
    ['\ufeff---', 'name: Careful review', 'agent: claude', 'model: sonnet', 'files:', '  - mesh.py', '  - path: ../b.py', '    mode: read', 'context: [mesh.mjs]', 'role: project_management', 'priority: high', 'after: ["#3"]', 'budget: 2.5',
      'maxTurns: 9', 'handover: never', 'cwd: .', 'timeout: 5m', 'description: For the chat', 'tools: [edit]', '---', '', 'Review it.', '', '---', 'Carefully.', ''].join('\r\n'),
  );
  const { name, work, files, role, priority, after, cwd, timeoutMs } = spec(inFile, context);
  assert.deepEqual(
    { name, work, files, role, priority, after, cwd, timeoutMs },
    {
      name: 'Careful review',
      work: { kind: 'prompt', prompt: 'Review it.\n\n---\nCarefully.', agent: 'claude', context: ['/lab/tools/mesh.mjs'], file: '/lab/tools/review.prompt.md', model: 'sonnet', handover: 'never', maxTurns: 9, maxCost: 2.5 },
      files: [{ path: '/lab/tools/mesh.py', mode: 'write' }, { path: '/lab/b.py', mode: 'read' }, { path: '/lab/tools/mesh.mjs', mode: 'read' }],
      role: 'project_management', priority: 1, after: ['#3'], cwd: '/lab/tools', timeoutMs: 300_000,
    },
  );
});

test('what a task says itself comes before its prompt file, and that before the defaults of its batch', async () => {
  const context = await withFile('---\nmodel: sonnet\npriority: 3\nenv: {A: file, B: file}\n---\nGo');
  const batch = parseBatch({ defaults: { model: 'haiku', maxTurns: 4, env: { A: 'batch', C: 'batch' } }, tasks: [{ ...inFile, priority: 1, env: { B: 'own' } }] }, context, 'b');
  assert.ok(batch.ok, JSON.stringify(batch));
  const { name, priority, env, work } = batch.value.tasks[0]!;
  assert.deepEqual([name, priority, env], ['review', 1, { A: 'file', B: 'own', C: 'batch' }]);
  assert.deepEqual(work, { kind: 'prompt', prompt: 'Go', agent: 'auto', context: [], file: '/lab/tools/review.prompt.md', model: 'sonnet', maxTurns: 4 });
});

test('a prompt file needs no front matter', async () => {
  assert.deepEqual(spec(inFile, await withFile('\n\nGo on.\n')).work, { kind: 'prompt', prompt: 'Go on.', agent: 'auto', context: [], file: '/lab/tools/review.prompt.md' });
});

const AT = 'tools/review.prompt.md';
const WRONG_FILES: readonly (readonly [why: string, text: string, ...said: string[]])[] = [
  ['front matter without an end', '---\nagent: claude\n', `${AT}:1: the front matter that begins here has no end; close it with a line \`---\``],
  ['no prompt', '---\nagent: claude\n---\n\n', `${AT}:3: there is no prompt; write it below the front matter`],
  ['what is not YAML', '---\nname: x\nagent: "claude\n---\nGo', `${AT}:3: not valid YAML: Missing closing "quote`],
  ['a list', '---\n- claude\n---\nGo', `${AT}:2: not valid YAML: expected lines such as \`agent: claude\``],
  ['what contains itself', '---\nname: &x {y: *x}\n---\nGo', `${AT}:2: not valid YAML: Converting circular structure`],
  ['too much before its prompt', `---\n${Array.from({ length: 300_000 }, (_, n) => `k${n}: v\n`).join('')}---\nGo`, `${AT}:2: not valid YAML: it is too long (`],
  ['a misspelt field', '---\nname: x\n\nmodle: sonnet\n---\nGo', `${AT}:4: \`modle\`: unknown field; did you mean \`model\`?`],
  ['wrong values', '---\nmaxTurns: many\nfiles:\n  - a.py\n  - path: b.py\n    mode: rw\n---\nGo', `${AT}:6: \`files[1].mode\`: expected \`read\` or \`write\`, got \`"rw"\``, `${AT}:2: \`maxTurns\`: expected a number, got \`"many"\``],
  ['an unknown agent', '---\nname: x\nagent: agent\n---\nGo', `${AT}:3: \`agent\`: a prompt is carried out by \`auto\`, \`claude\`, \`autogen\`, \`vscode\`, not by \`agent\``],
  ['context that is not there', '---\ncontext:\n  - mesh.py\n  - none.md\n---\nGo', `${AT}:4: \`context[1]\`: there is no file or folder \`/lab/tools/none.md\``],
  ['both words for its cost', '---\nmaxCost: 1\nbudget: 2\n---\nGo', `${AT}:3: \`budget\`: means the same as \`maxCost\`; write one of the two`],
  ['a field of scripts', '---\ninterpreter: python3\n---\nGo', `${AT}:2: \`interpreter\`: unknown field; known are`],
];
for (const [why, text, ...said] of WRONG_FILES) {
  test(`a prompt file with ${why} is refused by its line`, async () => {
    const told = problems(inFile, await withFile(text));
    assert.equal(told.length, said.length, told.join('\n'));
    said.forEach((start, index) => assert.ok(told[index]!.startsWith(start), told[index]));
  });
}

test('what a task says itself is wrong at the task, not in its prompt file', async () => {
  assert.deepEqual(problems({ ...inFile, agent: 'me' }, await withFile('---\nagent: claude\n---\nGo')), ['`agent`: a prompt is carried out by `auto`, `claude`, `autogen`, `vscode`, not by `me`']);
});

test('a prompt file that is not there is missed like any script', () => {
  assert.deepEqual(problems({ script: 'none.prompt.md' }), ['`script`: there is no file `/lab/none.prompt.md`']);
});
