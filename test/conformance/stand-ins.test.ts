import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnthropicStandIn } from '../support/agents/anthropic-stand-in.ts';

const ASKED = { model: 'm', stream: true, tools: [{ name: 'Edit' }], messages: [{ role: 'user', content: [{ type: 'text', text: 'Do it.' }] }] };

async function ask(standIn: AnthropicStandIn, body: object = ASKED): Promise<Response> {
  return fetch(`${standIn.url}/v1/messages?beta=true`, { method: 'POST', headers: { 'x-claude-code-session-id': 's' }, body: JSON.stringify(body) });
}

void test('the stand-in for the Anthropic API streams what its script says', async (t) => {
  const standIn = await AnthropicStandIn.open(t, ({ prompts, tools, session }) => ({ type: 'say', text: `${prompts.join()} ${tools.join()} ${session}`, tools: [{ name: 'Edit', input: { a: 1 } }] }));
  const text = await (await ask(standIn)).text();
  const events = [...text.matchAll(/^event: (\w+)\ndata: (.*)\n\n/gm)].map(([, name, data]) => [name, JSON.parse(data!) as { type: string; delta?: { text?: string; partial_json?: string; stop_reason?: string } }] as const);
  assert.deepEqual(events.map(([name]) => name), ['message_start', 'content_block_start', 'content_block_delta', 'content_block_stop', 'content_block_start', 'content_block_delta', 'content_block_stop', 'message_delta', 'message_stop']);
  assert.ok(events.every(([name, { type }]) => name === type));
  assert.deepEqual(events.flatMap(([, { delta }]) => delta ?? []).map((delta) => delta.text ?? delta.partial_json ?? delta.stop_reason), ['Do it. Edit s', '{"a":1}', 'tool_use']);
});

void test('it fails as told, with headers, and knows what a tool gave back', async (t) => {
  const standIn = await AnthropicStandIn.open(t, () => ({ type: 'fail', status: 429, error: 'rate_limit_error', headers: { 'anthropic-ratelimit-unified-reset': '7' } }));
  const result = { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'x', is_error: true, content: [{ type: 'text', text: 'no' }] }] };
  const response = await ask(standIn, { ...ASKED, messages: [...ASKED.messages, result] });
  assert.deepEqual([response.status, response.headers.get('anthropic-ratelimit-unified-reset'), ((await response.json()) as { error: { type: string } }).error.type], [429, '7', 'rate_limit_error']);
  assert.deepEqual(standIn.requests[0]!.results, [{ text: 'no', isError: true }]);
});
