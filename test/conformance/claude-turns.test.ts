import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { DEFAULT_OPTIONS } from '../../src/core/engine/engine-options.ts';
import type { EnginePort } from '../../src/core/engine/engine-port.ts';
import { openEngine } from '../../src/core/engine/open-engine.ts';
import type { AgentEvidence } from '../../src/core/model/agents/agent-evidence.ts';
import type { ModelTurn, Script, ToolCall } from '../support/agents/anthropic-stand-in.ts';
import { GenuineClaude, WITH_CLAUDE } from '../support/agents/genuine-claude.ts';
import { runGuarded } from '../support/agents/guarded-turn.ts';
import { tempFolder } from '../support/temp-folder.ts';

const HOUR_S = 3600;
const SUBSCRIPTION = { CLAUDE_CODE_OAUTH_TOKEN: 'dummy' };

/** Each answer once, the last one for ever. */
function answers(...turns: readonly ModelTurn[]): Script {
  return (_request, count) => turns[Math.min(count, turns.length) - 1]!;
}

function say(text: string, ...tools: readonly ToolCall[]): ModelTurn {
  return { type: 'say', text, tools };
}

async function agentEngine(t: TestContext, claude: GenuineClaude): Promise<EnginePort> {
  const engine = await openEngine({ ...DEFAULT_OPTIONS, home: path.join(claude.home, 'state'), kind: 'agent', roots: [], runsTasks: false });
  t.after(() => engine.close());
  return engine;
}

void test('a prompt is carried out to its end, with tools, on loopback alone', WITH_CLAUDE, async (t) => {
  const claude = await GenuineClaude.open(t, () => say('…'));
  fs.writeFileSync(claude.file('a.txt'), 'one\ntwo\n');
  claude.service.script = answers(
    say('Reading.', { name: 'Read', input: { file_path: claude.file('a.txt') } }),
    say('', { name: 'Edit', input: { file_path: claude.file('a.txt'), old_string: 'two', new_string: 'TWO' } }, { name: 'Bash', input: { command: 'echo three >> a.txt' } }),
    say('All done.'),
  );
  const { turn, ended } = runGuarded(claude, 'Shout.', { engine: await agentEngine(t, claude) });
  assert.deepEqual(await ended, { type: 'completed' });
  assert.equal(fs.readFileSync(claude.file('a.txt'), 'utf8'), 'one\nTWO\nthree\n');
  assert.deepEqual(turn.lines.slice(1), ['Read a.txt', 'Edit a.txt', 'Bash echo three >> a.txt', '=  one\n-two\n+TWO', '=  one\n TWO\n+three']);
  assert.equal(turn.said, 'Reading.\nAll done.\n');
  assert.deepEqual([turn.answer, turn.usage.inputTokens, turn.usage.outputTokens, turn.usage.costUsd > 0], ['All done.', 300, 60, true]);
  assert.match(turn.session ?? '', /^[0-9a-f-]{36}$/);
  assert.deepEqual(claude.service.others, []);
  assert.ok(claude.service.requests.every(({ session, prompts }) => session === turn.session && prompts.some((text) => text.includes('Shout.'))));
  assert.ok(!claude.service.requests.some(({ tools }) => tools.includes('AskUserQuestion')), 'it is not offered what needs a person');
});

void test('a write to a file with unsaved changes is refused, whatever settings say about hooks; when it is saved the agent can', WITH_CLAUDE, async (t) => {
  for (const place of ['nowhere', 'project', 'person'] as const) {
    const claude = await GenuineClaude.open(t, () => say('…'));
    fs.writeFileSync(claude.file('a.txt'), 'typed\n');
    const settings = place === 'person' ? path.join(claude.home, '.claude', 'settings.json') : claude.file('.claude/settings.json');
    fs.mkdirSync(path.dirname(settings), { recursive: true });
    if (place !== 'nowhere') fs.writeFileSync(settings, '{"disableAllHooks":true}');
    const engine = await agentEngine(t, claude);
    await engine.setUnsaved([claude.file('a.txt')]);
    const write = { name: 'Write', input: { file_path: claude.file('a.txt'), content: 'overwritten\n' } };
    claude.service.script = async ({ results }) => {
      if (results.length === 0) return say('', { name: 'Read', input: { file_path: claude.file('a.txt') } });
      if (results.length === 1) return say('', write);
      if (results.length === 2) {
        assert.equal(fs.readFileSync(claude.file('a.txt'), 'utf8'), 'typed\n');
        await engine.setUnsaved([]);
        return say('', write);
      }
      return say('Done.');
    };
    const { turn, ended } = runGuarded(claude, 'Overwrite it.', { engine });
    assert.deepEqual(await ended, { type: 'completed' }, place);
    assert.deepEqual(claude.service.requests.at(-1)!.results.slice(1).map(({ text, isError }) => [text.includes('a.txt has unsaved changes of a person'), isError]), [[true, true], [false, false]], place);
    assert.deepEqual(turn.refusals.map(({ tool }) => tool), ['Write']);
    assert.equal(fs.readFileSync(claude.file('a.txt'), 'utf8'), 'overwritten\n');
  }
});

void test('hooks of a project run only when the person trusts it and wants them', WITH_CLAUDE, async (t) => {
  for (const [isTrusted, projectHooks] of [[true, false], [false, true], [true, true]] as const) {
    const claude = await GenuineClaude.open(t, () => say('Hello.'));
    fs.mkdirSync(claude.file('.claude'));
    fs.writeFileSync(claude.file('.claude/settings.json'), JSON.stringify({ hooks: { SessionStart: [{ hooks: [{ type: 'command', command: `touch '${claude.file('ran')}'` }] }] } }));
    const { ended } = runGuarded(claude, 'Hi.', { request: { isTrusted, settings: claude.settings({ projectHooks }) } });
    assert.deepEqual(await ended, { type: 'completed' });
    assert.equal(fs.existsSync(claude.file('ran')), isTrusted && projectHooks, JSON.stringify({ isTrusted, projectHooks }));
  }
});

