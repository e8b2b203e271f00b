import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Timing } from '../contestants/contestant.ts';
import { timedProgram } from '../contestants/timed-program.ts';
import { pathFinder } from '../../src/core/launch/find-program.ts';
import type { Figure } from '../figure.ts';
import type { MakespanInput, MakespanOutput } from '../processes/makespan.ts';
import { median } from '../quantile.ts';
import { runProcess } from '../run-process.ts';
import { timed } from '../sample.ts';
import type { Section } from '../section.ts';
import { demandArgv, KINDS, MIXED, type Kind } from '../workloads.ts';

const TARGET = 1.15;
/** Memory that all tasks together may take. */
const BUDGET = 400e6;
const CORES = os.availableParallelism();
const PARALLEL_LIMIT_MS = 15_000;
const LOOK_MS = 25;
/** Nobody begins after so long: on a busy machine not all get their turn. */
const PATIENCE_MS = 120_000;
/** Rounds after which all needs are learned: each kind runs more than three times in one. */
const LESSONS = 1;
/** Of ours the median of so many rounds counts. */
const ROUNDS = 3;

interface Lap {
  readonly wallMs: number;
  /** The most that was taken beyond the budget, bytes. */
  readonly over: number;
}

export const makespan: Section = {
  name: 'makespan',
  title: `Makespan: ${MIXED.length} tasks that want cores or memory, ${BUDGET / 1e6} MB for all`,
  limitMs: 180_000,
  async measure(scratch, note) {
    const finder = pathFinder();
    const perl = finder.find('perl');
    if (perl === undefined) {
      note('Perl is not on this machine; the tasks are written in it.');
      return [];
    }
    const cost = await costs(perl);
    const bound = lowerBound(cost);
    note(`Lower bound ${(bound / 1000).toFixed(2)} s: the most of CPU time over ${CORES} cores, memory and time over the budget, and the longest task; as ratios to it.`);
    const deadline = performance.now() + PATIENCE_MS;
    const laps = new Map<string, Lap>();
    const measure = async (name: string, run: () => Promise<number | undefined>): Promise<void> => {
      if (performance.now() > deadline) return note(`${name} had no turn.`);
      const lap = await watched(run);
      if (lap !== undefined) laps.set(name, lap);
      else note(`${name} took longer than ${PARALLEL_LIMIT_MS / 1000} s.`);
    };
    const declared = MIXED.map((kind) => ({ command: demandArgv(perl, kind), cpu: Math.max(0.05, cost[kind].cores), memory: Math.ceil(cost[kind].memory) }));
    await measure('needs declared', () => ours(scratch, declared, 0));
    const bare = MIXED.map((kind) => ({ command: demandArgv(perl, kind) }));
    await measure('needs learned', () => ours(scratch, bare, LESSONS));
    await measure(`first in, first out, ${CORES} slots`, () => timed(() => fixedSlots(perl, CORES)));
    const parallel = finder.find('parallel');
    if (parallel === undefined) note('Not on this machine: parallel.');
    else await measure('GNU parallel --memfree --load', () => gnuParallel(parallel, perl));
    return [...laps].map(([what, { wallMs, over }], index): Figure => ({
      what, value: wallMs / bound, unit: '×', ...(index < 2 && { target: TARGET }), beside: `${(wallMs / 1000).toFixed(2)} s, ${over > 0 ? `${Math.round(over / 1e6)} MB beyond the budget` : 'within the budget'}`,
    }));
  },
};

interface Cost {
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly cores: number;
  readonly memory: number;
}

