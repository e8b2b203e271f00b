import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunBar } from '../../../../src/core/model/run-bar.ts';
import { MemoryStore } from '../../../support/memory-store.ts';

const DAY = 86_400_000;
const brief = (bars: readonly RunBar[]): string[] => bars.map(({ name, startedAt, endedAt }) => `${name} ${startedAt}–${endedAt ?? ''}`);

function past(memory: MemoryStore, name: string, from: number, to?: number, { workspace = '/lab', code = 0 } = {}): void {
  const id = memory.add({ name }, { now: from - 5, workspace });
  memory.run(id, from);
  if (to !== undefined) memory.end(id, code, to);
}

test('runs that touch a span are found, by their start', (t) => {
  const memory = new MemoryStore(t);
  past(memory, 'before', DAY + 100, DAY + 199);
  past(memory, 'into', DAY + 150, DAY + 250);
  past(memory, 'goes on', DAY + 120);
  past(memory, 'within', DAY + 210, DAY + 220);
  past(memory, 'out of', DAY + 290, DAY + 900);
  past(memory, 'after', DAY + 301, DAY + 302);
  past(memory, 'elsewhere', DAY + 210, DAY + 220, { workspace: '/other' });
  const span = { from: DAY + 200, to: DAY + 300 };
  const found = (limit: number): string[] => brief(memory.store.runsBetween(span, ['/lab'], limit)).map((text) => text.replace(/ \d+–/, ' ').trim());
  assert.deepEqual(found(10), ['goes on', `into ${DAY + 250}`, `within ${DAY + 220}`, `out of ${DAY + 900}`]);
  assert.deepEqual(found(2), [`within ${DAY + 220}`, `out of ${DAY + 900}`], 'the latest');
  assert.deepEqual(memory.store.runsBetween(span, [], 10), []);
});

test('a run that lasted for days is found in each span that it touches, and once', (t) => {
  const memory = new MemoryStore(t);
  const [from, to] = [10 * DAY, 20 * DAY];
  past(memory, 'for days', from, to);
  past(memory, 'for a day', 12 * DAY, 13 * DAY);
  const names = (at: number, ms = 1000): string[] => memory.store.runsBetween({ from: at, to: at + ms }, ['/lab'], 10).map(({ name }) => name);
  assert.deepEqual([names(from - 5000), names(to + 1)], [[], []]);
  for (const at of [from - 500, from, from + DAY, 11.5 * DAY, 15 * DAY, to - 500, to]) assert.deepEqual(names(at), ['for days'], `on day ${at / DAY}`);
  assert.deepEqual(names(12.5 * DAY), ['for days', 'for a day']);
  assert.deepEqual(names(11 * DAY, 2 * DAY), ['for days', 'for a day']);
  const plan = memory.database.all(`EXPLAIN QUERY PLAN SELECT * FROM runs r WHERE r.ended_at - r.claimed_at > 86400000 AND r.ended_at >= ? AND r.claimed_at < ?`, 1, 2).map(({ detail }) => String(detail));
  assert.match(plan.join(), /USING INDEX runs_long/);
});

test('a bar tells since when it waited, whose it is, and whether it failed', (t) => {
  const memory = new MemoryStore(t);
  const id = memory.add({ name: 'Sweep', type: 'simulation', role: 'nightly', agent: 'AI', expect: { type: 'exit', code: 3 } });
  memory.store.write(() => memory.store.runs.insert({ task: id, type: 'simulation', attempt: 1, engine: 1 as never, folder: '/r', boot: 'b', position: 0, reservedCpu: 1, reservedMemory: 1, readyAt: 40 }, 50));
  const [bar] = memory.store.runsBetween({ from: 0, to: 100 }, ['/lab'], 10);
  assert.deepEqual(bar, { task: id, run: 1, name: 'Sweep', type: 'simulation', role: 'nightly', agent: 'AI', waitedFrom: 40, startedAt: 50, endedAt: undefined, outcome: undefined, isFailure: false });
  const end = (code: number): boolean => {
    memory.store.runs.setEnded(1 as never, { at: 60, outcome: { type: 'failed', reason: 'exit', code }, exitCode: code, signal: undefined, userMs: 1, systemMs: 1, peakMemory: 1 });
    return memory.store.runsBetween({ from: 0, to: 100 }, ['/lab'], 10)[0]!.isFailure;
  };
  assert.deepEqual([end(3), end(4)], [false, true]);
});
