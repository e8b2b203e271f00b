import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test, type TestContext } from 'node:test';
import type { WritingCall } from '../../src/agent/agent-driver.ts';
import type { AgentEvidence } from '../../src/core/model/agents/agent-evidence.ts';
import { ClaudeLab } from '../support/agents/claude-lab.ts';
import type { ClaudeScenario, FakeStep } from '../support/agents/claude-scenario.ts';
import { lives } from '../support/engines/cli-lab.ts';
import { until } from '../support/until.ts';

const POSIX = { skip: process.platform === 'win32' };
const INIT: FakeStep = { do: 'init' };
const DONE: FakeStep = { do: 'result' };
const RESETS_AT = 1_900_000_000;

/** How the program ends, and what that is evidence of. */
const ENDS: readonly (readonly [name: string, scenario: ClaudeScenario | readonly FakeStep[], evidence: AgentEvidence])[] = [
  ['it comes to its end', [INIT, { do: 'say', text: 'Hello.' }, DONE], { type: 'completed' }],
  ['401: the result says success and is an error', failed({ api_error_status: 401 }, 'authentication_failed'), { type: 'notLoggedIn' }],
  ['no credentials: the same without a status', failed({ api_error_status: null }, 'authentication_failed'), { type: 'notLoggedIn' }],
  ['429 with a reset', [INIT, { do: 'emit', message: { type: 'rate_limit_event', rate_limit_info: { status: 'rejected', resetsAt: RESETS_AT, rateLimitType: 'five_hour' } } }, ...failed({ api_error_status: 429 }, 'rate_limit').slice(1)], { type: 'rateLimited', until: RESETS_AT * 1000 }],
  ['429 without a reset', failed({ api_error_status: 429 }, 'rate_limit'), { type: 'rateLimited', until: undefined }],
  ['500', failed({ api_error_status: 500 }, 'server_error'), { type: 'overloaded', status: 500 }],
  ['529', failed({ api_error_status: 529 }, 'server_error'), { type: 'overloaded', status: 529 }],
  ['the service refuses the connection', failed({ api_error_status: null, api_error: 'connection_failed' }, 'server_error'), { type: 'unreachable' }],
  ['404: there is no such model', failed({ api_error_status: 404 }, 'model_not_found'), { type: 'failed', message: 'its service has no model claude-fake-1; choose another one' }],
  ['400: an error of its own', failed({ api_error_status: 400, result: 'API Error: too long\nmore' }, 'unknown'), { type: 'failed', message: 'API Error: too long' }],
  ['its safeguards decline', failed({ stop_reason: 'refusal', result: 'Declined.' }, 'invalid_request'), { type: 'refused', why: 'Declined.' }],
  ['--max-turns is reached', [INIT, { do: 'result', fields: { subtype: 'error_max_turns', is_error: true, terminal_reason: 'max_turns', errors: ['Reached maximum number of turns (3)'] } }], { type: 'budget', limit: 'turns' }],
  ['--max-budget-usd is reached', [INIT, { do: 'result', fields: { subtype: 'error_max_budget_usd', is_error: true, terminal_reason: 'budget_exhausted' } }], { type: 'budget', limit: 'cost' }],
  ['a tool was denied: it ended well all the same', [INIT, { do: 'tool', name: 'Bash', input: { command: 'curl example.com' }, asks: true }, { do: 'result', fields: { permission_denials: [{ tool_name: 'Bash' }] } }], { type: 'completed' }],
  ['it defers a tool', [INIT, { do: 'result', fields: { terminal_reason: 'tool_deferred' } }], { type: 'failed', message: 'it ended early: tool_deferred' }],
  ['exit 0 without a result, as after SIGINT', [INIT, { do: 'exit', code: 0 }], { type: 'crashed', message: 'it ended without a result' }],
  ['SIGTERM from elsewhere', [INIT, { do: 'exit', code: 143 }], { type: 'crashed', message: 'it ended with code 143' }],
  ['SIGKILL', [INIT, { do: 'die', signal: 'SIGKILL' }], { type: 'crashed', message: 'it was ended by SIGKILL' }],
  ['SIGHUP', [INIT, { do: 'die', signal: 'SIGHUP' }], { type: 'crashed', message: 'it was ended by SIGHUP' }],
  ['no JSON at all, only stderr', { isEarly: true, initialize: null, runs: [[{ do: 'complain', text: 'Error: Settings file not found\n' }, { do: 'exit', code: 1 }]] }, { type: 'crashed', message: 'it ended with code 1: Error: Settings file not found' }],
  ['a startup failure with a result', { isEarly: true, initialize: null, runs: [[{ do: 'result', fields: { subtype: 'error_during_execution', is_error: true, num_turns: 0, terminal_reason: undefined, errors: ['The config file is broken.'] } }, { do: 'exit', code: 1 }]] }, { type: 'failed', message: 'The config file is broken.' }],
  ['it chooses another model than was wanted', [{ do: 'init', model: 'claude-haiku-9' }, { do: 'hang' }], { type: 'failed', message: 'it chose the model claude-haiku-9 though sonnet was wanted; correct the name' }],
];

