import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openForBurst, KNOWLEDGE, LESSONS, roomLimits, type Knowledge } from '../burst-engine.ts';
import { busyArgv, readDiary } from '../busy-jobs.ts';
import { findLoadGates, type LoadGate } from '../contestants/load-gates.ts';
import type { Figure } from '../figure.ts';
import { finishAll } from '../finish-all.ts';
import type { Section } from '../section.ts';

const JOBS = 24;
const BUSY_S = 3;
const CORES = os.availableParallelism();
const IDEAL_MS = (JOBS / CORES) * BUSY_S * 1000;
const TARGETS = { atOnce: CORES + 1, wall: 1.1 };

/** Jobs that each keep a core busy, all queued at once: how many run side by side, and what holding the others back costs. */
export const load: Section = {
  name: 'load',
  title: `Bursts: ${JOBS} jobs of ${BUSY_S} s that keep a core busy, on ${CORES} cores`,
  limitMs: 420_000,
  async measure(scratch, note) {
    const figures: Figure[] = [];
    for (const knowledge of KNOWLEDGE) figures.push(...(await ours(knowledge, folderIn(scratch, knowledge))));
    const { present, absent } = findLoadGates();
    for (const gate of present) figures.push(...(await theirs(gate, folderIn(scratch, 'gate'))));
    if (absent.length > 0) note(`Not on this machine: ${absent.join(', ')}.`);
    note(`Ideal: ${CORES} at a time, ${(IDEAL_MS / 1000).toFixed(0)} s. Seconds are CPU time, so more at once are not done sooner. The others are asked for a load of ${CORES}.`);
    return figures;
  },
};

async function ours(knowledge: Knowledge, folder: string): Promise<Figure[]> {
  const engine = await openForBurst(folder);
  try {
    await engine.setLimits(roomLimits(1));
    const diary = path.join(folder, 'diary');
    const job = (file: string): object => ({ command: busyArgv(BUSY_S, file), type: 'utility', ...(knowledge === 'declared' && { cpu: 1 }) });
    // The same arguments as those that follow, as by them a script's needs may differ.
    if (knowledge === 'learned') await finishAll(engine, Array.from({ length: LESSONS }, () => job(diary)), folder);
    fs.rmSync(diary, { force: true });
    const begin = performance.now();
    const failed = await finishAll(engine, Array.from({ length: JOBS }, () => job(diary)), folder);
    return figuresOf(knowledge, performance.now() - begin, diary, failed, true);
  } finally {
    await engine.close();
  }
}

async function theirs(gate: LoadGate, folder: string): Promise<Figure[]> {
  const diary = path.join(folder, 'diary');
  const wallMs = await gate.run(busyArgv(BUSY_S, diary), JOBS, CORES, folder);
  return figuresOf(`${gate.name} ${CORES}`, wallMs, diary, JOBS - readDiary(diary).ended, false);
}

function figuresOf(who: string, wallMs: number, diary: string, failed: number, isOurs: boolean): Figure[] {
  return [
    { what: `${who}: most at once`, value: readDiary(diary).mostAtOnce, unit: '', ...(isOurs && { target: TARGETS.atOnce }), beside: `${failed} of ${JOBS} failed` },
    { what: `${who}: wall against the ideal`, value: wallMs / IDEAL_MS, unit: '×', ...(isOurs && { target: TARGETS.wall }), beside: `${(wallMs / 1000).toFixed(1)} s` },
  ];
}

function folderIn(scratch: string, name: string): string {
  return fs.mkdtempSync(path.join(scratch, `${name}-`));
}
