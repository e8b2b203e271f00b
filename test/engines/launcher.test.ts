import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Launcher } from '../../src/core/process/launcher.ts';
import { linuxProcessTable } from '../../src/core/process/linux-process-table.ts';
import { spawnDetached } from '../../src/core/process/spawn-detached.ts';
import { EngineHome } from '../support/engines/engine-home.ts';
import { chosenSeed, SeededRandom } from '../support/seeded-random.ts';
import { until } from '../support/until.ts';
import { WorkAccount } from '../support/engines/work-account.ts';
import { planBatch, specOf, TIGHT_LIMITS } from '../support/engines/workload.ts';

const PERL = ['/usr/bin/perl', '/bin/perl'].find((file) => fs.existsSync(file));
const skip = PERL === undefined && 'there is no Perl, and so no launcher';
const ROUNDS = 8;
const TASKS = 40;
const LAUNCHERS = 4;
const PROGRAMS = 2000;
const TOLD_WITHIN_MS = 5000;

test('nothing is lost and nothing runs twice when the process that forks for an engine is killed at random points', { skip }, async (context) => {
  const home = new EngineHome();
  context.after(() => home.dispose());
  const random = new SeededRandom(chosenSeed());
  console.log(`seed ${random.seed} (SEED brings this run back)`);
  const client = await home.open({ runsTasks: false });
  await client.call('setLimits', TIGHT_LIMITS);
  const batches = Array.from({ length: ROUNDS }, (_, round) => planBatch(random, String(round), TASKS, path.join(home.workspace, 'data')));
  for (const batch of batches) {
    // A new engine each time, for one that has lost its launcher often does without.
    const engine = await home.open();
    const begun = home.journal.entries().length;
    const lines = batch.filter((task) => task.expected.type !== 'skipped').length * 2;
    const points = [random.whole(0, lines), random.whole(0, lines)].sort((a, b) => a - b);
    await home.submit(client, batch.map((task) => specOf(task, home.journal)));
    let killed = 0;
    await until('an end of all tasks', () => {
      const launcher = points.length > 0 && points[0]! <= home.journal.entries().length - begun ? home.launcherOf(engine) : undefined;
      if (launcher !== undefined) {
        process.kill(launcher, 'SIGKILL');
        points.shift();
        killed++;
      }
      return home.store.unfinished() === 0;
    }, 60_000);
    assert.ok(killed > 0, 'Expected a launcher to be killed');
    await engine.kill();
  }

  const account = new WorkAccount(home, batches.flat());
  assert.deepEqual(account.lost(), []);
  assert.deepEqual(account.cutOff(), []);
  assert.deepEqual(account.notOnce(), []);
  assert.deepEqual(await home.orphans(), []);
});

test('the end of every command is told, however soon after its start it comes', { skip }, async () => {
  const untold = await Promise.all(Array.from({ length: LAUNCHERS }, async () => {
    const launcher = new Launcher(PERL!, spawnDetached, linuxProcessTable);
    let count = 0;
    try {
      // One after the other: the next request would wake a launcher that has overlooked something.
      for (let program = 0; program < PROGRAMS; program++) {
        const { ended } = await launcher.spawn(['/bin/true'], { cwd: '/', env: {} });
        const told = await Promise.race([ended.then(() => true), new Promise((resolve) => setTimeout(resolve, TOLD_WITHIN_MS, false).unref())]);
        if (told !== true && ++count > 1) break;
      }
      return count;
    } finally {
      launcher.dispose();
    }
  }));
  assert.deepEqual(untold, Array.from({ length: LAUNCHERS }, () => 0));
});
