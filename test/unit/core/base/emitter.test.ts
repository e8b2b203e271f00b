import assert from 'node:assert/strict';
import { test } from 'node:test';
import { disposable } from '../../../../src/core/base/disposable.ts';
import { Emitter } from '../../../../src/core/base/emitter.ts';

test('a listener that throws stops no other, and its error is told', () => {
  const errors: unknown[] = [];
  const emitter = new Emitter<number>((error) => errors.push(error));
  const heard: string[] = [];
  emitter.event((value) => heard.push(`a${value}`));
  emitter.event(() => {
    throw new Error('broken');
  });
  emitter.event((value) => heard.push(`b${value}`));
  emitter.fire(1);
  emitter.fire(2);
  assert.deepEqual(heard, ['a1', 'b1', 'a2', 'b2']);
  assert.deepEqual(errors.map(String), ['Error: broken', 'Error: broken']);
});

test('without somebody to tell, the error of a listener is not swallowed', (t) => {
  const queued: (() => void)[] = [];
  t.mock.method(globalThis, 'queueMicrotask', (act: () => void) => queued.push(act));
  const emitter = new Emitter<void>();
  emitter.event(() => {
    throw new Error('broken');
  });
  emitter.fire();
  assert.equal(queued.length, 1);
  assert.throws(queued[0]!, /broken/);
});

test('a listener hears nothing more once it is disposed, also when it is disposed twice or while an event is fired', () => {
  const emitter = new Emitter<number>();
  const heard: number[] = [];
  const first = emitter.event((value) => {
    heard.push(value);
    first.dispose();
  });
  emitter.fire(1);
  first.dispose();
  emitter.fire(2);
  assert.deepEqual([heard, emitter.size], [[1], 0]);
});

test('one function that listens twice is two listeners', () => {
  const emitter = new Emitter<number>();
  let heard = 0;
  const listen = (): void => void heard++;
  const first = emitter.event(listen);
  emitter.event(listen);
  emitter.fire(1);
  first.dispose();
  emitter.fire(1);
  assert.equal(heard, 3);
});

test('a listener that is added while an event is fired hears the next one', () => {
  const emitter = new Emitter<number>();
  const heard: number[] = [];
  const once = emitter.event(() => {
    once.dispose();
    emitter.event((value) => heard.push(value));
  });
  emitter.fire(1);
  emitter.fire(2);
  assert.deepEqual(heard, [2]);
});

test('listening and leaving a thousand times leaves nothing behind', () => {
  const emitter = new Emitter<void>();
  for (let n = 0; n < 1000; n++) emitter.event(() => undefined).dispose();
  emitter.event(() => undefined);
  emitter.dispose();
  assert.equal(emitter.size, 0);
});

test('a disposable acts once', () => {
  let times = 0;
  const once = disposable(() => times++);
  once.dispose();
  once.dispose();
  assert.equal(times, 1);
});
