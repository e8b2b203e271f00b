import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agentsNow, nextReturn, type AgentsNow } from '../../../../src/core/agents/agents-now.ts';
import { promptClasses } from '../../../../src/core/agents/prompt-classes.ts';
import { untilMidnight } from '../../../../src/core/agents/calendar-day.ts';
import { DEFAULT_AGENT_SETTINGS } from '../../../../src/core/model/agents/agent-settings.ts';
import { describeWait } from '../../../../src/core/present/tasks/describe-wait.ts';
import { sampleAgent, sampleAgentsNow, withCapacities } from '../../../support/agents/sample-agents.ts';

/** By class: how many at once, or why none. */
function told(now: AgentsNow): Record<string, number | string> {
  return Object.fromEntries(promptClasses(now).map(({ name, limit, shut }) => [name, shut === undefined ? limit : describeWait(shut, 1000)]));
}

const there = 'proved';

test('agents that are there have their capacity, the others say why not', () => {
  assert.deepEqual(told(sampleAgentsNow({ claude: there, autogen: 'limited', vscode: 'notInstalled' })), {
    prompt: 'waits for an agent',
    claude: 4,
    autogen: 'waits for AutoGen: its service takes no more for now, back in 59 s',
    vscode: 'waits for VS Code: no window offers a model',
  });
});

test('an agent that may carry out none is shut, and what is for anybody goes elsewhere or waits', () => {
  const now = sampleAgentsNow({ claude: there }, { settings: withCapacities({ claude: 0 }) });
  const { prompt, claude } = told(now);
  assert.deepEqual([prompt, claude], ['waits for an agent: Claude Code (the settings give it no prompts)', 'waits for Claude Code: the settings give it no prompts']);
});

test('what is for anybody waits for whoever is back first', () => {
  const now = agentsNow({
    states: [sampleAgent('claude', 'limited', { until: 91_000, why: 'its service takes no more for now' }), sampleAgent('autogen', 'limited', { until: 61_000, why: 'its service is overloaded' })],
    settings: DEFAULT_AGENT_SETTINGS, pinned: undefined, spent: 0, now: 1000,
  });
  assert.equal(told(now).prompt, 'waits for an agent: AutoGen (its service is overloaded), back in 1 min');
  assert.equal(nextReturn(now, 1000), 61_000);
});

const NOBODY: readonly (readonly [AgentsNow, string])[] = [
  [sampleAgentsNow({}), 'waits for an agent: none is there'],
  [sampleAgentsNow({ claude: 'notInstalled', autogen: 'notInstalled' }), 'waits for an agent: none is there'],
  [sampleAgentsNow({ claude: 'installed', autogen: 'notInstalled' }), 'waits for an agent: Claude Code (nobody is logged in)'],
  [sampleAgentsNow({ claude: there }, { pinned: 'no-agent' }), 'waits for an agent: somebody pinned the execution mode to `no-agent`'],
];
for (const [now, says] of NOBODY) test(`prompts say “${says}”`, () => assert.equal(told(now).prompt, says));

test('a pinned mode shuts out who is there', () => {
  assert.deepEqual(told(sampleAgentsNow({ claude: there, autogen: there, vscode: there }, { pinned: 'claude-only' })), {
    prompt: 'waits for an agent',
    claude: 4,
    autogen: 'waits for AutoGen: somebody pinned the execution mode to `claude-only`',
    vscode: 'waits for VS Code: somebody pinned the execution mode to `claude-only`',
  });
});

test('when a day has cost enough, all wait for midnight', () => {
  const noon = new Date(2030, 0, 31, 12).getTime();
  const now = agentsNow({ states: [sampleAgent('claude', 'proved')], settings: withCapacities({}, { maxCostPerDay: 5 }), pinned: undefined, spent: 5.004, now: noon });
  assert.equal(nextReturn(now, noon), new Date(2030, 1, 1).getTime());
  const [anybody, claude] = promptClasses(now);
  assert.deepEqual([anybody, claude].map((type) => [type!.limit, describeWait(type!.shut!, noon)]), [
    [0, 'waits for an agent: the prompts of today cost $5.00 of at most $5.00, back in 12 h'],
    [0, 'waits for Claude Code: the prompts of today cost $5.00 of at most $5.00, back in 12 h'],
  ]);
});

test('nobody is expected back when nobody is limited for a time', () => {
  assert.equal(nextReturn(sampleAgentsNow({ claude: 'installed', autogen: 'failing' }), 1000), undefined);
});

test('midnight is where this machine is, whatever the clock does in between', () => {
  for (let day = 0; day < 366; day++) {
    const at = new Date(2032, 0, 1 + day, 17, 45, 12).getTime();
    const midnight = new Date(at + untilMidnight(at));
    assert.deepEqual([midnight.getHours(), midnight.getMinutes(), midnight.getSeconds(), midnight.getDate()], [0, 0, 0, new Date(2032, 0, 2 + day).getDate()]);
  }
});
