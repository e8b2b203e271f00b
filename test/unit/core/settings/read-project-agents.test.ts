import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settledProjectAgents } from '../../../../src/core/model/agents/project-agents.ts';
import { readProjectAgents } from '../../../../src/core/settings/read-project-agents.ts';

void test('what is wrong is left out and told: it lifts no limit that a person has set', () => {
  const values: Readonly<Record<string, unknown>> = { 'agents.maxCost': -1, 'agents.handover': 'maybe', 'agents.claude.capacity': 'many', 'agents.claude.model': 'small', 'agents.maxTurns': null };
  const { said, problems } = readProjectAgents((field) => values[field]);
  assert.deepEqual(said, { claude: { model: 'small' }, maxTurns: null });
  assert.deepEqual(problems.map(({ message }) => message), [
    'Expected `parallelWorkflow.agents.claude.capacity` to be an integer from 0 to 64, got `"many"`; it is left out.',
    'Expected `parallelWorkflow.agents.handover` to be `allow` or `never`, got `"maybe"`; it is left out.',
    'Expected `parallelWorkflow.agents.maxCost` to be a number from 0.01 to 100000, or `null`, got `-1`; it is left out.',
  ]);
});

void test('of what several projects say the strictest holds, whoever came last', () => {
  const said = [
    { maxCostPerDay: 100, maxCost: null, handover: 'allow', claude: { capacity: 3, model: 'first' } },
    { maxCostPerDay: 1, maxCost: 5, handover: 'never', claude: { capacity: 1, model: 'second' }, vscode: { capacity: 0 } },
    { maxCostPerDay: null, maxTurns: null },
  ] as const;
  const settled = { maxCostPerDay: 1, maxCost: 5, maxTurns: null, handover: 'never', claude: { capacity: 1 }, vscode: { capacity: 0 } };
  assert.deepEqual(settledProjectAgents(said), { ...settled, claude: { capacity: 1, model: 'first' } });
  assert.deepEqual(settledProjectAgents(said.toReversed()), { ...settled, claude: { capacity: 1, model: 'second' } });
  assert.deepEqual(settledProjectAgents([{}, {}]), {});
});
