import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { setImmediate as breathe } from 'node:timers/promises';
import { RunFolder } from '../../../../src/core/process/run-folder.ts';
import { nodeShim, shShim, VOIDED_STATUS, type Shim } from '../../../../src/core/process/shim.ts';
import { spawnDetached } from '../../../../src/core/process/spawn-detached.ts';
import { inherited } from '../../../support/process/shimmed-run.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

/** Starts a shim and voids its ticket a moment later. Returns who won. */
async function race(folder: RunFolder, shim: Shim, voidAfterMs: number): Promise<'shim' | 'void'> {
  folder.create();
  const witness = path.join(folder.path, 'ran');
  const started = performance.now();
  const launched = await spawnDetached(shim.wrap(folder.path, ['/bin/sh', '-c', `echo ran >> '${witness}'`], false), { cwd: '/', env: inherited() });
  while (performance.now() < started + voidAfterMs) await breathe();
  const voided = folder.void();
  const status = await launched.ended;
  const seen = { voided: folder.void(), status, ran: fs.existsSync(witness) ? fs.readFileSync(witness, 'utf8') : '', result: folder.readResult()?.code };
  assert.deepEqual(seen, voided ? { voided: true, status: VOIDED_STATUS, ran: '', result: undefined } : { voided: false, status: 0, ran: 'ran\n', result: 0 });
  return voided ? 'void' : 'shim';
}

interface Course {
  readonly shim: Shim;
  readonly rounds: number;
  readonly lanes: number;
  /** Guess of the moment when either may win, milliseconds; it is corrected after each round. */
  readonly edgeMs: number;
}

async function raceAtTheEdge(parent: string, { shim, rounds, lanes, edgeMs }: Course): Promise<Record<'shim' | 'void', number>> {
  const wins = { shim: 0, void: 0 };
  let afterMs = edgeMs;
  let factor = 2;
  for (let round = 0; round < rounds || (Math.min(wins.shim, wins.void) < 2 && round < rounds * 10); round++) {
    const winners = await Promise.all(Array.from({ length: lanes }, (_, lane) => race(new RunFolder(path.join(parent, `${round}.${lane}`)), shim, afterMs)));
    for (const winner of winners) wins[winner]++;
    const isEarly = winners.filter((winner) => winner === 'void').length * 2 >= lanes;
    afterMs *= isEarly ? factor : 1 / factor;
    factor = Math.max(1.2, factor * 0.85);
  }
  return wins;
}

const COURSES: Readonly<Record<string, Course>> = {
  sh: { shim: shShim, rounds: 20, lanes: 4, edgeMs: 1 },
  Node: { shim: nodeShim(process.execPath), rounds: 5, lanes: 2, edgeMs: 60 },
};

for (const [name, course] of Object.entries(COURSES)) {
  test(`of the shim in ${name} and whoever voids its ticket exactly one wins, and the command runs just when the shim does`, { timeout: 60_000 }, async (t) => {
    const wins = await raceAtTheEdge(tempFolder(t), course);
    t.diagnostic(`shim ${wins.shim}, void ${wins.void}`);
    assert.ok(wins.shim >= 2 && wins.void >= 2, 'both have won');
  });
}

test('of many shims in one folder one starts the command', async (t) => {
  const folder = new RunFolder(path.join(tempFolder(t), 'run'));
  folder.create();
  const witness = path.join(folder.path, 'ran');
  const argv = shShim.wrap(folder.path, ['/bin/sh', '-c', `echo ran >> '${witness}'`], false);
  const launched = await Promise.all(Array.from({ length: 12 }, () => spawnDetached(argv, { cwd: '/', env: inherited() })));
  const statuses = await Promise.all(launched.map(({ ended }) => ended));
  assert.deepEqual(statuses.sort(), [0, ...Array<number>(11).fill(VOIDED_STATUS)]);
  assert.equal(fs.readFileSync(witness, 'utf8'), 'ran\n');
});
