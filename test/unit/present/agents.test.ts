import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AgentNeed, AgentStatus } from '../../../src/core/model/agents/agent.ts';
import { agentAction } from '../../../src/core/present/agents/describe-agent.ts';
import { agentTooltip, presentAgent, presentAgentModel, presentAgentNeed } from '../../../src/core/present/agents/present-agent.ts';
import { presentForeignSession } from '../../../src/core/present/agents/present-foreign-session.ts';
import { hasPrompts, MODES, presentMode, presentModeStatus } from '../../../src/core/present/agents/present-mode.ts';
import { sampleAgent, sampleAgents } from '../../support/sample-agents.ts';

/** Noon, where this machine is. */
const NOW = new Date(2030, 0, 31, 12).getTime();

void test('each state of an agent reads like this', () => {
  const row = (status: AgentStatus, more: object = {}): string => {
    const { label, description, icon, contextValue } = presentAgent(sampleAgent('claude', { status, ...more }), NOW);
    return `${icon} ${label} | ${description} | ${contextValue}`;
  };
  assert.deepEqual(
    [
      row('proved', { version: '2.1.329' }),
      row('proved', { version: '2.1.329', running: 2, waiting: 3, costToday: 0.419 }),
      row('credentials'),
      row('installed', { need: 'login', version: '2.1.329', waiting: 1 }),
      row('installed'),
      row('notInstalled', { need: 'install' }),
      row('limited', { until: NOW + 9_000_000, waiting: 1200 }),
      row('limited'),
      row('failing', { need: 'look', running: 1 }),
    ],
    [
      'pass Claude Code | ready · 2.1.329 · 2 at once | agent',
      'pass Claude Code | ready · 2.1.329 · 2 of 2 at work · 3 waiting · $0.42 today | agent',
      'pass Claude Code | ready, not tried yet · 2 at once | agent',
      'warning Claude Code | not logged in · 2.1.329 · 1 waiting | agent needy',
      'warning Claude Code | cannot be used yet | agent',
      'circle-slash Claude Code | not installed | agent needy',
      'watch Claude Code | limited until 14:30 · 1200 waiting | agent',
      'watch Claude Code | limited | agent',
      'error Claude Code | failing · 1 of 2 at work | agent needy',
    ],
  );
});

void test('AutoGen shows which product it is, VS Code that no window offers a model', () => {
  assert.equal(presentAgent(sampleAgent('autogen', { flavour: 'AutoGen 0.4+', version: '0.7.5' }), NOW).description, 'ready · AutoGen 0.4+ 0.7.5 · 2 at once');
  assert.equal(presentAgent(sampleAgent('autogen', { status: 'installed', need: 'install', flavour: 'AG2', version: '0.9.1' }), NOW).description, 'not complete · AG2 0.9.1');
  assert.equal(presentAgent(sampleAgent('vscode', { status: 'notInstalled', need: 'model' }), NOW).description, 'no models');
});

void test('below an agent is what a click can do about what it lacks, with the reason', () => {
  const need = (given: Parameters<typeof sampleAgent>[1]) => {
    const face = presentAgentNeed(sampleAgent('claude', given));
    return face === undefined ? undefined : `${face.icon} ${face.label} | ${face.description} | ${face.contextValue}`;
  };
  assert.deepEqual(
    [need({}), need({ status: 'installed', need: 'login', why: 'nobody is\nlogged in' }), need({ status: 'failing', need: 'look', why: 'it broke off' }), need({ status: 'limited', why: 'its service takes no more for now' })],
    [undefined, 'lightbulb Log In… | nobody is logged in | need', 'lightbulb Look Again | it broke off | need', 'info its service takes no more for now |  | why'],
  );
});

void test('whatever an agent needs, there is a word for what can be done', () => {
  const needs: readonly AgentNeed[] = ['install', 'update', 'login', 'key', 'model', 'look'];
  for (const name of ['claude', 'autogen', 'vscode'] as const) for (const need of needs) assert.match(agentAction({ name, status: 'installed', need }) ?? '', /^[A-Z]/);
  assert.equal(agentAction({ name: 'claude', status: 'proved' }), undefined);
});

