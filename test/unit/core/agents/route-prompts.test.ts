import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AgentsNow } from '../../../../src/core/agents/agents-now.ts';
import { routePrompts, type PromptClass, type QueuedPrompt } from '../../../../src/core/agents/route-prompts.ts';
import { AGENT_NAMES, PROMPT_TYPE, type AgentName, type AgentStatus } from '../../../../src/core/model/agents/agent.ts';
import type { ExecutionMode } from '../../../../src/core/model/agents/execution-mode.ts';
import { taskId } from '../../../../src/core/model/ids.ts';
import { sampleAgentsNow, withCapacities } from '../../../support/agents/sample-agents.ts';
import { SeededRandom, seedFor } from '../../../support/seeded-random.ts';

const NOBODY_AT_WORK = { claude: 0, autogen: 0, vscode: 0 };

/** `claude!` names its agent and may not be handed over; `auto<claude` goes on with a conversation. */
function prompts(...words: readonly string[]): QueuedPrompt[] {
  return words.map((word, index) => {
    const [, agent, last, never] = /^(\w+)(?:<(\w+))?(!?)$/.exec(word)!;
    return { id: taskId(index + 1), agent: agent as QueuedPrompt['agent'], goesOnWith: last as AgentName | undefined, handover: never === '!' ? 'never' : 'allow' };
  });
}

function routed(words: readonly string[], now: AgentsNow, running: Partial<Record<AgentName, number>> = {}): readonly PromptClass[] {
  return [...routePrompts({ prompts: prompts(...words), now, running: { ...NOBODY_AT_WORK, ...running } }).values()];
}

const there = 'proved';
const CASES: readonly (readonly [says: string, now: AgentsNow, words: readonly string[], to: readonly PromptClass[], running?: Partial<Record<AgentName, number>>])[] = [
  ['Claude alone takes what is for anybody', sampleAgentsNow({ claude: there }), ['auto', 'auto!', 'claude'], ['claude', 'claude', 'claude']],
  ['with nobody there prompts wait for anybody, and named ones for theirs', sampleAgentsNow({ claude: 'installed' }), ['auto', 'claude', 'autogen!', 'auto<claude'], ['prompt', 'claude', 'autogen', 'prompt']],
  ['nobody was looked for yet', sampleAgentsNow({}), ['auto', 'vscode'], ['prompt', 'vscode']],
  ['others take what they can at once, Claude the rest', sampleAgentsNow({ claude: there, autogen: there }, { settings: withCapacities({ autogen: 2 }) }), ['auto', 'auto', 'auto', 'auto'], ['autogen', 'autogen', 'claude', 'claude']],
  ['what runs already fills an agent', sampleAgentsNow({ claude: there, autogen: there }, { settings: withCapacities({ autogen: 2 }) }), ['auto', 'auto'], ['autogen', 'claude'], { autogen: 1 }],
  ['what waits for an agent by name fills it, in queue order', sampleAgentsNow({ claude: there, autogen: there }, { settings: withCapacities({ autogen: 2 }) }), ['autogen', 'auto', 'autogen', 'auto'], ['autogen', 'autogen', 'autogen', 'claude']],
  ['two others are filled evenly by their capacity', sampleAgentsNow({ claude: there, autogen: there, vscode: there }, { settings: withCapacities({ autogen: 4, vscode: 2 }) }), ['auto', 'auto', 'auto', 'auto', 'auto', 'auto', 'auto'], ['autogen', 'vscode', 'autogen', 'autogen', 'vscode', 'autogen', 'claude']],
  ['without Claude the others share what is too much for them', sampleAgentsNow({ autogen: there, vscode: there }, { settings: withCapacities({ autogen: 2, vscode: 1 }) }), ['auto', 'auto', 'auto', 'auto', 'auto', 'auto'], ['autogen', 'vscode', 'autogen', 'autogen', 'vscode', 'autogen']],
  ['a limited Claude hands over to the others what may be', sampleAgentsNow({ claude: 'limited', autogen: there }), ['claude', 'claude!', 'auto<claude', 'auto<claude!'], ['autogen', 'claude', 'autogen', 'claude']],
  ['Claude takes over from who is gone, but for what may not be', sampleAgentsNow({ claude: there, autogen: 'limited', vscode: 'notInstalled' }), ['autogen', 'vscode', 'autogen!', 'auto<autogen', 'auto'], ['claude', 'claude', 'autogen', 'claude', 'claude']],
  ['who has the conversation goes on with it', sampleAgentsNow({ claude: there, autogen: there }), ['auto<claude', 'auto<autogen', 'auto'], ['claude', 'autogen', 'autogen']],
  ['a name counts for more than a conversation', sampleAgentsNow({ claude: there, autogen: there }), ['claude<autogen', 'autogen<claude'], ['claude', 'autogen']],
  ['pinned to Claude alone, the others get only what may not be handed over', sampleAgentsNow({ claude: there, autogen: there }, { pinned: 'claude-only' }), ['auto', 'autogen', 'autogen!'], ['claude', 'claude', 'autogen']],
  ['pinned to take over, Claude takes the work of others that are there', sampleAgentsNow({ claude: there, autogen: there }, { pinned: 'takeover' }), ['auto', 'autogen', 'autogen!', 'auto<autogen'], ['claude', 'claude', 'autogen', 'claude']],
  ['pinned to nobody, nobody is asked', sampleAgentsNow({ claude: there, autogen: there }, { pinned: 'no-agent' }), ['auto', 'claude', 'auto<claude'], ['prompt', 'claude', 'prompt']],
  ['pinned to supplement while the others are gone, Claude works', sampleAgentsNow({ claude: there, autogen: 'failing' }, { pinned: 'supplement' }), ['auto', 'autogen'], ['claude', 'claude']],
  ['a day that has cost enough ends for all', sampleAgentsNow({ claude: there, autogen: there }, { settings: withCapacities({}, { maxCostPerDay: 5 }), spent: 5 }), ['auto', 'claude', 'auto<claude!'], ['prompt', 'claude', 'claude']],
];
for (const [says, now, words, to, running] of CASES) test(says, () => assert.deepEqual(routed(words, now, running), to));

