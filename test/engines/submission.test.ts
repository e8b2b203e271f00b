import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { EngineHome } from '../support/engines/engine-home.ts';
import { chosenSeed, SeededRandom } from '../support/seeded-random.ts';

const ROUNDS = 12;
const TASKS = 500;

const home = new EngineHome();

after(() => home.dispose());

test('a batch is there as a whole or not at all, whenever its submitter is killed', async () => {
  const random = new SeededRandom(chosenSeed());
  console.log(`seed ${random.seed} (SEED brings this run back)`);
  const tasks = Array.from({ length: TASKS }, (_, index) => ({ id: `t${index}`, command: ['true'], files: [`file-${index}`], after: index % 10 === 9 ? [`t${index - 1}`] : [] }));
  const submitter = await home.open({ runsTasks: false });
  const begin = performance.now();
  await home.submit(submitter, tasks);
  const usual = performance.now() - begin;
  await submitter.kill();

  let answered = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const victim = await home.open({ runsTasks: false });
    const submitted = home.submit(victim, tasks).then(() => answered++, () => undefined);
    await pause(((round + random.next()) / ROUNDS) * usual * 1.2);
    await victim.kill();
    await submitted;
  }

  const sizes = home.store.all<{ n: number }>('SELECT count(tasks.id) AS n FROM batches LEFT JOIN tasks ON tasks.batch = batches.id GROUP BY batches.id').map(({ n }) => n);
  console.log(`${ROUNDS} submitters killed: ${sizes.length - 1} batches there, ${answered} of them had been confirmed`);
  assert.deepEqual(new Set(sizes), new Set([TASKS]));
  assert.ok(sizes.length - 1 >= answered, 'Expected each confirmed batch to be there');
  assert.ok(answered < ROUNDS, 'Expected some submitters to be killed before they were done');
  assert.equal(home.store.count('SELECT count(*) FROM tasks'), sizes.length * TASKS);
  assert.equal(home.store.count('SELECT count(*) FROM claims'), sizes.length * TASKS);
  assert.equal(home.store.count('SELECT count(*) FROM dependencies'), sizes.length * (TASKS / 10));
});