void test('the tooltip tells all there is, and text of programs does not become Markdown', () => {
  const page = agentTooltip(sampleAgent('claude', { status: 'installed', need: 'login', why: 'nobody is logged in', next: 'Log in, then refresh.', program: '/opt/[x](y)/claude', version: '2.1.329', login: 'API key', models: ['a', 'b', 'c', 'd'], running: 1, waiting: 2, costToday: 0.001, provedAt: NOW }), NOW, 'en-GB');
  assert.equal(page, [
    '**Claude Code**',
    ['| | |', '|:--|:--|', '| Status | not logged in |', '| Version | 2\\.1\\.329 |', '| Program | /opt/\\[x\\]\\(y\\)/claude |', '| Logged in by | API key |', '| Models | a, b, c and 1 more |', '| Prompts | 1 at work, 2 waiting; at most 2 at once |', '| Cost today | &lt; \\$0\\.01 |', '| Last worked | 12\\:00\\:00 |', '| Looked at | 1 Jan 1970, 00\\:16\\:40 |'].join('\n'),
    'Nobody is logged in\\.',
    'Log in, then refresh\\.',
  ].join('\n\n').replace(/Looked at \| .*/, /Looked at \| .*/.exec(page)![0]));
});

void test('the mode stands above the agents, with its reason, what is pinned, and who waits in vain', () => {
  const row = (given: Parameters<typeof sampleAgents>[0]): string => {
    const { label, description, icon, iconColor, accessibility } = presentMode(sampleAgents(given));
    return `${icon}${iconColor === undefined ? '' : `(${iconColor})`} ${label} | ${description} | ${accessibility}`;
  };
  assert.deepEqual(
    [row({}), row({ mode: 'supplement' }), row({ mode: 'takeover', pinned: 'takeover' }), row({ mode: 'no-agent', stranded: 1 }), row({ mode: 'no-agent', stranded: 1200 })],
    [
      'sparkle Claude Only | Claude Code is there. | Execution mode Claude Only, Claude Code is there.',
      'organization Supplement | Claude Code is there. | Execution mode Supplement, Claude Code is there.',
      'pinned Takeover | pinned · Claude Code is there. | Execution mode Takeover, pinned, Claude Code is there.',
      'circle-slash(list.warningForeground) No Agent | 1 prompt waits for an agent · Claude Code is there. | Execution mode No Agent, 1 prompt waits for an agent, Claude Code is there.',
      'circle-slash(list.warningForeground) No Agent | 1,200 prompts wait for an agent · Claude Code is there. | Execution mode No Agent, 1,200 prompts wait for an agent, Claude Code is there.',
    ],
  );
});

void test('the status bar tells the mode while there are prompts', () => {
  assert.deepEqual([hasPrompts(sampleAgents()), hasPrompts(sampleAgents({ stranded: 1 })), hasPrompts(sampleAgents({ agents: [sampleAgent('claude', { running: 1 })] })), hasPrompts(sampleAgents({ agents: [sampleAgent('claude', { waiting: 1 })] }))], [false, true, true, true]);
  const shown = presentModeStatus(sampleAgents({ pinned: 'claude-only', agents: [sampleAgent('claude', { running: 1, waiting: 2 })] }), NOW, ['[Show](command:x)']);
  assert.deepEqual(shown, {
    text: '$(pinned) Claude Only',
    accessibility: 'Execution mode Claude Only, pinned',
    tooltip: '**Claude Only** (pinned)\n\nClaude Code is there\\.\n\n| | | Running | Waiting |\n|:--|:--|--:|--:|\n| $(pass) Claude Code | ready | 1 | 2 |\n\n[Show](command:x)',
    isAlarming: false,
  });
  const alarming = presentModeStatus(sampleAgents({ mode: 'no-agent', stranded: 3 }), NOW, []);
  assert.deepEqual([alarming.text, alarming.isAlarming, alarming.accessibility], ['$(circle-slash) No Agent', true, 'Execution mode No Agent, 3 prompts wait for an agent']);
});

void test('each mode has a name and a meaning', () => {
  for (const { label, meaning } of Object.values(MODES)) assert.match(`${label}: ${meaning}`, /^[A-Z][\w ]+: .+\.$/);
});

void test('a session of others tells what it is at, where, since when and which process it is', () => {
  const session = { pid: 812, cwd: '/lab/src/a', name: 'tidy up', status: 'busy', startedAt: NOW - 720_000 };
  const at = (given: object, roots: readonly string[] = ['/lab']): string => {
    const { label, description } = presentForeignSession({ ...session, ...given }, roots, NOW);
    return `${label} | ${description}`;
  };
  assert.deepEqual(
    [at({}), at({}, ['/lab', '/other']), at({ cwd: '/lab', name: undefined, startedAt: undefined }), at({ cwd: '/tmp/x' }, [])],
    ['tidy up | busy · src/a · 12 min · process 812', 'tidy up | busy · lab/src/a · 12 min · process 812', 'Claude Session | busy · process 812', 'tidy up | busy · /tmp/x · 12 min · process 812'],
  );
});

void test('a model is a row by its name', () => {
  assert.deepEqual([presentAgentModel('gpt-5').label, presentAgentModel('gpt-5').accessibility], ['gpt-5', 'Model gpt-5']);
});
