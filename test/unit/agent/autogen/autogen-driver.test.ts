import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { AutogenDriver } from '../../../../src/agent/autogen/autogen-driver.ts';
import { diskFiles } from '../../../../src/agent/tools/text-files.ts';
import type { AgentEvidence } from '../../../../src/core/model/agents/agent-evidence.ts';
import type { AgentRequest } from '../../../../src/core/model/agents/agent-request.ts';
import { DEFAULT_AGENT_SETTINGS, type AgentSettings } from '../../../../src/core/model/agents/agent-settings.ts';
import { systemProcessTable } from '../../../../src/core/process/system-process-table.ts';
import { RecordedTurn, type RecordedTurnOptions } from '../../../support/agents/recorded-turn.ts';
import { scriptedPython } from '../../../support/agents/scripted-python.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { until } from '../../../support/until.ts';

const END = `tell({ type: 'end', evidence: { type: 'completed' }, answer: 'Done.' });`;

interface Setup {
  readonly folder: string;
  readonly turn: RecordedTurn;
  readonly run: () => Promise<AgentEvidence>;
}

function setUp(t: TestContext, program: string, { env = {}, autogen = {}, request = {}, ...more }: { readonly env?: NodeJS.ProcessEnv; readonly autogen?: Partial<AgentSettings['autogen']>; readonly request?: Partial<AgentRequest>; readonly refuse?: NonNullable<RecordedTurnOptions['refuse']> } = {}): Setup {
  const folder = tempFolder(t);
  const workspace = path.join(folder, 'workspace');
  mkdirSync(workspace);
  const settings = { ...DEFAULT_AGENT_SETTINGS, autogen: { ...DEFAULT_AGENT_SETTINGS.autogen, model: 'standin', ...autogen } };
  const turn = new RecordedTurn({ workspace, agent: 'autogen', settings, request: { program, ...request }, ...more });
  const driver = new AutogenDriver({ folder, env: { PATH: process.env.PATH, ...env }, files: diskFiles, queue: undefined });
  return { folder, turn, run: () => driver.run(turn) };
}

/** What the program was told, as it left it in its working folder. */
function told(turn: RecordedTurn): Record<string, unknown> {
  return JSON.parse(readFileSync(path.join(turn.request.cwd, 'start.json'), 'utf8')) as Record<string, unknown>;
}

const KEEP_START = `require('node:fs').writeFileSync('start.json', JSON.stringify(await next()));`;

test('the prompt goes to the program with all that it needs, but the key', async (t) => {
  const { turn, run, folder } = setUp(t, scriptedPython(t, `${KEEP_START} ${END}`), { env: { MY_KEY: 'sk-secret' }, autogen: { keyVariable: 'MY_KEY', baseUrl: 'http://127.0.0.1:1/v1' }, request: { maxTurns: 7 } });
  assert.deepEqual(await run(), { type: 'completed' });
  const { tools, system, ...start } = told(turn);
  assert.deepEqual(start, { type: 'start', prompt: 'Do it.', model: 'standin', base_url: 'http://127.0.0.1:1/v1', key_variable: 'MY_KEY', max_turns: 7, state_file: path.join(folder, 'autogen-state.json') });
  assert.deepEqual((tools as { name: string }[]).map(({ name }) => name), ['list_files', 'read_file', 'search_files', 'edit_file', 'write_file', 'run_command']);
  assert.match(system as string, /workspace/);
  assert.ok(!JSON.stringify([turn.events, turn.lines, told(turn)]).includes('sk-secret'));
  assert.equal(turn.answer, 'Done.');
});

test('settings come before the environment, the prompt before settings', async (t) => {
  const program = scriptedPython(t, `${KEEP_START} ${END}`);
  const env = { OPENAI_BASE_URL: 'http://env/v1', OPENAI_MODEL: 'of-env' };
  const of = async (options: Parameters<typeof setUp>[2]): Promise<readonly unknown[]> => {
    const { turn, run } = setUp(t, program, options);
    await run();
    const { model, base_url } = told(turn);
    return [model, base_url];
  };
  assert.deepEqual(await of({ env, autogen: { model: '' } }), ['of-env', 'http://env/v1']);
  assert.deepEqual(await of({ env, autogen: { baseUrl: 'http://set/v1' } }), ['standin', 'http://set/v1']);
  assert.deepEqual(await of({ env, request: { model: 'wanted' } }), ['wanted', 'http://env/v1']);
});

test('tools are carried out here, and what they say goes back', async (t) => {
  const body = `
    await next();
    tell({ type: 'ready', flavour: 'AutoGen 0.4+', version: '0.7.5', model: 'standin' });
    tell({ type: 'text', text: 'I write. ' });
    tell({ type: 'tool_call', id: '1', name: 'write_file', input: { path: 'a.txt', content: 'hello\\n' } });
    const first = await next();
    tell({ type: 'event', event: { source: 'agent' } });
    tell({ type: 'turn', turns: 1, input_tokens: 10, output_tokens: 2 });
    tell({ type: 'session' });
    tell({ type: 'tool_call', id: '2', name: 'write_file', input: { path: 'locked.txt', content: '' } });
    const second = await next();
    tell({ type: 'end', evidence: { type: 'completed' }, answer: JSON.stringify([first, second]) });`;
  const { turn, run } = setUp(t, scriptedPython(t, body), { refuse: (writes) => (writes[0]?.endsWith('locked.txt') === true ? 'somebody has it' : undefined) });
  assert.deepEqual(await run(), { type: 'completed' });
  assert.deepEqual(JSON.parse(turn.answer!), [
    { type: 'tool_result', id: '1', text: 'Made a.txt, 1 line.', is_error: false },
    { type: 'tool_result', id: '2', text: 'Refused: somebody has it', is_error: true },
  ]);
  assert.equal(readFileSync(path.join(turn.request.workspace, 'a.txt'), 'utf8'), 'hello\n');
  assert.deepEqual(turn.lines, ['(AutoGen 0.4+ 0.7.5, model standin)', 'Write a.txt', '= Made a.txt, 1 line.', 'Write locked.txt', 'refused Write: somebody has it']);
  assert.deepEqual([turn.said, turn.model, turn.events, turn.usage.turns, turn.usage.inputTokens, turn.usage.outputTokens, turn.refusals.length], ['I write. ', 'standin', [{ source: 'agent' }], 1, 10, 2, 1]);
  assert.match(turn.session!, /^[\da-f-]{36}$/);
});