function failed(fields: Readonly<Record<string, unknown>>, error: string): readonly FakeStep[] {
  return [INIT, { do: 'say', text: 'API Error', error }, { do: 'result', fields: { is_error: true, terminal_reason: 'api_error', ...fields } }];
}

for (const [name, scenario, evidence] of ENDS) {
  void test(`how it ended: ${name}`, POSIX, async (t) => {
    const lab = new ClaudeLab(t, scenario);
    const request = name.includes('another model') ? { request: { model: 'sonnet' } } : {};
    assert.deepEqual(await lab.run(lab.turn(request)), evidence);
  });
}

void test('a program that is not there is not installed, and one that may not be started has crashed', POSIX, async (t) => {
  const lab = new ClaudeLab(t, [DONE]);
  const missing = lab.file('no-claude');
  assert.deepEqual(await lab.run(lab.turn({ settings: lab.settings({ program: missing }) })), { type: 'notInstalled', program: missing });
  assert.deepEqual(await lab.run(lab.turn({ settings: lab.settings({ program: lab.workspace }) })), { type: 'crashed', message: `${lab.workspace} cannot be started (EACCES)` });
});

void test('a program whose hooks do not block what they cannot decide gets no prompt', POSIX, async (t) => {
  const answers: readonly Readonly<Record<string, unknown>>[] = [{ hook_on_failure_supported: false, claude_code_version: '2.0.1' }, { hooks_applied: false, claude_code_version: '2.0.1' }];
  for (const initialize of answers) {
    const lab: ClaudeLab = new ClaudeLab(t, { initialize, runs: [[INIT, DONE]] });
    assert.deepEqual(await lab.run(lab.turn()), { type: 'failed', message: 'version 2.0.1 of Claude Code cannot be kept off files in use; update it to 2.1.295 or later with `claude update`' });
    assert.ok(!lab.heard()[0]!.messages.some(({ type }) => type === 'user'));
  }
});

void test('a limit that is far off ends the turn at once, with the time of its reset', POSIX, async (t) => {
  const lab = new ClaudeLab(t, [INIT, { do: 'emit', message: { type: 'system', subtype: 'api_retry', attempt: 1, max_retries: 2, retry_delay_ms: 1_000_000, error_status: 429, error: 'rate_limit' } }, { do: 'hang' }]);
  const before = Date.now();
  const evidence = await lab.run(lab.turn());
  assert.equal(evidence.type, 'rateLimited');
  assert.ok(evidence.type === 'rateLimited' && evidence.until! >= before + 1_000_000);
});

void test('the whole turn is recorded: model, session, tokens, cost, answer', POSIX, async (t) => {
  const lab = new ClaudeLab(t, [INIT, { do: 'say', text: 'Looking.' }, { do: 'tool', name: 'Read', input: { file_path: 'a.py' }, result: 'text' }, DONE]);
  const turn = lab.turn({ prompt: 'Tidy up.' });
  assert.deepEqual(await lab.run(turn), { type: 'completed' });
  const [start] = lab.heard();
  const session = start!.args[start!.args.indexOf('--session-id') + 1];
  assert.deepEqual(
    { model: turn.model, session: turn.session, usage: turn.usage, answer: turn.answer, said: turn.said, lines: turn.lines },
    { model: 'claude-fake-1', session, usage: { turns: 1, inputTokens: 20, outputTokens: 20, costUsd: 0.25 }, answer: 'All done.', said: 'Looking.\n', lines: ['(claude-fake-1, Claude Code 2.1.329)', 'Read a.py'] },
  );
  assert.deepEqual(start!.messages.filter(({ type }) => type === 'user').map(({ message }) => message), [{ role: 'user', content: 'Tidy up.' }]);
  assert.ok(turn.events.every((event) => !(event as { type: string }).type.startsWith('control_')), 'what was agreed between programs, account included, is not kept');
});

