import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AGEING_MS_PER_PRIORITY, rankOf } from '../../../../src/core/store/task-row.ts';
import { meet } from '../../../support/scheduler/scheduler-model.ts';
import { play, type Job, type Machine, type Played } from '../../../support/scheduler/simulated-machine.ts';
import { LIMITS } from '../../../support/scheduler/situation.ts';
import { SeededRandom, seedFor } from '../../../support/seeded-random.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const machine: Machine = { limits: { ...LIMITS, total: 50, memoryThreshold: 0.75 }, cores: 4, memory: 64 };

function job(id: number, given: Partial<Job> = {}): Job {
  return { id, type: 'any', priority: 5, arrivesAt: 0, lasts: MINUTE, cpu: 1, memory: 1, claims: [], ...given };
}

/** Small jobs without an end: each core is asked for again before it is free. */
function stream(first: number, count: number, given: (index: number) => Partial<Job>): Job[] {
  return Array.from({ length: count }, (_, index) => job(first + index, given(index)));
}

test('an endless stream of small tasks does not starve a large one of the same priority', () => {
  const small = stream(10, 600, (index) => ({ arrivesAt: index * 14 * SECOND }));
  const large = job(1, { arrivesAt: 10 * MINUTE, cpu: 3 });
  const { startedAt } = play(machine, [...small, large]).get(1)!;
  assert.ok(startedAt - large.arrivesAt < 4 * MINUTE, `it waited ${(startedAt - large.arrivesAt) / MINUTE} minutes`);
});

test('nor one that needs much memory', () => {
  const small = stream(10, 600, (index) => ({ arrivesAt: index * 10 * SECOND, cpu: 0, memory: 8 }));
  const large = job(1, { arrivesAt: 10 * MINUTE, memory: 40 });
  const { startedAt } = play(machine, [...small, large]).get(1)!;
  assert.ok(startedAt - large.arrivesAt < 4 * MINUTE, `it waited ${(startedAt - large.arrivesAt) / MINUTE} minutes`);
});

test('an endless stream of urgent tasks starves nobody: waiting makes up for priority', () => {
  const urgent = stream(10, 2400, (index) => ({ arrivesAt: index * 15 * SECOND, priority: 1 }));
  const late = job(1, { arrivesAt: 5 * MINUTE, priority: 9 });
  const { startedAt } = play(machine, [...urgent, late]).get(1)!;
  const ageing = (late.priority - 1) * AGEING_MS_PER_PRIORITY;
  assert.ok(startedAt - late.arrivesAt > ageing / 2, 'it waited for those that were more urgent');
  assert.ok(startedAt - late.arrivesAt <= ageing + 2 * MINUTE, `it waited ${(startedAt - late.arrivesAt) / MINUTE} minutes`);
});

test('an endless stream of readers does not starve a writer', () => {
  const claim = (mode: 'read' | 'write') => [{ key: '/data', glob: '', path: '/data', mode }];
  const readers = stream(10, 400, (index) => ({ arrivesAt: index * 20 * SECOND, claims: claim('read') }));
  const writer = job(1, { arrivesAt: 10 * MINUTE + 1, claims: claim('write') });
  const { startedAt } = play(machine, [...readers, writer]).get(1)!;
  assert.ok(startedAt - writer.arrivesAt <= MINUTE, `it waited ${(startedAt - writer.arrivesAt) / MINUTE} minutes`);
});

test('small tasks use what a large one leaves while it waits', () => {
  const long = job(1, { cpu: 3, lasts: 60 * MINUTE });
  const large = job(2, { arrivesAt: 1, cpu: 3 });
  const small = stream(10, 30, () => ({ arrivesAt: 2 }));
  const played = play(machine, [long, large, ...small]);
  assert.equal(played.get(2)!.startedAt, 60 * MINUTE);
  assert.deepEqual(small.map(({ id }) => played.get(id)!.startedAt), small.map((_, index) => 2 + index * MINUTE));
});

for (const load of [0.5, 0.9, 1.3]) {
  test(`at ${load * 100} % load every task starts, in bounded time, and nothing is given away twice`, (t) => {
    const random = new SeededRandom(seedFor(t));
    const jobs = randomJobs(random, 400, load);
    const played = play(machine, jobs);
    assert.equal(played.size, jobs.length);
    holdsAtEachInstant([...played.values()]);
    const longest = Math.max(...jobs.map(({ lasts }) => lasts));
    for (const one of played.values()) {
      const ahead = [...played.values()].filter((other) => other.endedAt > one.job.arrivesAt && rank(other.job) < rank(one.job));
      const bound = ahead.reduce((sum, { job: { lasts } }) => sum + lasts, 0) + (ahead.length + 2) * longest;
      const waited = one.startedAt - one.job.arrivesAt;
      assert.ok(waited <= bound, `${JSON.stringify(one.job)} waited ${waited} ms, ${ahead.length} were ahead of it`);
    }
  });
}

const rank = ({ priority, arrivesAt }: Job): number => rankOf(priority, arrivesAt);

function randomJobs(random: SeededRandom, count: number, load: number): Job[] {
  let at = 0;
  return Array.from({ length: count }, (_, index) => {
    const lasts = random.between(1, 120) * SECOND;
    const cpu = random.pick([0.5, 1, 1, 2, 4]);
    at += Math.round((cpu * lasts * random.next() * 2) / (machine.cores * load));
    return job(index + 1, {
      arrivesAt: at, lasts, cpu, priority: random.pick([1, 5, 5, 9]), type: random.pick(['any', 'any', 'pair', 'solo']), memory: random.pick([0, 1, 4, 12, 30, 60]),
      claims: random.chance(0.3) ? [random.pick(['/a', '/a/b', '/c'])].map((path) => ({ key: path, glob: '', path, mode: random.pick(['read', 'write'] as const) })) : [],
    });
  });
}

function holdsAtEachInstant(played: readonly Played[]): void {
  for (const { startedAt } of played) {
    const inside = played.filter((other) => other.startedAt <= startedAt && other.endedAt > startedAt);
    const shown = JSON.stringify(inside);
    for (const { name, limit } of machine.limits.types) assert.ok(inside.filter(({ job: { type } }) => type === name).length <= limit, shown);
    assert.ok(inside.reduce((sum, { job: { cpu } }) => sum + cpu, 0) <= machine.cores, shown);
    if (inside.length > 1) {
      const before = inside.filter((other) => other.startedAt < startedAt);
      const most = before.length === 0 ? machine.memory + 48 : machine.memory;
      assert.ok(inside.reduce((sum, { job: { memory } }) => sum + memory, 0) <= most, shown);
    }
    for (const one of inside) {
      for (const other of inside) {
        if (one === other) continue;
        const clash = one.job.claims.some((claim) => other.job.claims.some((met) => meet(claim.key, met.key) && (claim.mode === 'write' || met.mode === 'write')));
        assert.ok(!clash, shown);
      }
    }
  }
}
