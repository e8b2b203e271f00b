import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { EngineHome } from '../support/engines/engine-home.ts';
import type { EngineHandle } from '../support/engines/engine-handle.ts';
import { logLines } from '../support/engines/engine-log.ts';
import { exclude } from '../support/engines/exclusion.ts';
import { clashes, peaks } from '../support/engines/overlaps.ts';
import { percentile } from '../support/engines/percentile.ts';
import { chosenSeed, SeededRandom } from '../support/seeded-random.ts';
import { TakeOvers } from '../support/engines/take-overs.ts';
import { WorkAccount } from '../support/engines/work-account.ts';
import { planBatch, specOf, TIGHT_LIMITS, type PlannedTask } from '../support/engines/workload.ts';

const ENGINES = 4;
const KILLS = 200;
const BATCHES = 10;
const TASKS = 2000;
const BACK_WITHIN_MS = 2000;
const DEADLINE_MS = 240_000;
/** Kills come at random points of the work, so that they meet every moment of it, and up to so much later. */
const JITTER_MS = 30;

const home = new EngineHome();
const random = new SeededRandom(chosenSeed());
const batches = Array.from({ length: BATCHES }, (_, batch) => planBatch(random, String(batch), TASKS / BATCHES, path.join(home.workspace, 'data')));
const planned = batches.flat();
const engines: EngineHandle[] = [];
let takeOvers: TakeOvers;
let account: WorkAccount;
let wallMs: number;

before(async () => {
  console.log(`seed ${random.seed} (SEED brings this run back)`);
  const client = await home.open({ runsTasks: false });
  await client.call('setLimits', TIGHT_LIMITS);
  takeOvers = new TakeOvers(home.store, () => engines.some((engine) => engine.isReady && !engine.hasEnded));
  const begin = performance.now();
  for (let index = 0; index < ENGINES; index++) engines.push(home.launch());
  for (const batch of batches) await home.submit(client, batch.map((task) => specOf(task, home.journal)));
  await killWhileWorkGoesOn(begin + DEADLINE_MS);
  wallMs = performance.now() - begin;
  account = new WorkAccount(home, planned);
});

after(() => home.dispose());

/** The points are lines of the journal: however fast the machine is, all kills happen before the work is done. */
async function killWhileWorkGoesOn(deadline: number): Promise<void> {
  const lines = planned.filter((task) => task.expected.type !== 'skipped').length * 2;
  const points = Array.from({ length: KILLS }, () => random.whole(0, lines)).sort((a, b) => a - b);
  const kills: Promise<void>[] = [];
  while (points.length > 0 || home.store.unfinished() > 0 || !takeOvers.isDone) {
    const progress = home.journal.entries().length;
    while (points.length > 0 && points[0]! <= progress) {
      points.shift();
      kills.push(pause(random.next() * JITTER_MS).then(() => killOne()));
    }
    takeOvers.look();
    if (performance.now() > deadline) throw new Error(`Expected all work done within ${DEADLINE_MS / 1000} s, got ${home.store.unfinished()} tasks unfinished and ${points.length} kills to go`);
    await pause(5);
  }
  await Promise.all(kills);
}

/** Every other time any engine, which may just be starting, else one that has runs in hand. Another comes in its place at once. */
async function killOne(): Promise<void> {
  const busy = home.store.busyPids();
  const atWork = engines.filter((engine) => busy.has(engine.pid));
  const victim = random.pick(random.chance(0.5) && atWork.length > 0 ? atWork : engines);
  engines[engines.indexOf(victim)] = home.launch();
  await takeOvers.kill(victim);
}

test('no task is lost: each has its true outcome and its whole output', () => {
  assert.deepEqual(account.lost(), []);
  assert.deepEqual(account.cutOff(), []);
});

test('no task runs twice: each command began and ended once, in one run', () => {
  assert.deepEqual(account.notOnce(), []);
});

test('no process is left behind', async () => {
  assert.deepEqual(await home.orphans(), []);
});

test('limits of types and in total hold at every instant, and are made full use of', () => {
  const groups = (task: PlannedTask): readonly string[] => [task.type, 'total'];
  const limits = new Map([...TIGHT_LIMITS.types.map(({ name, limit }): [string, number] => [name, limit]), ['total', TIGHT_LIMITS.total]]);
  assert.deepEqual(new Map(peaks(account.recorded, groups)), limits);
  for (const [group, peak] of peaks(account.journalled, groups)) assert.ok(peak <= limits.get(group)!, `${group}: ${peak} at once, limit ${limits.get(group)}`);
});

test('commands that claim one file never run at the same time, unless all of them only read', () => {
  const pairs = [...clashes(account.journalled, exclude), ...clashes(account.recorded, exclude)];
  assert.deepEqual(pairs.map(([a, b]) => [a.key, b.key]), []);
});

test('no command begins before those it depends on have ended', () => {
  assert.deepEqual(account.early(), []);
});

test('the work of a killed engine is taken over within two seconds', () => {
  const killed = home.engines.length - ENGINES - 1;
  assert.equal(killed, KILLS);
  assert.ok(takeOvers.hits > KILLS / 4, `Expected many kills to hit an engine at work, got ${takeOvers.hits} of ${KILLS}`);
  assert.deepEqual(takeOvers.all.filter((took) => took.attendedMs > BACK_WITHIN_MS), []);
});

test('the figures are written down', () => {
  const log = logLines(home.state);
  const attended = takeOvers.all.map((took) => took.attendedMs);
  const figures = {
    tasks: TASKS,
    engines: ENGINES,
    kills: KILLS,
    killsOfEnginesAtWork: takeOvers.hits,
    runsAdopted: log.filter((line) => line.includes(': adopted run ')).length,
    claimsQueuedAgain: log.filter((line) => line.includes(' was claimed and never started')).length,
    lost: account.lost().length,
    runTwice: account.notOnce().filter(({ begun, runs }) => begun > 1 || runs > 1).length,
    orphans: home.strangers().length,
    longestTakeOverMs: Math.round(Math.max(...attended)),
    takeOverP95Ms: Math.round(percentile(attended, 0.95)),
    takeOverP50Ms: Math.round(percentile(attended, 0.5)),
    longestWithStartOfAnEngineMs: Math.round(Math.max(...takeOvers.all.map((took) => took.fromKillMs))),
    wallSeconds: Math.round(wallMs / 100) / 10,
    seed: random.seed,
  };
  console.table(figures);
  const out = path.join(import.meta.dirname, '..', '..', 'out');
  fs.mkdirSync(out, { recursive: true });
  fs.writeFileSync(path.join(out, 'engines.json'), `${JSON.stringify(figures, null, 2)}\n`);
});