void test('a command that a person would be asked about is refused, unless a rule allows it', WITH_CLAUDE, async (t) => {
  for (const allow of [[], ['Bash(cksum *)']]) {
    const claude = await GenuineClaude.open(t, answers(say('', { name: 'Bash', input: { command: 'cksum a.txt > sum.txt' } }), say('Done.')));
    fs.writeFileSync(claude.file('a.txt'), 'x');
    const { turn, ended } = runGuarded(claude, 'Sum up.', { request: { settings: claude.settings({ allow }) }, engine: await agentEngine(t, claude) });
    assert.deepEqual(await ended, { type: 'completed' });
    assert.deepEqual([turn.refusals.length, fs.existsSync(claude.file('sum.txt'))], allow.length === 0 ? [1, false] : [0, true]);
  }
});

const RESETS_AT = Math.floor(Date.now() / 1000) + HOUR_S;

/** What the service answers, and what that is evidence of. */
const FAILURES: readonly (readonly [name: string, turn: ModelTurn, evidence: AgentEvidence, account?: Readonly<Record<string, string>>])[] = [
  ['no credentials', say('never'), { type: 'notLoggedIn' }, {}],
  ['401', { type: 'fail', status: 401, error: 'authentication_error' }, { type: 'notLoggedIn' }],
  ['429 of a subscription', limited(RESETS_AT), { type: 'rateLimited', until: RESETS_AT * 1000 }, SUBSCRIPTION],
  ['500', { type: 'fail', status: 500 }, { type: 'overloaded', status: 500 }],
  ['529', { type: 'fail', status: 529, error: 'overloaded_error' }, { type: 'overloaded', status: 529 }],
  ['404', { type: 'fail', status: 404, error: 'not_found_error' }, { type: 'failed', message: 'its service has no model claude-none-1; choose another one' }],
  ['a refusal', { type: 'say', text: 'No.', stopReason: 'refusal' }, { type: 'refused', why: '' }],
  ['too many turns', say('', { name: 'Bash', input: { command: 'echo x' } }), { type: 'budget', limit: 'turns' }],
  ['too much money', say('', { name: 'Bash', input: { command: 'echo x' } }), { type: 'budget', limit: 'cost' }],
  ['no connection', say('never'), { type: 'unreachable' }],
];

function limited(resetsAt: number): ModelTurn {
  return { type: 'fail', status: 429, error: 'rate_limit_error', headers: { 'anthropic-ratelimit-unified-status': 'rejected', 'anthropic-ratelimit-unified-reset': String(resetsAt), 'anthropic-ratelimit-unified-representative-claim': 'five_hour' } };
}

for (const [name, answer, evidence, account] of FAILURES) {
  void test(`evidence from the genuine program: ${name}`, WITH_CLAUDE, async (t) => {
    const claude = await GenuineClaude.open(t, () => answer);
    const env = { ...claude.env(account), ...(name === 'no connection' && { ANTHROPIC_BASE_URL: 'http://127.0.0.1:9' }) };
    const limits = name === '404' ? { model: 'claude-none-1' } : name === 'too many turns' ? { maxTurns: 2 } : name === 'too much money' ? { maxCost: 0.0001 } : {};
    const told = await runGuarded(claude, 'Hi.', { env, request: limits }).ended;
    // Its words for a refusal change; that it is one does not.
    assert.deepEqual(told.type === 'refused' ? { ...told, why: '' } : told, evidence);
  });
}

void test('an API key\'s limit without a reset is waited for as long as the service says, in the queue and not in the program', WITH_CLAUDE, async (t) => {
  const claude = await GenuineClaude.open(t, () => ({ type: 'fail', status: 429, error: 'rate_limit_error', headers: { 'retry-after': '60' } }));
  const before = Date.now();
  const evidence = await runGuarded(claude, 'Hi.', {}).ended;
  assert.ok(evidence.type === 'rateLimited' && evidence.until! > before + 55_000, JSON.stringify(evidence));
});

void test('a session goes on where it was; of a forgotten one the program says so and a new one begins', WITH_CLAUDE, async (t) => {
  const claude = await GenuineClaude.open(t, () => say('First.'));
  const first = runGuarded(claude, 'One.', {});
  assert.deepEqual(await first.ended, { type: 'completed' });
  const earlier = [{ agent: 'claude', session: first.turn.session, folder: tempFolder(t), isOther: true }] as const;
  const second = runGuarded(claude, 'Two.', { request: { resume: true, earlier } });
  assert.deepEqual(await second.ended, { type: 'completed' });
  assert.equal(second.turn.session, first.turn.session);
  assert.deepEqual(claude.service.requests.at(-1)!.prompts.filter((text) => /^(One|Two)\.$/.test(text)), ['One.', 'Two.']);
  assert.deepEqual([first.turn.usage, second.turn.usage].map(({ inputTokens }) => inputTokens), [100, 100], 'each run counts its own');
  const unknown = runGuarded(claude, 'Three.', { request: { resume: true, earlier: [{ ...earlier[0], session: '11111111-1111-4111-8111-111111111111' }] } });
  assert.deepEqual(await unknown.ended, { type: 'completed' });
  assert.ok(unknown.turn.lines.some((line) => line.includes('begins a new one')));
});
