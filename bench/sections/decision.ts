import path from 'node:path';
import { DEFAULT_LIMITS } from '../../src/core/model/limits.ts';
import type { Capacity } from '../../src/core/scheduler/snapshot.ts';
import type { Figure } from '../figure.ts';
import { median, quantile } from '../quantile.ts';
import { sample } from '../sample.ts';
import type { Section } from '../section.ts';
import { Decider, ROOMY } from '../store/decider.ts';
import { fillQueue } from '../store/fill-store.ts';
import { withStore } from '../store/open-store.ts';

const DEPTHS = [1000, 10_000, 100_000];
const TARGET_MS = 2;
const FLAT = 1.1;
const NO_MEMORY: Capacity = { ...ROOMY, memoryAvailable: 0 };
const ONE_AT_A_TIME = { ...DEFAULT_LIMITS, total: 1 };

export const decision: Section = {
  name: 'decision',
  title: 'Deciding what to start',
  limitMs: 70_000,
  async measure(scratch) {
    const figures: Figure[] = [];
    const medians: number[] = [];
    for (const depth of DEPTHS) {
      const home = path.join(scratch, String(depth));
      await withStore(home, async (store) => {
        fillQueue(store, home, depth);
        const decider = new Decider(store, home);
        const queued = `${depth.toLocaleString('en')} queued`;
        const free = await sample(() => decider.timeOf(ROOMY, ONE_AT_A_TIME, 1));
        medians.push(median(free));
        figures.push(figureOf(`${queued}, one slot free: claims one`, free));
        const many = await sample(() => decider.timeOf(ROOMY, DEFAULT_LIMITS, DEFAULT_LIMITS.total));
        figures.push(figureOf(`${queued}, all ${DEFAULT_LIMITS.total} slots free: claims ${DEFAULT_LIMITS.total}`, many));
        decider.decide(ROOMY, ONE_AT_A_TIME);
        figures.push(figureOf(`${queued}, no slot free`, await sample(() => decider.timeOf(ROOMY, ONE_AT_A_TIME, 0))));
        figures.push(figureOf(`${queued}, no memory free`, await sample(() => decider.timeOf(NO_MEMORY, DEFAULT_LIMITS, 0))));
      });
    }
    return [...figures, { what: '100,000 queued against 1,000, one slot free', value: medians.at(-1)! / medians[0]!, unit: '×', target: FLAT }];
  },
};

function figureOf(what: string, times: readonly number[]): Figure {
  return { what, value: median(times), unit: 'ms', target: TARGET_MS, beside: `p95 ${quantile(times, 0.95).toFixed(2)} ms` };
}