void test('of a resumed session only what is new is counted', POSIX, async (t) => {
  const fields = { total_cost_usd: 3, modelUsage: { m: { inputTokens: 900, outputTokens: 900, costUSD: 3 } }, model_usage_since_last_result: { m: { inputTokens: 7, outputTokens: 8, costUSD: 0.5 } } };
  const lab = new ClaudeLab(t, [INIT, { do: 'result', fields }]);
  const turn = lab.turn({ request: { resume: true, earlier: [{ agent: 'claude', session: 'before', folder: '/nowhere', isOther: true }] } });
  assert.deepEqual(await lab.run(turn), { type: 'completed' });
  assert.deepEqual(turn.usage, { turns: 1, inputTokens: 7, outputTokens: 8, costUsd: 0.5 });
  const { args } = lab.heard()[0]!;
  assert.deepEqual([args[args.indexOf('--resume') + 1], args.includes('--session-id')], ['before', false]);
});

void test('a session that the program has forgotten is begun anew', POSIX, async (t) => {
  const forgotten: FakeStep = { do: 'result', fields: { subtype: 'error_during_execution', is_error: true, num_turns: 0, terminal_reason: undefined, errors: ['No conversation found'], modelUsage: {}, total_cost_usd: 0 } };
  const lab = new ClaudeLab(t, { isEarly: true, runs: [[forgotten, { do: 'exit', code: 1 }], [INIT, DONE]] });
  const turn = lab.turn({ request: { resume: true, earlier: [{ agent: 'claude', session: 'gone', folder: '/nowhere', isOther: false }] } });
  assert.deepEqual(await lab.run(turn), { type: 'completed' });
  assert.deepEqual(lab.heard().map(({ args }) => args.includes('--resume')), [true, false]);
});

void test('turns that follow by themselves belong to the run', POSIX, async (t) => {
  const lab = new ClaudeLab(t, [INIT, { do: 'result', fields: { queued_turn_count: 1, result: 'Half.' } }, { do: 'say', text: 'Going on.' }, DONE]);
  const turn = lab.turn();
  assert.deepEqual(await lab.run(turn), { type: 'completed' });
  assert.deepEqual([turn.answer, turn.said, turn.usage.turns], ['All done.', 'Going on.\n', 2]);
});

void test('events in pieces, broken lines, huge ones and unknown ones do it no harm', POSIX, async (t) => {
  const line = JSON.stringify({ type: 'assistant', message: { content: [{ type: 'text', text: 'Grüße 🐢' }] } });
  const bytes = [...Buffer.from(`${line}\n`)].map((byte) => String.fromCharCode(byte));
  const lab = new ClaudeLab(t, [
    INIT, { do: 'raw', parts: bytes, encoding: 'latin1' }, { do: 'raw', parts: ['not json\n', '{"type":\n', '[1]\n', 'null\n', '\n'] }, { do: 'huge', length: 3_000_000 },
    { do: 'emit', message: { type: 'system', subtype: 'something_new' } }, { do: 'emit', message: { type: 'assistant' } }, { do: 'emit', message: { type: 'user', message: { content: 'text' } } }, { do: 'ask', request: { subtype: 'elicitation' } }, DONE,
  ]);
  const turn = lab.turn();
  assert.deepEqual(await lab.run(turn), { type: 'completed' });
  assert.equal(turn.said, 'Grüße 🐢\n');
  assert.equal(turn.events.filter((event) => (event as { type: string }).type === 'garbage').length, 2);
});

void test('every write is asked for before it, given back after it, and told', POSIX, async (t) => {
  const lab = new ClaudeLab(t, []);
  lab.play([
    INIT,
    { do: 'tool', name: 'Write', input: { file_path: lab.file('a.py'), content: 'x' }, writes: { [lab.file('a.py')]: 'x' } },
    { do: 'tool', name: 'Edit', input: { file_path: 'b.py' }, fails: true },
    { do: 'tool', name: 'NotebookEdit', input: { notebook_path: lab.file('c.ipynb') } },
    { do: 'tool', name: 'Bash', input: { command: 'make' } },
    { do: 'tool', name: 'mcp__files__move', input: { path: 'd.txt' } },
    { do: 'tool', name: 'Read', input: { file_path: 'e.txt' } },
    DONE,
  ]);
  const turn = lab.turn();
  assert.deepEqual(await lab.run(turn), { type: 'completed' });
  assert.deepEqual(turn.guarded.map((line) => line.replace(/toolu_\d+/, '#').replaceAll(`${lab.workspace}/`, '')), [
    'before # a.py', 'after #', 'before # b.py', 'after #', 'before # c.ipynb', 'after #', 'before # unknown make', 'after #', 'before # unknown undefined', 'after #',
  ]);
  assert.equal(lab.read('a.py'), 'x');
});

