import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failureOf } from '../../../../src/host/agents/model-failures.ts';

function failing(fields: object, cause?: unknown): Error {
  return Object.assign(new Error('prose that nobody reads', { cause }), fields);
}

test('failures follow from codes and names, also of what caused them', () => {
  const kinds = [
    failing({ code: 'NoPermissions' }),
    failing({ code: 'Blocked' }),
    failing({ code: 'NotFound' }),
    failing({ name: 'ChatQuotaExceeded' }),
    failing({ code: 'Unknown' }, failing({ name: 'ChatRateLimited' })),
    failing({ code: 'Unknown' }, failing({}, failing({ code: 'ECONNREFUSED' }))),
    failing({ code: 'Unknown' }, failing({ name: 'TypeError' })),
  ].map((error) => failureOf(error, 'the-model').type);
  assert.deepEqual(kinds, ['refused', 'rateLimited', 'notInstalled', 'rateLimited', 'rateLimited', 'unreachable', 'failed']);
});

test('what has no kind keeps its words, and any value is borne', () => {
  assert.deepEqual(failureOf(new Error('Rate limit exceeded, 429'), 'm'), { type: 'failed', message: 'Rate limit exceeded, 429' });
  for (const value of [undefined, null, 'text', 7, {}]) assert.equal(failureOf(value, 'm').type, 'failed');
  const circle = failing({});
  Object.assign(circle, { cause: circle });
  assert.equal(failureOf(circle, 'm').type, 'failed');
});
