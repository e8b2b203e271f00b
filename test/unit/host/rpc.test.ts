import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UserError } from '../../../src/core/base/user-error.ts';
import { Rpc } from '../../../src/host/engine/rpc.ts';
import { channelPair } from './channel-pair.ts';

type Handlers = ConstructorParameters<typeof Rpc>[1];

function pair(handlers: Handlers): { readonly client: Rpc; readonly server: Rpc; readonly events: unknown[] } {
  const events: unknown[] = [];
  const [here, there] = channelPair();
  const client = new Rpc(here, {}, (name, value) => events.push([name, value]));
  return { client, server: new Rpc(there, handlers), events };
}

test('a request is answered with what its handler returns, in any order', async () => {
  let finishSlow!: (value: string) => void;
  const slow = new Promise<string>((resolve) => (finishSlow = resolve));
  const { client } = pair({ slow: () => slow, add: (a: number, b: number) => a + b });
  const first = client.request('slow');
  assert.equal(await client.request('add', [2, 3]), 5);
  finishSlow('late');
  assert.equal(await first, 'late');
});

test('a handler that throws answers with its error, of the same class', async () => {
  const { client } = pair({
    forPeople: () => {
      throw new UserError('There is no folder `x`.', 'Open another.');
    },
    bug: async () => Promise.reject(new TypeError('undefined is not a function')),
  });
  await assert.rejects(client.request('forPeople'), (error) => error instanceof UserError && error.message === 'There is no folder `x`. Open another.');
  await assert.rejects(client.request('bug'), (error) => error instanceof Error && !(error instanceof UserError) && error.message.includes('undefined is not'));
});

test('a request is answered even when there is no handler or its result cannot be sent', async () => {
  const { client } = pair({ unsendable: () => () => undefined });
  await assert.rejects(client.request('nothing'), /no method `nothing`/);
  await assert.rejects(client.request('toString'), /no method `toString`/);
  await assert.rejects(client.request('unsendable'), /could not be cloned/);
  await assert.rejects(client.request('unsendable', [() => undefined]), /arguments of `unsendable` cannot be sent/);
});

test('when the other side is gone, what is pending and what comes later is rejected', async () => {
  const { client, server, events } = pair({ never: () => new Promise(() => undefined) });
  const pending = client.request('never');
  client.end(new Error('the thread is gone'));
  await assert.rejects(pending, /the thread is gone/);
  await assert.rejects(client.request('never'), /the thread is gone/);
  server.emit('late', 1);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(events, []);
});

test('events arrive with their values', async () => {
  const { server, events } = pair({});
  server.emit('onDidChange', { revision: 4 });
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(events, [['onDidChange', { revision: 4 }]]);
});
