import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { holderOfTask } from '../../../../src/core/model/ids.ts';
import type { WaitReason } from '../../../../src/core/model/wait-reason.ts';
import { selectRunnable, type Selection } from '../../../../src/core/scheduler/select-runnable.ts';
import type { Candidate, Snapshot } from '../../../../src/core/scheduler/snapshot.ts';
import { hindrances, isBehind, meet } from '../../../support/scheduler/scheduler-model.ts';
import { inWords, lock, running, waiting, type Wish } from '../../../support/scheduler/situation.ts';
import { SeededRandom, seedFor } from '../../../support/seeded-random.ts';

const ROUNDS = 3000;
const TYPES = ['solo', 'pair', 'trio'];
const PATHS = ['/', '/a', '/a/b', '/a/b/c', '/a/bc', '/d', '/d/e'];

function randomSnapshot(random: SeededRandom): Snapshot {
  const cores = random.pick([1, 2, 4, 8]);
  const memoryTotal = random.pick([16, 32, 64]);
  const cpu = (): number => random.pick([0, 0.25, 0.5, 1, 1, 2, 3, 9]);
  const memory = (): number => random.pick([0, 1, 2, 4, 8, 8, 12, random.between(0, memoryTotal + 2)]);
  const wish = (): Wish => `${random.pick(['read', 'read', 'write'] as const)} ${random.pick(PATHS)}`;
  const claims = (): Wish[] => Array.from({ length: random.pick([0, 0, 0, 1, 1, 2]) }, wish);
  const position = (): number => random.between(0, 6);
  let id = 0;
  const inside = Array.from({ length: random.between(0, 4) }, () => {
    const reserved = random.between(0, 12);
    return running(++id, { type: random.pick(TYPES), cpu: Math.min(cpu(), cores), memory: reserved, memorySeen: random.pick([0, reserved, random.between(0, 14)]), position: position() });
  });
  const held = inside.flatMap((occupant) => (random.chance(0.3) ? [lock(occupant.id, wish())] : []));
  const seen = inside.reduce((sum, occupant) => sum + occupant.memorySeen, 0);
  const queue = Array.from({ length: random.between(0, 14) }, () => waiting(++id, { type: random.pick(TYPES), cpu: cpu(), memory: memory(), position: position(), claims: claims() }));
  return {
    limits: {
      total: random.between(1, 7), memoryThreshold: random.pick([0.5, 0.75, 1]),
      types: TYPES.map((name, index) => ({ name, limit: index + 1, cpu: 1, memory: 1 })),
    },
    capacity: { cores, memoryTotal, memoryAvailable: Math.max(0, memoryTotal - seen - random.pick([0, 0, 2, 6])) },
    running: inside,
    locks: held,
    waiting: queue.sort((a, b) => (isBehind(a, b) ? 1 : -1)),
  };
}

/** Plays many random situations; the one that a check stumbles over is shown. */
function eachSnapshot(t: TestContext, rounds: number, check: (snapshot: Snapshot) => void): void {
  const random = new SeededRandom(seedFor(t));
  for (let round = 0; round < rounds; round++) {
    const snapshot = randomSnapshot(random);
    try {
      check(snapshot);
    } catch (error) {
      t.diagnostic(JSON.stringify({ snapshot, decision: inWords(selectRunnable(snapshot)) }));
      throw error;
    }
  }
}

/** Which hindrance of the model a reason speaks of. */
function hindranceOf(reason: WaitReason): string {
  return reason.type === 'resources' ? (reason.fits ? reason.resource : 'never') : reason.type;
}

test('what starts and what waits is what the plain rules say, and each reason is true', (t) => {
  const met = new Map<string, number>();
  eachSnapshot(t, ROUNDS, (snapshot) => {
    const selection = selectRunnable(snapshot);
    const verdicts = hindrances(snapshot);
    assert.deepEqual(selection.start, snapshot.waiting.filter((task) => verdicts.get(task)!.size === 0).map(({ id }) => id));
    for (const task of snapshot.waiting) {
      const reason = selection.waits.get(task.id);
      if (reason === undefined) continue;
      const named = hindranceOf(reason);
      met.set(named, (met.get(named) ?? 0) + 1);
      assert.ok(verdicts.get(task)!.has(named as never), `${task.id}: ${named} is not among ${[...verdicts.get(task)!].join(', ')}`);
      assert.deepEqual(untrue(task, reason, snapshot, selection), []);
    }
  });
  assert.deepEqual([...met.keys()].sort(), ['backfill', 'cpu', 'lock', 'memory', 'never', 'totalLimit', 'typeLimit'], 'the workloads meet every reason');
});