/** What a task of each kind costs while as many run as there are cores, its program's start included: the least of two rounds. */
async function costs(perl: string): Promise<Record<Kind, Cost>> {
  const interpreter = 8e6;
  const found: [Kind, Cost][] = [];
  for (const kind of Object.keys(KINDS) as Kind[]) {
    const rounds: Timing[] = [];
    for (let round = 0; round < 2; round++) rounds.push(...(await Promise.all(Array.from({ length: CORES }, () => timedProgram(demandArgv(perl, kind), '')))));
    const wallMs = Math.min(...rounds.map((round) => round.wallMs));
    const cpuMs = Math.min(...rounds.map((round) => round.cpuMs ?? 0));
    found.push([kind, { wallMs, cpuMs, cores: KINDS[kind].restSeconds > 0 ? cpuMs / wallMs : 1, memory: KINDS[kind].memory + interpreter }]);
  }
  return Object.fromEntries(found) as Record<Kind, Cost>;
}

/** No schedule is shorter: each resource must last for all that is asked of it. */
function lowerBound(cost: Readonly<Record<Kind, Cost>>): number {
  const sum = (of: (cost: Cost) => number): number => MIXED.reduce((total, kind) => total + of(cost[kind]), 0);
  const alone = ({ cpuMs }: Cost, kind: Kind): number => cpuMs + KINDS[kind].restSeconds * 1000;
  const memoryTime = MIXED.reduce((total, kind) => total + cost[kind].memory * alone(cost[kind], kind), 0);
  return Math.max(sum(({ cpuMs }) => cpuMs) / CORES, memoryTime / BUDGET, ...MIXED.map((kind) => alone(cost[kind], kind)));
}

async function ours(scratch: string, tasks: MakespanInput['tasks'], lessons: number): Promise<number> {
  const home = fs.mkdtempSync(path.join(scratch, 'home-'));
  const { wallMs } = await runProcess<MakespanOutput>('makespan.ts', { home, tasks, rounds: lessons + ROUNDS, budget: BUDGET } satisfies MakespanInput);
  return median(wallMs.slice(lessons));
}

/** What most queues do: so many at once, whatever they need. */
async function fixedSlots(perl: string, slots: number): Promise<void> {
  const queue = [...MIXED];
  const slot = async (): Promise<void> => {
    for (let kind = queue.shift(); kind !== undefined; kind = queue.shift()) {
      const [file = '', ...args] = demandArgv(perl, kind);
      await new Promise<void>((resolve, reject) => spawn(file, args, { stdio: 'ignore' }).once('error', reject).once('exit', () => resolve()));
    }
  };
  await Promise.all(Array.from({ length: slots }, slot));
}

/** It starts a job when so much memory is free and the load is not above the cores. */
async function gnuParallel(parallel: string, perl: string): Promise<number | undefined> {
  const floor = Math.round((process.availableMemory() - BUDGET) / 1e6);
  const lines = MIXED.map((kind) => demandArgv(perl, kind).slice(1).join('\t')).join('\n');
  const begin = performance.now();
  const child = spawn(parallel, ['--will-cite', `-j${MIXED.length}`, '--memfree', `${floor}M`, '--load', String(CORES), '--colsep', '\t', perl], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  const ended = new Promise<boolean>((resolve, reject) => child.once('error', reject).once('exit', () => resolve(true)));
  child.stdin.end(`${lines}\n`);
  let late: NodeJS.Timeout | undefined;
  const inTime = await Promise.race([ended, new Promise<boolean>((resolve) => (late = setTimeout(resolve, PARALLEL_LIMIT_MS, false)))]);
  clearTimeout(late);
  if (inTime) return performance.now() - begin;
  process.kill(-child.pid!, 'SIGKILL');
  await ended;
  return undefined;
}

/** Runs something, and looks at the machine's memory all the while. */
async function watched(run: () => Promise<number | undefined>): Promise<Lap | undefined> {
  const before = process.availableMemory();
  let least = before;
  const looking = setInterval(() => (least = Math.min(least, process.availableMemory())), LOOK_MS);
  try {
    const wallMs = await run();
    return wallMs === undefined ? undefined : { wallMs, over: before - least - BUDGET };
  } finally {
    clearInterval(looking);
  }
}