void test('a refused write is not made, the agent hears why, and it is recorded once', POSIX, async (t) => {
  const lab = new ClaudeLab(t, []);
  lab.play([INIT, { do: 'tool', name: 'Write', input: { file_path: lab.file('a.py') }, writes: { [lab.file('a.py')]: 'x' } }, DONE]);
  const turn = lab.turn({ refuse: () => 'a.py is held by “Sweep 3”.' });
  assert.deepEqual(await lab.run(turn), { type: 'completed' });
  assert.equal(lab.read('a.py'), undefined);
  assert.deepEqual(turn.refusals, [{ tool: 'Write', why: 'a.py is held by “Sweep 3”.' }]);
  assert.deepEqual(turn.lines.slice(1), ['Write a.py', 'refused Write: a.py is held by “Sweep 3”.']);
  assert.ok(JSON.stringify(turn.events).includes('hook error: a.py is held by'));
});

void test('a call that arrives together with its question is told before it is refused', POSIX, async (t) => {
  const call = { type: 'assistant', message: { content: [{ type: 'text', text: 'Now.' }, { type: 'tool_use', id: 'toolu_1', name: 'Write', input: { file_path: 'a.py' } }] } };
  const question = { type: 'control_request', request_id: 'theirs-1', request: { subtype: 'hook_callback', callback_id: 'before', tool_use_id: 'toolu_1', input: { tool_name: 'Write', tool_input: { file_path: 'a.py' } } } };
  const lab = new ClaudeLab(t, [INIT, { do: 'raw', parts: [[call, call, call, question].map((message) => `${JSON.stringify(message)}\n`).join('')] }, DONE]);
  const turn = lab.turn({ refuse: () => 'a.py is held by “Sweep 3”.' });
  assert.deepEqual(await lab.run(turn), { type: 'completed' });
  assert.deepEqual(turn.lines.slice(1), ['Write a.py', 'Write a.py', 'Write a.py', 'refused Write: a.py is held by “Sweep 3”.']);
});

void test('when giving a file back fails the turn goes on, and the record says so', POSIX, async (t) => {
  const lab = new ClaudeLab(t, []);
  lab.play([INIT, { do: 'tool', name: 'Write', input: { file_path: lab.file('a.py') }, writes: { [lab.file('a.py')]: 'x' } }, { do: 'say', text: 'Going on.' }, DONE]);
  const turn = lab.turn();
  Object.assign(turn.files, { after: () => Promise.reject(new Error('the store is gone')) });
  assert.deepEqual(await lab.run(turn), { type: 'completed' });
  assert.equal(turn.said, 'Going on.\n');
  assert.deepEqual(turn.events.filter((event) => (event as { type: string }).type === 'after_failed'), [{ type: 'after_failed', error: 'the store is gone' }]);
});

void test('when asking for a file fails the answer is a plain no, never an error, which would let the write through', POSIX, async (t) => {
  const lab = new ClaudeLab(t, []);
  lab.play([INIT, { do: 'tool', name: 'Write', input: { file_path: lab.file('a.py') }, writes: { [lab.file('a.py')]: 'x' } }, DONE]);
  const turn = lab.turn();
  Object.assign(turn.files, { before: () => Promise.reject(new Error('the store is gone')) });
  assert.deepEqual(await lab.run(turn), { type: 'completed' });
  assert.equal(lab.read('a.py'), undefined);
  const replies = lab.heard()[0]!.messages.filter(({ type }) => type === 'control_response').map(({ response }) => (response as { subtype: string }).subtype);
  assert.deepEqual(replies, ['success']);
  const [initialize] = lab.heard()[0]!.messages as unknown as { request: { hooks: Record<string, { onFailure: string }[]> } }[];
  assert.deepEqual(Object.values(initialize!.request.hooks).map(([hook]) => hook!.onFailure), ['block', 'block', 'block']);
});

void test('without an answer in time the write is not made, and files that are granted too late are given back', POSIX, async (t) => {
  const lab = new ClaudeLab(t, []);
  lab.play([INIT, { do: 'tool', name: 'Write', input: { file_path: lab.file('a.py') }, writes: { [lab.file('a.py')]: 'x' }, hookTimeoutMs: 50 }, DONE]);
  const turn = lab.turn();
  let grant = (): void => undefined;
  const files = { ...turn.files };
  Object.assign(turn.files, { before: (call: WritingCall) => new Promise<void>((resolve) => (grant = resolve)).then(() => files.before(call)) });
  const ended = lab.run(turn);
  await until('the write to be given up', () => turn.events.some((event) => (event as { type: string }).type === 'result'));
  grant();
  assert.deepEqual(await ended, { type: 'completed' });
  assert.equal(lab.read('a.py'), undefined);
  await until('the file to be given back', () => turn.guarded.length === 2);
});

