import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { AGENT_NAMES } from '../../../../src/core/model/agents/agent.ts';
import { SPEC_FIELDS } from '../../../../src/core/spec/raw-spec.ts';

interface Schema {
  readonly definitions: {
    readonly task: { readonly properties: object; readonly oneOf: readonly { readonly required: readonly string[] }[]; readonly dependencies: { readonly prompt: { readonly properties: { readonly agent: { readonly enum: readonly string[] } } } } };
    readonly defaults: { readonly properties: object };
  };
}

const { task, defaults } = (JSON.parse(readFileSync(new URL('../../../../schemas/batch.schema.json', import.meta.url), 'utf8')) as Schema).definitions;

test('the schema of batch files has the fields that a task can have', () => {
  assert.deepEqual(Object.keys(task.properties).sort(), [...SPEC_FIELDS].sort());
});

test('defaults have those fields but for what a task does', () => {
  const ways = task.oneOf.flatMap(({ required }) => required);
  assert.ok(ways.includes('prompt'));
  const missing = SPEC_FIELDS.filter((field) => !Object.keys(defaults.properties).includes(field));
  assert.deepEqual(missing.filter((field) => ![...ways, 'id', 'shell', 'input', 'follows'].includes(field)), []);
});

test('prompts are for the agents that there are', () => {
  assert.deepEqual(task.dependencies.prompt.properties.agent.enum, ['auto', ...AGENT_NAMES]);
});
