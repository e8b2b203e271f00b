import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMMANDS } from '../../../src/cli/command-table.ts';
import { FakeEngine } from '../../support/fake-engine.ts';
import { FakeWorld } from '../../support/fake-world.ts';
import { sampleAgent, sampleAgents } from '../../support/sample-agents.ts';

/** Commands that print nothing of what there is, or that go on until they are asked to end. */
const WITHOUT_DATA: ReadonlySet<string> = new Set(['run', 'batch', 'submit', 'sweep', 'lock', 'hook', 'serve', 'assess', 'log']);
const WORDS: Readonly<Record<string, readonly string[]>> = { show: ['1'], wait: ['1'], cancel: ['2'], retry: ['2'], hold: ['3'], release: ['3'], priority: ['3', 'low'], clear: ['2'] };

void test('no command gives a program a time as a number', async () => {
  const engine = new FakeEngine();
  engine.now = Date.UTC(2030, 0, 31, 8);
  engine.strategyNow = { ...engine.strategyNow, since: engine.now };
  engine.agentsNow = sampleAgents({ agents: [sampleAgent('claude', { until: engine.now, provedAt: engine.now, checkedAt: engine.now })], sessions: [{ pid: 1, cwd: '/', name: 'x', status: 'idle', startedAt: engine.now }] });
  const world = new FakeWorld(engine);
  const evidence = { type: 'rateLimited', until: engine.now } as const;
  const prompt = engine.add({ name: 'prompt', startAt: engine.now, work: { kind: 'prompt', prompt: 'Go', agent: 'auto', context: [] } }, '/');
  engine.start(prompt, { agent: { agent: 'claude', evidence, turns: 1, inputTokens: 1, outputTokens: 1, refusals: [], filesChanged: [] } });
  engine.end(prompt, { type: 'failed', reason: 'agent', agent: 'claude', evidence });
  engine.start(engine.add({ name: 'ended' }, '/'));
  engine.wait(engine.add({ name: 'waits' }, '/'), { type: 'agent', agent: 'auto', status: 'limited', why: undefined, until: engine.now });
  for (const { name } of COMMANDS.filter((each) => !WITHOUT_DATA.has(each.name))) {
    world.output.text = '';
    await world.run(name, ...(WORDS[name] ?? []), '--json', '--workspace', '/');
    assert.doesNotThrow(() => void JSON.parse(world.output.text), `${name}: ${world.output.errors}`);
    assert.doesNotMatch(world.output.text, /\b1[89]\d{11}\b/, name);
  }
});