test('work goes over to Claude and back, as often as the others go and come', () => {
  const words = ['autogen', 'autogen!', 'auto<autogen', 'auto'];
  const at = (autogen: AgentStatus) => routed(words, sampleAgentsNow({ claude: there, autogen }, { settings: withCapacities({ autogen: 4 }) }));
  const home = ['autogen', 'autogen', 'autogen', 'autogen'];
  const away = ['claude', 'autogen', 'claude', 'claude'];
  assert.deepEqual([at(there), at('limited'), at(there), at('failing'), at('notInstalled'), at('credentials')], [home, away, home, away, away, home]);
});

test('whatever the agents are like, prompts go where they may, in order, and as far as there is room', (t) => {
  const random = new SeededRandom(seedFor(t));
  const STATUSES: readonly AgentStatus[] = ['notInstalled', 'installed', 'credentials', 'proved', 'limited', 'failing'];
  const MODES: readonly (ExecutionMode | undefined)[] = [undefined, undefined, undefined, 'claude-only', 'supplement', 'takeover', 'no-agent'];
  for (let round = 0; round < 2000; round++) {
    const capacities = { claude: random.between(1, 4), autogen: random.between(1, 4), vscode: random.between(1, 4) };
    const settings = withCapacities(capacities, { maxCostPerDay: random.chance(0.1) ? 1 : undefined });
    const now = sampleAgentsNow({ claude: random.pick(STATUSES), autogen: random.pick(STATUSES), vscode: random.pick(STATUSES) }, { settings, pinned: random.pick(MODES), spent: 2 });
    const running = { claude: random.between(0, 4), autogen: random.between(0, 4), vscode: random.between(0, 4) };
    const queue = Array.from({ length: random.between(0, 12) }, (_, index): QueuedPrompt => ({
      id: taskId(index + 1), agent: random.pick(['auto', 'auto', ...AGENT_NAMES] as const), goesOnWith: random.chance(0.3) ? random.pick(AGENT_NAMES) : undefined, handover: random.pick(['allow', 'never'] as const),
    }));
    const result = routePrompts({ prompts: queue, now, running });
    const where = JSON.stringify({ round, now, running, queue, result: [...result] });
    assert.deepEqual([...routePrompts({ prompts: queue, now, running })], [...result], `the same facts, another answer: ${where}`);
    assert.deepEqual([...result.keys()], queue.map(({ id }) => id), where);
    const usable = AGENT_NAMES.filter((name) => now.agents[name].isUsable);
    const load = { ...running };
    for (const prompt of queue) {
      const to = result.get(prompt.id)!;
      const home = prompt.agent === 'auto' ? prompt.goesOnWith : prompt.agent;
      if (prompt.handover === 'never' && home !== undefined) assert.equal(to, home, `handed over though it may not be: ${where}`);
      else if (to === PROMPT_TYPE) assert.ok(prompt.agent === 'auto' && (now.mode === 'no-agent' || usable.length === 0 || (now.mode !== 'supplement' && !usable.includes('claude'))), `left lying: ${where}`);
      else if (!usable.includes(to)) assert.ok(to === prompt.agent, `given to somebody who is not there: ${where}`);
      else if (to !== home && now.mode !== 'supplement') assert.equal(to, 'claude', `given to another one than Claude: ${where}`);
      else if (to === 'claude' && home !== 'claude') {
        const idle = usable.filter((name) => name !== 'claude' && load[name] < capacities[name]);
        assert.ok(now.mode !== 'supplement' || idle.length === 0, `others had room: ${where}`);
      } else if (to !== home && load[to] >= capacities[to]) assert.ok(!usable.includes('claude'), `Claude could have had it: ${where}`);
      if (to !== PROMPT_TYPE) load[to]++;
    }
  }
});
