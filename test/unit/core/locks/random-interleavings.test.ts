import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { HolderId } from '../../../../src/core/model/ids.ts';
import { LockWorld, type Held } from '../../../support/locks/lock-world.ts';
import { SeededRandom, seedFor } from '../../../support/seeded-random.ts';

const ROUNDS = 25;
const STEPS = 100;
/** An editor's hold may come back after a reload; until then a heartbeat is missed, and looked for every half second. */
const TWO_HEARTBEATS_MS = 4000;
const SILENCE_MS = 6500;

test('in thousands of interleavings no file is held twice, nobody is overtaken, and all get their turn', async (t) => {
  const random = new SeededRandom(seedFor(t));
  for (let round = 0; round < ROUNDS; round++) await play(t, random);
});

async function play(t: TestContext, random: SeededRandom): Promise<void> {
  const world = new LockWorld(t, random);
  for (let engine = 0; engine < 3; engine++) await world.addEngine();
  for (let step = 0; step < STEPS; step++) {
    await act(world, random);
    await world.pass(random.between(0, 800));
    const [held, line] = [world.held(), world.line()];
    const holders = new Set(held.map(({ holder }) => holder));
    world.settle();
    checkExclusion(world);
    checkEditors(world, holders, held);
    checkOrder(world, holders, held, line);
    assert.deepEqual(world.forgottenPrograms(), []);
    checkReasons(world);
  }
  world.saveAll();
  world.releaseAll();
  await world.pass(SILENCE_MS + TWO_HEARTBEATS_MS);
  for (let left = 5000; left > 0 && (world.waiting().length > 0 || world.held().length > 0); left--) {
    if (world.memory.store.runs.active().length > 0) world.endTask();
    else if (world.programCount > 0) world.endProgram();
    await world.pass(500);
    world.settle();
    checkExclusion(world);
  }
  assert.deepEqual([world.waitingTasks(), world.held(), world.line()], [[], [], []], 'in the end all have had their files');
}

async function act(world: LockWorld, random: SeededRandom): Promise<void> {
  const dice = random.between(0, 99);
  if (dice < 35) world.addTask();
  else if (dice < 60) {
    if (world.memory.store.runs.active().length > 0) world.endTask();
  } else if (dice < 70) world.edit();
  else if (dice < 78) await world.addProgram();
  else if (dice < 85) {
    if (world.programCount > 0) world.endProgram();
  } else if (dice < 95) world.order();
  else if (world.living.length > 1) world.crash();
  else await world.addEngine();
}

function clash(one: Held, other: Held): boolean {
  return one.holder !== other.holder && (one.mode === 'write' || other.mode === 'write') && [...one.covers].some((file) => other.covers.has(file));
}

/** Unsaved changes are nobody's to forbid; all others never share what one of them writes. */
function checkExclusion(world: LockWorld): void {
  const held = world.held().filter(({ kind }) => kind !== 'editor');
  for (const one of held) for (const other of held) assert.ok(!clash(one, other), JSON.stringify([one.holder, other.holder, [...one.covers], [...other.covers]]));
}

/** No task starts to write what somebody is changing in an editor, unless a person lets it. */
function checkEditors(world: LockWorld, heldBefore: ReadonlySet<number>, held: readonly Held[]): void {
  const fresh = world.held().filter(({ holder, kind, mode }) => kind !== 'editor' && mode === 'write' && !heldBefore.has(holder));
  const unsaved = held.filter(({ kind }) => kind === 'editor');
  for (const one of fresh) assert.ok(world.passesEditors(one.holder) || !unsaved.some((editor) => clash(one, editor)), `${one.holder} writes over unsaved changes`);
}

/** Who stood in line for a file before somebody who has it now, has it too, or a person kept him from it. */
function checkOrder(world: LockWorld, heldBefore: ReadonlySet<number>, held: readonly Held[], lineBefore: readonly Held[]): void {
  const fresh = world.held().filter(({ holder, kind }) => kind !== 'editor' && !heldBefore.has(holder));
  const unsaved = held.filter(({ kind }) => kind === 'editor');
  const waitedForPerson = (holder: HolderId): boolean =>
    !world.passesEditors(holder) && lineBefore.some((claim) => claim.holder === holder && claim.kind === 'task' && claim.mode === 'write' && unsaved.some((editor) => clash(claim, editor)));
  const positions = new Map(lineBefore.map(({ holder, position }) => [holder, position]));
  for (const one of fresh) {
    const place = positions.get(one.holder);
    for (const other of lineBefore) {
      const isEarlier = place === undefined ? false : other.position < place && world.isServed(other.holder);
      if (isEarlier && clash(one, other) && !waitedForPerson(other.holder) && !waitsForPerson(world, other.holder)) assert.ok(!world.isWaiting(other.holder), `${one.holder} went before ${other.holder}`);
    }
  }
}

/** Nobody waits without somebody in his way: no wake-up is lost. */
function checkReasons(world: LockWorld): void {
  const held = world.held();
  const waiting = world.waiting();
  const inWay = (claim: Held, lock: Held): boolean => (lock.kind === 'editor' ? claim.mode === 'write' && !world.passesEditors(claim.holder) && clash(claim, lock) : clash(claim, lock));
  for (const holder of new Set(waiting.map((claim) => claim.holder))) {
    if (!world.isServed(holder)) continue;
    const own = waiting.filter((claim) => claim.holder === holder);
    const isBlocked = own.some((claim) => held.some((lock) => inWay(claim, lock)) || waiting.some((other) => isBefore(other, claim) && clash(claim, other) && !waitsForPerson(world, other.holder)));
    assert.ok(isBlocked, `${holder} waits for nothing`);
  }
}

/** A task that waits for a person, and for nobody else, may wait long: it stands in no line, and others need not stand behind it. */
function waitsForPerson(world: LockWorld, holder: number): boolean {
  if (world.line().some((claim) => claim.holder === holder)) return false;
  const own = world.waiting().filter((claim) => claim.holder === holder && claim.kind === 'task' && claim.mode === 'write');
  return own.some((claim) => !world.passesEditors(claim.holder) && world.held().some((lock) => lock.kind === 'editor' && clash(claim, lock)));
}

function isBefore(one: Held, other: Held): boolean {
  return one.position < other.position || (one.position === other.position && one.holder < other.holder);
}
