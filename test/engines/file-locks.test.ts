import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Limits } from '../../src/core/model/limits.ts';
import { EngineHome } from '../support/engines/engine-home.ts';
import type { EngineHandle } from '../support/engines/engine-handle.ts';
import { exclude } from '../support/engines/exclusion.ts';
import { clashes } from '../support/engines/overlaps.ts';
import { chosenSeed, SeededRandom } from '../support/seeded-random.ts';
import { WorkAccount } from '../support/engines/work-account.ts';
import { specOf, type PlannedTask } from '../support/engines/workload.ts';

const ENGINES = 8;
const TASKS = 400;
const FILES = 5;
const KILLS = 24;
const DEADLINE_MS = 180_000;
const ROOMY: Limits = { total: 12, memoryThreshold: 1, types: [{ name: 'utility', limit: 12, cpu: 0.1, memory: 2 ** 20 }] };

const home = new EngineHome();
const random = new SeededRandom(chosenSeed());
const files = Array.from({ length: FILES }, (_, file) => path.join(home.makeFolder('workspace/data'), `${file}.json`));
const planned = Array.from({ length: TASKS }, (_, index) => plan(index));
const engines: EngineHandle[] = [];
let account: WorkAccount;

function plan(index: number): PlannedTask {
  const wanted = [...new Set(Array.from({ length: random.whole(1, 2) }, () => random.pick(files)))];
  const claims = wanted.map((file) => ({ path: file, mode: random.pick(['read', 'write', 'write'] as const) }));
  return { key: String(index), type: 'utility', priority: 5, after: [], files: claims, turns: random.whole(0, 3000), forks: false, exitCode: 0, expected: { type: 'succeeded' } };
}

before(async () => {
  console.log(`seed ${random.seed} (SEED brings this run back)`);
  const client = await home.open({ runsTasks: false });
  await client.call('setLimits', ROOMY);
  // Whatever else keeps the machine busy.
  await client.call('pinStrategy', 'normal');
  for (let index = 0; index < ENGINES; index++) engines.push(home.launch());
  await home.submit(client, planned.map((task) => specOf(task, home.journal)));
  const deadline = performance.now() + DEADLINE_MS;
  for (let kills = 0; home.store.unfinished() > 0; ) {
    if (performance.now() > deadline) throw new Error(`Expected all work done within ${DEADLINE_MS / 1000} s, got ${home.store.unfinished()} tasks unfinished`);
    if (kills < KILLS && home.journal.entries().length >= ((kills + 1) * TASKS * 2) / (KILLS + 1)) {
      kills++;
      const victim = random.pick(engines);
      engines[engines.indexOf(victim)] = home.launch();
      await victim.kill();
    }
    await pause(5);
  }
  account = new WorkAccount(home, planned);
});

after(() => home.dispose());

test('exclusive holders of a file never overlap, by the commands’ own word and by the store’s', () => {
  assert.deepEqual([...clashes(account.journalled, exclude), ...clashes(account.recorded, exclude)].map(([a, b]) => [a.key, b.key]), []);
});

test('every task ends, once, though engines are killed', () => {
  assert.deepEqual([account.lost(), account.notOnce()], [[], []]);
});

test('no waiter of a file is overtaken by one that came later: it waits no longer than those before it take', () => {
  const begun = new Map(account.journalled.flatMap(({ begins, of }, index) => (begins ? [[of.key, index] as const] : [])));
  const overtaken = planned.flatMap((task, index) =>
    planned.slice(index + 1).filter((later) => exclude(task, later) && begun.get(later.key)! < begun.get(task.key)!).map((later) => `${later.key} before ${task.key}`),
  );
  assert.deepEqual(overtaken, []);
});

test('nothing stays locked, and nobody stays in line', async () => {
  assert.deepEqual(await engines[0]!.call('filesInUse', []), []);
});

/** What a number in a file comes to when tasks read it, do something, and write the next. */
async function countUp(file: string, meanwhile: readonly string[], claims: readonly string[]): Promise<number> {
  fs.writeFileSync(file, '0\n');
  const specs = meanwhile.map((act) => ({ type: 'utility', files: claims, command: ['/bin/sh', '-c', `read -r n < "$0"; ${act}; echo $((n + 1)) > "$0"`, file] }));
  await home.outcomes(await home.submit(engines[0]!, specs));
  return Number(fs.readFileSync(file, 'utf8'));
}

test('200 tasks that each add one to a file bring it to 200', async () => {
  const file = path.join(home.workspace, 'counter');
  const work = 'i=0; while [ $i -lt 4000 ]; do i=$((i + 1)); done';
  assert.equal(await countUp(file, Array.from({ length: 200 }, () => work), [file]), 200);
});

test('without claims two that read it at the same time add one together', async () => {
  const meet = (own: string, other: string): string => `: > "$0.${own}"; until [ -e "$0.${other}" ]; do sleep 0.01; done`;
  assert.equal(await countUp(path.join(home.workspace, 'unclaimed'), [meet('a', 'b'), meet('b', 'a')], []), 1);
});