test('every kind of evidence comes through', async (t) => {
  const kinds: readonly AgentEvidence[] = [
    { type: 'rateLimited', until: 1_800_000_000_000 },
    { type: 'notLoggedIn' },
    { type: 'overloaded', status: 503 },
    { type: 'unreachable' },
    { type: 'refused', why: 'the service\'s content filter' },
    { type: 'budget', limit: 'turns' },
    { type: 'failed', message: 'HTTP 404' },
    { type: 'notInstalled', program: 'AutoGen' },
  ];
  for (const evidence of kinds) {
    const { run } = setUp(t, scriptedPython(t, `tell({ type: 'end', evidence: ${JSON.stringify(evidence)} });`));
    assert.deepEqual(await run(), evidence);
  }
  const { run } = setUp(t, scriptedPython(t, `tell({ type: 'end', evidence: { type: 'rateLimited', until: null } });`));
  assert.deepEqual(await run(), { type: 'rateLimited', until: undefined });
});

test('a program that is missing, or ends without a word, is told', async (t) => {
  assert.deepEqual(await setUp(t, '/no/such/python').run(), { type: 'notInstalled', program: '/no/such/python' });
  assert.deepEqual(await setUp(t, scriptedPython(t, 'process.exit(3);')).run(), { type: 'crashed', message: 'the Python program of AutoGen ended early: exit code 3' });
  assert.deepEqual(await setUp(t, scriptedPython(t, `process.kill(process.pid, 'SIGKILL'); await next(); await next();`)).run(), { type: 'crashed', message: 'the Python program of AutoGen ended early: ended by SIGKILL' });
  assert.deepEqual(await setUp(t, '/no/such/python', { autogen: { model: '' } }).run(), { type: 'failed', message: 'no model is chosen for AutoGen; set `parallelWorkflow.agents.autogen.model`, or name one in the prompt' });
});

test('the end of the run is asked for, and seen to where nobody listens', async (t) => {
  const polite = setUp(t, scriptedPython(t, `await next(); require('node:fs').writeFileSync('began', ''); const { type } = await next(); tell({ type: 'end', evidence: { type: 'crashed', message: type } });`));
  const first = polite.run();
  await until('the program to begin', () => existsSync(path.join(polite.turn.request.cwd, 'began')));
  polite.turn.end();
  assert.deepEqual(await first, { type: 'crashed', message: 'cancel' });

  const deaf = setUp(t, scriptedPython(t, `process.on('SIGTERM', () => {}); const { spawn } = require('node:child_process');
    const far = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
    require('node:fs').writeFileSync('pids', process.pid + ' ' + far.pid + '\\n'); setInterval(() => {}, 1000); await new Promise(() => {});`));
  const second = deaf.run();
  const file = path.join(deaf.turn.request.cwd, 'pids');
  const pids = await until('the program to begin', () => (existsSync(file) && readFileSync(file, 'utf8').endsWith('\n') ? readFileSync(file, 'utf8').trim().split(' ').map(Number) : undefined));
  deaf.turn.end();
  assert.deepEqual(await second, { type: 'crashed', message: 'the Python program of AutoGen ended early: ended by SIGKILL' });
  assert.deepEqual(await Promise.all(pids.map((pid) => systemProcessTable().startOf(pid))), [undefined, undefined]);
});

test('a conversation is gone on with where it was kept, and told again where it was not', async (t) => {
  const program = scriptedPython(t, `${KEEP_START} tell({ type: 'session' }); ${END}`);
  const earlier = tempFolder(t);
  const request = { resume: true, earlier: [{ agent: 'autogen', session: 'the-session', folder: earlier, isOther: true }] } as const;
  writeFileSync(path.join(earlier, 'stdout'), 'I have counted to three.\n');
  const lost = setUp(t, program, { request });
  await lost.run();
  assert.match(told(lost.turn).prompt as string, /I have counted to three\./);
  assert.notEqual(lost.turn.session, 'the-session');
  writeFileSync(path.join(earlier, 'autogen-state.json'), '{}');
  const kept = setUp(t, program, { request });
  await kept.run();
  assert.deepEqual([told(kept.turn).prompt, told(kept.turn).earlier_state, kept.turn.session], ['Do it.', path.join(earlier, 'autogen-state.json'), 'the-session']);
});

test('commands of the agent do not see its key', async (t) => {
  const body = `await next(); tell({ type: 'tool_call', id: '1', name: 'run_command', input: { shell: 'echo "\${MY_KEY-none}"' } });
    const { text } = await next(); tell({ type: 'end', evidence: { type: 'completed' }, answer: text + process.env.MY_KEY });`;
  const { turn, run } = setUp(t, scriptedPython(t, body), { env: { MY_KEY: 'sk-secret' }, autogen: { keyVariable: 'MY_KEY' } });
  await run();
  assert.equal(turn.answer, 'none\nExit code 0.sk-secret', 'the program has it');
});
