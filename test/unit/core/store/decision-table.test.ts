import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Decision } from '../../../../src/core/model/machine/strategy.ts';
import { MemoryStore } from '../../../support/memory-store.ts';

const DAY = 86_400_000;

test('the course of strategies is told from the last change before a span on, without what else was decided', (t) => {
  const { store } = new MemoryStore(t);
  const add = (at: number, what: string, given: Partial<Decision> = {}): void => store.write(() => store.decisions.add({ at, strategy: 'conserve', what, reasons: [{ measure: 'memory', value: 0.9, threshold: 0.85 }], ...given }));
  add(10, 'long ago', { isShadow: false });
  add(20, 'just before', { isShadow: true });
  add(25, 'paused #1');
  add(30, 'at its begin', { isShadow: true });
  add(40, 'resumed #1');
  add(50, 'at its end', { isShadow: false, strategy: 'normal', reasons: [] });
  add(60, 'after', { isShadow: true });
  const course = (from: number, to: number): string[] => store.decisions.course({ from, to }).map(({ what, strategy, isShadow, reasons }) => `${what}: ${strategy}, ${String(isShadow)}, ${reasons.length}`);
  assert.deepEqual(course(30, 50), ['just before: conserve, true, 1', 'at its begin: conserve, true, 1', 'at its end: normal, false, 0']);
  assert.deepEqual(course(0, 9), []);
  assert.deepEqual(course(70, 90), ['after: conserve, true, 1']);
  assert.deepEqual(store.decisions.between({ from: 25, to: 30 }, 9).map(({ what, isShadow }) => [what, isShadow]), [['at its begin', true], ['paused #1', undefined]]);
});

test('times of runs are those that touch a span, with their priority, however long they took', (t) => {
  const memory = new MemoryStore(t);
  const past = (priority: number, from: number, to?: number): void => {
    const id = memory.add({ priority }, { now: from });
    memory.run(id, from);
    if (to !== undefined) memory.end(id, 0, to);
  };
  const at = 10 * DAY;
  past(1, at - 5000, at - 1);
  past(2, at - 4000, at);
  past(3, at - 6 * DAY, at + 500);
  past(4, at - 3 * DAY);
  past(5, at + 100, at + 200);
  past(6, at + 1000);
  past(7, at + 1001, at + 1002);
  assert.deepEqual(memory.store.runs.timesBetween({ from: at, to: at + 1000 }).map(({ priority, startedAt, endedAt }) => [priority, startedAt - at, endedAt === undefined ? undefined : endedAt - at]), [
    [3, -6 * DAY, 500], [4, -3 * DAY, undefined], [2, -4000, 0], [5, 100, 200], [6, 1000, undefined],
  ]);
});
