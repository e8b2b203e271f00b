import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { timedProgram } from '../contestants/timed-program.ts';
import type { EnginePort } from '../../src/core/engine/engine-port.ts';
import type { Limits } from '../../src/core/model/limits.ts';
import { openEngine } from '../../src/core/engine/open-engine.ts';
import { pathFinder } from '../../src/core/launch/find-program.ts';
import type { Figure } from '../figure.ts';
import { optionsForBench } from '../open-for-bench.ts';
import { median } from '../quantile.ts';
import { RoomWatch } from '../room-watch.ts';
import type { Section } from '../section.ts';

const JOBS = 24;
const MIB = 2 ** 20;
const GIB = 2 ** 30;
const TAKES = 512 * MIB;
/** With what an interpreter needs. */
const USES = 526 * MIB;
const DECLARED = 540 * MIB;
/** For four at a time, also with a tenth more set aside for each as for all that is learned; not for five. */
const ROOM = 2.35 * GIB;
const GROWS_AFTER_S = 1.5;
const HOLDS_S = 1;
const BUSY_S = 0.7;

type Knowledge = 'declared' | 'learned' | 'unknown';

/** Jobs that take their memory late, under a floor, and jobs that keep a core busy: what the machine is spared, and what that costs. */
export const pressure: Section = {
  name: 'pressure',
  title: `Bursts: ${JOBS} jobs that each take 512 MB 1.5 s after their start, under a floor; ${JOBS} that keep a core busy`,
  limitMs: 180_000,
  async measure(scratch, note) {
    const python = pathFinder().find('python3');
    if (python === undefined) {
      note('Python is not on this machine; the jobs are written in it.');
      return [];
    }
    const hungry = path.join(scratch, 'hungry.py');
    fs.writeFileSync(hungry, `import time\ntime.sleep(${GROWS_AFTER_S})\nkept = bytearray(${TAKES})\ntime.sleep(${HOLDS_S})\n`);
    const alone: number[] = [];
    for (let run = 0; run < 3; run++) alone.push((await timedProgram([python, hungry], '')).wallMs);
    const figures: Figure[] = [];
    for (const kind of ['declared', 'learned', 'unknown'] as const) figures.push(...(await memoryRound(kind, hungry, median(alone), path.join(scratch, kind))));
    for (const kind of ['declared', 'unknown'] as const) figures.push(...(await loadRound(kind, path.join(scratch, `busy-${kind}`))));
    note('Ideal for memory: as many at a time as the room above the floor could hold, each as long as one alone.');
    note(`Jobs that keep a core busy do so for ${BUSY_S} s.`);
    return figures;
  },
};

async function memoryRound(kind: Knowledge, script: string, aloneMs: number, home: string): Promise<Figure[]> {
  const engine = await opened(home);
  try {
    const spec = { script, type: 'utility', ...(kind === 'declared' && { memory: DECLARED }) };
    await engine.setLimits(limits(1));
    if (kind === 'learned') for (let run = 0; run < 3; run++) await finish(engine, [spec], home);
    const floor = process.availableMemory() - ROOM;
    await engine.setLimits(limits(1 - floor / os.totalmem()));
    const watch = new RoomWatch(floor, USES);
    const begin = performance.now();
    const failed = await finish(engine, Array.from({ length: JOBS }, () => spec), home);
    const wall = performance.now() - begin;
    const { least, places } = watch.stop();
    return [
      { what: `${kind}: below the floor`, value: Math.max(0, floor - least) / 1e6, unit: 'MB', target: 250, beside: `${failed} of ${JOBS} failed` },
      { what: `${kind}: wall against the ideal`, value: wall / ((JOBS * aloneMs) / places), unit: '×', target: 1.25, beside: `${(wall / 1000).toFixed(1)} s, room for ${places.toFixed(1)} on average` },
    ];
  } finally {
    await engine.close();
  }
}

async function loadRound(kind: Knowledge, home: string): Promise<Figure[]> {
  const engine = await opened(home);
  try {
    await engine.setLimits(limits(1));
    const busy = `const end = Date.now() + ${BUSY_S * 1000}; while (Date.now() < end);`;
    const begin = performance.now();
    await finish(engine, Array.from({ length: JOBS }, () => ({ command: [process.execPath, '-e', busy], type: 'utility', ...(kind === 'declared' && { cpu: 1 }) })), home);
    const wall = performance.now() - begin;
    const bars = await engine.runsBetween({ from: 0, to: Date.now() }, []);
    const cores = os.availableParallelism();
    return [
      { what: `busy, ${kind}: most at once`, value: mostAtOnce(bars.map(({ startedAt, endedAt }) => [startedAt, endedAt ?? startedAt])), unit: '', target: cores + 1, beside: `on ${cores} cores` },
      { what: `busy, ${kind}: wall against the ideal`, value: wall / ((JOBS / cores) * BUSY_S * 1000), unit: '×', target: 1.1, beside: `${(wall / 1000).toFixed(1)} s` },
    ];
  } finally {
    await engine.close();
  }
}

/** Only cores and memory decide: what else goes on on the machine is not to change the strategy. */
async function opened(home: string): Promise<EnginePort> {
  const engine = await openEngine(optionsForBench(home));
  await engine.pinStrategy('normal');
  return engine;
}

function limits(memoryThreshold: number): Limits {
  return { total: 16, memoryThreshold: Math.min(1, Math.max(0.01, memoryThreshold)), types: [{ name: 'utility', limit: 16, cpu: 0.1, memory: 32 * MIB }] };
}

/** Resolves when all have ended, with how many did not end well. */
async function finish(engine: EnginePort, tasks: readonly object[], workspace: string): Promise<number> {
  const submitted = await engine.submit({ workspace, name: 'pressure', tasks, confine: false });
  if (!submitted.ok) throw new Error(JSON.stringify(submitted.error));
  for (;;) {
    const changed = new Promise<void>((resolve) => {
      const listening = engine.onDidChange(() => {
        listening.dispose();
        resolve();
      });
    });
    const views = await engine.views(submitted.value.tasks);
    const ended = views.flatMap(({ task }) => (task.state.status === 'finished' ? [task.state.outcome] : []));
    if (ended.length === tasks.length) return ended.filter(({ type }) => type !== 'succeeded').length;
    await changed;
  }
}

function mostAtOnce(spans: readonly (readonly [from: number, to: number])[]): number {
  return Math.max(...spans.map(([from]) => spans.filter(([start, end]) => start <= from && from < end).length));
}
