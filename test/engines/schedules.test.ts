import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { DEFAULT_LIMITS } from '../../src/core/model/limits.ts';
import type { ScheduleId } from '../../src/core/model/ids.ts';
import type { EngineHandle } from '../support/engines/engine-handle.ts';
import { EngineHome } from '../support/engines/engine-home.ts';
import { SeededRandom, seedFor } from '../support/seeded-random.ts';
import { until } from '../support/until.ts';

const ENGINES = 3;
const DUE_TIMES = 1000;
const DEADLINE_MS = 240_000;
const LIMITS = { ...DEFAULT_LIMITS, total: 8, memoryThreshold: 1, types: [{ name: 'utility', limit: 8, cpu: 0.01, memory: 1 }] };

const homes: EngineHome[] = [];
after(() => Promise.all(homes.map((home) => home.dispose())));

interface MetRow {
  readonly schedule: number;
  readonly due_at: number;
  readonly state: string;
  readonly batch: number | null;
}

async function openHome(): Promise<{ readonly home: EngineHome; readonly client: EngineHandle }> {
  const home = new EngineHome();
  homes.push(home);
  const client = await home.open({ runsTasks: false });
  await client.call('setLimits', LIMITS);
  return { home, client };
}

async function add(client: EngineHandle, home: EngineHome, key: string, written: object): Promise<ScheduleId> {
  const added = await client.call('addSchedule', home.workspace, { name: key, timeZone: 'UTC', tasks: [{ command: home.journal.command(key) }], ...written }, 'cli');
  assert.ok(added.ok, JSON.stringify(added));
  return added.value;
}

const met = (home: EngineHome): readonly MetRow[] => home.store.all<MetRow>('SELECT schedule, due_at, state, batch FROM schedule_runs ORDER BY schedule, due_at');

test(`${DUE_TIMES} due times and ${ENGINES} engines: each fires once`, async () => {
  const { home, client } = await openHome();
  const keys = Array.from({ length: DUE_TIMES }, (_, index) => `once-${index}`);
  for (const key of keys) await add(client, home, key, { once: '2999-12-31T08:00' });
  await Promise.all(Array.from({ length: ENGINES }, () => home.open()));
  // All of them come due within three seconds, most at the same moment as others.
  const now = Date.now();
  home.store.alter(`UPDATE schedules SET next_at = ?1 + (id % 30) * 100, rule = json_set(rule, '$.at', ?1 + (id % 30) * 100)`, now + 500);
  await until('all have run', () => home.store.count(`SELECT count(*) FROM tasks WHERE status = 'finished'`) === DUE_TIMES, DEADLINE_MS);

  const rows = met(home);
  assert.deepEqual([rows.length, new Set(rows.map(({ schedule }) => schedule)).size, new Set(rows.map(({ batch }) => batch)).size], [DUE_TIMES, DUE_TIMES, DUE_TIMES]);
  assert.deepEqual(rows.filter(({ state }) => state !== 'queued'), []);
  assert.deepEqual(keys.filter((key) => home.journal.starts(key) !== 1), []);
  assert.deepEqual((await client.call('schedules', [])).filter(({ state }) => state.type !== 'over'), []);
});

test('engines are killed while due times come: none is lost, none fires twice', async (t) => {
  const random = new SeededRandom(seedFor(t));
  const { home, client } = await openHome();
  const ids: ScheduleId[] = [];
  for (let index = 0; index < 50; index++) ids.push(await add(client, home, `often-${index}`, { every: '1s', missed: 'all', overlap: 'queue' }));
  const engines = Array.from({ length: ENGINES }, () => home.launch());
  let kills = 0;
  const deadline = performance.now() + DEADLINE_MS;
  while (met(home).length < DUE_TIMES) {
    if (performance.now() > deadline) throw new Error(`Expected ${DUE_TIMES} due times to be met within ${DEADLINE_MS / 1000} s, got ${met(home).length}`);
    const index = random.whole(0, ENGINES);
    // One that is at work is killed at any moment of its work; another comes in its place at once.
    await engines[index]!.ready;
    await pause(random.whole(0, 300));
    await engines[index]!.kill();
    engines[index] = home.launch();
    kills++;
  }
  for (const id of ids) await client.call('pauseSchedule', id, true);
  await until('what was queued has run', () => home.store.unfinished() === 0, DEADLINE_MS);

  const rows = met(home);
  const gaps = rows.filter((row, at) => at > 0 && rows[at - 1]!.schedule === row.schedule && row.due_at - rows[at - 1]!.due_at !== 1000);
  assert.deepEqual(gaps, []);
  const queued = rows.filter(({ state }) => state === 'queued');
  assert.deepEqual(rows.filter(({ state }) => state !== 'queued' && state !== 'waiting'), []);
  assert.equal(new Set(queued.map(({ batch }) => batch)).size, queued.length);
  assert.equal(home.store.count('SELECT count(*) FROM tasks'), queued.length);
  // A run whose engine died is found again or, never begun, begun anew: a command begins once.
  const begun = new Map(ids.map((id, index) => [id, home.journal.starts(`often-${index}`)]));
  assert.deepEqual(ids.filter((id) => begun.get(id) !== queued.filter(({ schedule }) => schedule === id).length), []);
  console.table({ dueTimes: rows.length, tasks: queued.length, kills });
});
