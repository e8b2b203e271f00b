import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeEngine } from '../../support/fake-engine.ts';
import { FakeWorld } from '../../support/fake-world.ts';
import { sampleAgent, sampleAgents } from '../../support/sample-agents.ts';

function setting() {
  const engine = new FakeEngine();
  engine.agentsNow = sampleAgents();
  return { engine, world: new FakeWorld(engine) };
}

void test('the mode with its reason comes first, then a row an agent, then what is missing', async () => {
  const { world, engine } = setting();
  engine.agentsNow = sampleAgents({
    agents: [sampleAgent('claude', { version: '2.1.329', capacity: 4, running: 1, waiting: 3, costToday: 0.419 }), ...sampleAgents().agents.slice(1, 2), sampleAgent('vscode', { status: 'failing', why: 'it broke off' })],
    mode: 'takeover', pinned: 'takeover', stranded: 2, sessions: [{ pid: 812, cwd: '/lab/src', name: 'tidy', status: 'idle', startedAt: undefined }],
  });
  assert.equal(await world.run('agents'), 0);
  assert.deepEqual(world.output.text.split('\n'), [
    'Execution mode takeover (pinned)',
    '  Claude Code is there.',
    '  2 prompts wait for an agent.',
    '',
    'agent        status         version  at work  waiting  cost today',
    'Claude Code  ready          2.1.329   1 of 4        3       $0.42',
    'AutoGen      not installed            0 of 2        0',
    'VS Code      failing                  0 of 2        0',
    '',
    'What is missing',
    '  AutoGen: python3 does not have it. Install it there.',
    '  VS Code: it broke off',
    '',
    'Sessions of Claude Code here that are no tasks',
    '  tidy: idle · src · process 812',
    '',
  ]);
  assert.deepEqual(engine.orders, []);
});

void test('agents are looked for when that is asked, or when nobody has yet', async () => {
  const { world, engine } = setting();
  assert.equal(await world.run('agents', '--refresh', '--quiet'), 0);
  assert.deepEqual([engine.orders, world.output.text], [['refresh agents'], 'claude-only\n']);
  engine.agentsNow = sampleAgents({ agents: [] });
  assert.equal(await world.run('agents', '-q'), 0);
  assert.deepEqual(engine.orders, ['refresh agents', 'refresh agents']);
});

void test('they are looked for from the workspace, by an engine that starts nothing', async () => {
  const { world } = setting();
  await world.run('agents', '--workspace', '/');
  assert.deepEqual(world.opened.at(-1)?.roots, ['/']);
  assert.ok(world.opened.every(({ runsTasks }) => !runsTasks));
});

void test('a mode is pinned and let go', async () => {
  const { world, engine } = setting();
  assert.equal(await world.run('agents', 'mode', 'no-agent'), 0);
  assert.equal(await world.run('agents', 'mode', 'auto'), 0);
  assert.deepEqual(engine.orders, ['pin mode no-agent', 'pin mode nothing']);
});

void test('all of it is there as JSON, with times in ISO 8601', async () => {
  const { world, engine } = setting();
  const claude = sampleAgent('claude', { status: 'limited', until: 9_000_000, provedAt: 500_000 });
  const session = { pid: 812, cwd: '/lab/src', name: 'tidy', status: 'idle', startedAt: 0 };
  engine.agentsNow = sampleAgents({ agents: [claude], sessions: [session, { ...session, startedAt: undefined }] });
  assert.equal(await world.run('agents', '--json'), 0);
  assert.deepEqual(JSON.parse(world.output.text), {
    agents: [{ ...claude, until: '1970-01-01T02:30:00.000Z', provedAt: '1970-01-01T00:08:20.000Z', checkedAt: '1970-01-01T00:16:40.000Z' }],
    mode: 'claude-only', reason: 'Claude Code is there.', pinned: null, stranded: 0,
    sessions: [{ ...session, startedAt: '1970-01-01T00:00:00.000Z' }, { ...session, startedAt: null }],
  });
});

const WRONG: readonly (readonly [words: readonly string[], error: string])[] = [
  [['mode'], 'Expected one of `auto`, `claude-only`, `supplement`, `takeover`, `no-agent` after `agents mode`, got nothing.'],
  [['mode', 'takover'], 'Expected one of `auto`, `claude-only`, `supplement`, `takeover`, `no-agent` after `agents mode`, got `takover`; did you mean `takeover`?'],
  [['mode', 'auto', 'please'], 'Expected one of `auto`, `claude-only`, `supplement`, `takeover`, `no-agent` after `agents mode`, got `auto please`'],
  [['claude'], 'Expected `mode` or nothing after `agents`, got `claude`.'],
];

for (const [words, error] of WRONG) {
  void test(`\`agents ${words.join(' ')}\` says what is wrong, and does nothing`, async () => {
    const { world, engine } = setting();
    assert.equal(await world.run('agents', ...words), 2);
    assert.ok(world.output.errors.includes(error), world.output.errors);
    assert.deepEqual(engine.orders, []);
  });
}
