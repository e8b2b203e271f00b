import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { KNOWLEDGE, LESSONS, openForBurst, roomLimits, type Knowledge } from '../burst-engine.ts';
import { timedProgram } from '../contestants/timed-program.ts';
import { pathFinder } from '../../src/core/launch/find-program.ts';
import type { Figure } from '../figure.ts';
import { finishAll } from '../finish-all.ts';
import { median } from '../quantile.ts';
import { RoomWatch, type RoomSeen } from '../room-watch.ts';
import type { Section } from '../section.ts';

const JOBS = 24;
const MIB = 2 ** 20;
const GIB = 2 ** 30;
const TAKES = 512 * MIB;
/** With what an interpreter needs. */
const USES = 526 * MIB;
const DECLARED = 540 * MIB;
/** For four at a time, also with a twentieth more set aside for each as for all that is learned; not for five. */
const ROOM = 2.35 * GIB;
const GROWS_AFTER_S = 1.5;
const HOLDS_S = 1;
const TARGETS = { belowMB: 250, wall: 1.25 };

/** Jobs that take their memory late, all queued at once, under a floor: what the machine is spared, and what that costs. */
export const pressure: Section = {
  name: 'pressure',
  title: `Bursts: ${JOBS} jobs that each take 512 MB ${GROWS_AFTER_S} s after their start, under a floor`,
  limitMs: 180_000,
  async measure(scratch, note) {
    const finder = pathFinder();
    const python = finder.find('python3');
    if (python === undefined) {
      note('Python is not on this machine; the jobs are written in it.');
      return [];
    }
    const hungry = path.join(scratch, 'hungry.py');
    fs.writeFileSync(hungry, `import time\ntime.sleep(${GROWS_AFTER_S})\nkept = bytearray(${TAKES})\ntime.sleep(${HOLDS_S})\n`);
    const alone: number[] = [];
    for (let run = 0; run < 3; run++) alone.push((await timedProgram([python, hungry], '')).wallMs);
    const figures: Figure[] = [];
    for (const knowledge of KNOWLEDGE) figures.push(...(await ours(knowledge, hungry, median(alone), path.join(scratch, knowledge))));
    const parallel = finder.find('parallel');
    if (parallel === undefined) note('Not on this machine: parallel.');
    else figures.push(...(await gnuParallel(parallel, [python, hungry], median(alone))));
    note('Ideal: as many at a time as the room above the floor could hold, each as long as one alone.');
    return figures;
  },
};

async function ours(knowledge: Knowledge, script: string, aloneMs: number, home: string): Promise<Figure[]> {
  const engine = await openForBurst(home);
  try {
    const spec = { script, type: 'utility', ...(knowledge === 'declared' && { memory: DECLARED }) };
    await engine.setLimits(roomLimits(1));
    if (knowledge === 'learned') for (let run = 0; run < LESSONS; run++) await finishAll(engine, [spec], home);
    const floor = process.availableMemory() - ROOM;
    await engine.setLimits(roomLimits(1 - floor / os.totalmem()));
    let failed = 0;
    const figures = await underFloor(knowledge, floor, aloneMs, TARGETS, async () => {
      failed = await finishAll(engine, Array.from({ length: JOBS }, () => spec), home);
    });
    return figures.map((figure, index) => (index === 0 ? { ...figure, beside: `${failed} of ${JOBS} failed` } : figure));
  } finally {
    await engine.close();
  }
}

/** It starts a job while so much memory is free, as many at once as we may. */
async function gnuParallel(parallel: string, argv: readonly string[], aloneMs: number): Promise<Figure[]> {
  const floor = process.availableMemory() - ROOM;
  return underFloor('GNU parallel -j16 --memfree', floor, aloneMs, {}, async () => {
    const child = spawn(parallel, ['--will-cite', '-j16', '-q', '-N0', '--memfree', `${Math.round(floor / MIB)}M`, ...argv], { stdio: ['pipe', 'ignore', 'ignore'] });
    child.stdin.end(Array.from({ length: JOBS }, (_, index) => `${index}\n`).join(''));
    await once(child, 'exit');
  });
}

/** How far below the floor the machine's memory went, and how long it took. */
async function underFloor(who: string, floor: number, aloneMs: number, targets: Partial<typeof TARGETS>, work: () => Promise<void>): Promise<Figure[]> {
  const watch = new RoomWatch(floor, USES);
  const begin = performance.now();
  let seen: RoomSeen;
  try {
    await work();
  } finally {
    seen = watch.stop();
  }
  const wall = performance.now() - begin;
  const { least, places } = seen;
  return [
    { what: `${who}: below the floor`, value: Math.max(0, floor - least) / 1e6, unit: 'MB', ...(targets.belowMB !== undefined && { target: targets.belowMB }) },
    { what: `${who}: wall against the ideal`, value: wall / ((JOBS * aloneMs) / places), unit: '×', ...(targets.wall !== undefined && { target: targets.wall }), beside: `${(wall / 1000).toFixed(1)} s, room for ${places.toFixed(1)} on average` },
  ];
}