/** What is wrong with the names and figures of a reason. */
function untrue(task: Candidate, reason: WaitReason, snapshot: Snapshot, { start }: Selection): string[] {
  const startedBefore = snapshot.waiting.filter((other) => start.includes(other.id) && isBehind(task, other));
  const wrong: string[] = [];
  const expect = (what: string, isTrue: boolean): void => {
    if (!isTrue) wrong.push(`${what} in ${JSON.stringify(reason)}`);
  };
  switch (reason.type) {
    case 'typeLimit': {
      const { limit } = snapshot.limits.types.find(({ name }) => name === task.type)!;
      expect('the figures', reason.limit === limit && reason.running === [...snapshot.running, ...startedBefore].filter(({ type }) => type === task.type).length);
      break;
    }
    case 'totalLimit':
      expect('the figures', reason.limit === snapshot.limits.total && reason.running === snapshot.running.length + startedBefore.length);
      break;
    case 'resources':
      expect('the need', reason.needs === (reason.resource === 'memory' ? task.memory : Math.min(task.cpu, snapshot.capacity.cores)));
      // On a machine that is over its threshold even nothing is too much.
      expect('what is free', reason.free >= 0 && (reason.free < reason.needs || (reason.needs === 0 && reason.free === 0)));
      break;
    case 'lock': {
      const held = [...snapshot.locks.map((other) => ({ ...other, waits: false })), ...snapshot.waiting.filter((other) => isBehind(task, other)).flatMap((other) => other.claims.map((claim) => ({ ...claim, holder: holderOfTask(other.id), since: undefined, waits: !start.includes(other.id) })))];
      const named = held.filter((other) => other.holder === Number(reason.holder.id) && other.path === reason.path && other.mode === reason.mode && other.waits === reason.waiting);
      expect('the holder', named.some((other) => task.claims.some((claim) => meet(claim.key, other.key) && (claim.mode === 'write' || other.mode === 'write'))));
      expect('the time', reason.since === (reason.waiting || (reason.holder.type === 'task' && start.includes(reason.holder.id)) ? undefined : 1000));
      break;
    }
    case 'backfill': {
      const head = snapshot.waiting.find(({ id }) => id === reason.head.id)!;
      expect('the head', isBehind(task, head) && !start.includes(head.id));
      break;
    }
    default:
      wrong.push(reason.type);
  }
  return wrong;
}

test('a task that waits for a file is behind one that must go first, and nobody else is behind anybody', (t) => {
  eachSnapshot(t, ROUNDS, (snapshot) => {
    const { behind, waits } = selectRunnable(snapshot);
    assert.deepEqual([...behind.keys()], [...waits].flatMap(([id, reason]) => (reason.type === 'lock' ? [id] : [])));
    for (const [id, other] of behind) {
      const task = snapshot.waiting.find((candidate) => candidate.id === id)!;
      const first = snapshot.waiting.find((candidate) => holderOfTask(candidate.id) === other);
      const claims = first === undefined ? snapshot.locks.filter((entry) => entry.holder === other) : first.claims;
      assert.ok(first === undefined || isBehind(task, first));
      assert.ok(task.claims.some((claim) => claims.some((met) => meet(claim.key, met.key) && (claim.mode === 'write' || met.mode === 'write'))), `${id} behind ${other}`);
    }
  });
});

test('limits, cores and files are never given away twice', (t) => {
  eachSnapshot(t, ROUNDS, (snapshot) => {
    const { start } = selectRunnable(snapshot);
    const started = snapshot.waiting.filter(({ id }) => start.includes(id));
    if (started.length === 0) return;
    assert.ok(snapshot.running.length + started.length <= snapshot.limits.total);
    for (const { name, limit } of snapshot.limits.types) {
      const before = snapshot.running.filter(({ type }) => type === name).length;
      assert.ok(before + started.filter(({ type }) => type === name).length <= Math.max(limit, before));
    }
    const rest = snapshot.running.length === 0 ? started.slice(1) : started;
    const cpuOf = (tasks: readonly { readonly cpu: number }[]): number => tasks.reduce((sum, { cpu }) => sum + Math.min(cpu, snapshot.capacity.cores), 0);
    if (rest.some(({ cpu }) => cpu > 0)) assert.ok(cpuOf(snapshot.running) + cpuOf(started) <= snapshot.capacity.cores);
    const locked = [...snapshot.locks, ...started.flatMap((task) => task.claims.map((claim) => ({ ...claim, holder: holderOfTask(task.id) })))];
    for (const task of started) {
      for (const claim of task.claims) {
        const other = locked.find(({ holder, key, mode }) => holder !== holderOfTask(task.id) && meet(key, claim.key) && (mode === 'write' || claim.mode === 'write'));
        assert.equal(other, undefined);
      }
    }
  });
});

test('a decision changes nothing that it was given', (t) => {
  eachSnapshot(t, 200, (snapshot) => {
    const copy = structuredClone(snapshot);
    selectRunnable(snapshot);
    assert.deepEqual(snapshot, copy);
  });
});