void test('a runner that is gone grants nothing', POSIX, async (t) => {
  const lab = new ClaudeLab(t, []);
  // Its input is closed by the result; a write after that has nobody to ask.
  lab.play([INIT, { do: 'result' }, { do: 'tool', name: 'Write', input: { file_path: lab.file('a.py') }, writes: { [lab.file('a.py')]: 'x' } }]);
  assert.deepEqual(await lab.run(lab.turn()), { type: 'completed' });
  assert.equal(lab.read('a.py'), undefined);
});

void test('a program that writes without asking is ended, and the run has failed', POSIX, async (t) => {
  const lab = new ClaudeLab(t, []);
  lab.play([INIT, { do: 'tool', name: 'Write', input: { file_path: lab.file('a.py') }, writes: { [lab.file('a.py')]: 'x' }, isUnhooked: true }, { do: 'hang' }]);
  assert.deepEqual(await lab.run(lab.turn()), { type: 'failed', message: 'it wrote a file without asking for it; its settings may forbid hooks' });
});

void test('what would need a consent is refused, and its files are given back', POSIX, async (t) => {
  const lab = new ClaudeLab(t, [INIT, { do: 'tool', name: 'Bash', input: { command: 'rm -rf build' }, asks: true, writes: { 'should-not-be': 'x' } }, DONE]);
  const turn = lab.turn();
  assert.deepEqual(await lab.run(turn), { type: 'completed' });
  assert.match(turn.refusals[0]!.why, /consent.*Bash\(rm -rf build\).*parallelWorkflow\.agents\.claude\.allow/);
  assert.equal(turn.guarded.length, 2);
  assert.equal(lab.read('should-not-be'), undefined);
});

/** A run in the middle of its work, with a command that goes on in a session of its own. */
async function busy(t: TestContext, scenario: Partial<ClaudeScenario> = {}, more: readonly FakeStep[] = []): Promise<{ readonly lab: ClaudeLab; readonly turn: ReturnType<ClaudeLab['turn']>; readonly ended: Promise<AgentEvidence>; readonly pids: () => number[] }> {
  const lab = new ClaudeLab(t, []);
  lab.play({ ...scenario, runs: [[INIT, { do: 'child', pidFile: lab.file('child.pid') }, ...more, { do: 'hang' }]] });
  const turn = lab.turn();
  const ended = lab.run(turn);
  const hanging = await until('it to work', () => lab.heard()[0]?.messages.find((message) => 'hanging' in message));
  const pids = [Number(hanging.hanging), Number(readFileSync(lab.file('child.pid'), 'utf8'))];
  assert.deepEqual(pids.map(lives), [true, true]);
  return { lab, turn, ended, pids: () => pids.filter(lives) };
}

void test('ended by a person it is interrupted in an orderly way', POSIX, async (t) => {
  const { turn, ended, pids, lab } = await busy(t);
  turn.end();
  assert.deepEqual(await ended, { type: 'crashed', message: 'it was stopped' });
  assert.deepEqual(pids(), []);
  assert.ok(lab.heard()[0]!.messages.some(({ request }) => (request as { subtype?: string } | undefined)?.subtype === 'interrupt'));
});

void test('a program that hears neither interrupt nor SIGTERM is forced, and its commands with it', POSIX, async (t) => {
  const { turn, ended, pids } = await busy(t, { ignores: ['interrupt', 'SIGTERM'] });
  turn.end();
  assert.deepEqual(await ended, { type: 'crashed', message: 'it was stopped' });
  assert.deepEqual(pids(), []);
});

void test('commands that outlive an orderly end are ended as well', POSIX, async (t) => {
  const { turn, ended, pids } = await busy(t, {}, [{ do: 'forget' }]);
  turn.end();
  assert.deepEqual(await ended, { type: 'crashed', message: 'it was stopped' });
  assert.deepEqual(pids(), []);
});

void test('a run that is to end before it began asks for nothing', POSIX, async (t) => {
  const lab = new ClaudeLab(t, [INIT, DONE]);
  const turn = lab.turn();
  turn.end();
  assert.deepEqual(await lab.run(turn), { type: 'crashed', message: 'it was stopped' });
  assert.ok(!lab.heard().some(({ messages }) => messages.some(({ type }) => type === 'user')));
});
