import fs from 'node:fs';
import path from 'node:path';
import type { EnginePort } from '../../src/core/engine/engine-port.ts';
import { openEngine } from '../../src/core/engine/open-engine.ts';
import type { Figure } from '../figure.ts';
import { optionsForBench } from '../open-for-bench.ts';
import { median, quantile } from '../quantile.ts';
import { sample, timed } from '../sample.ts';
import type { Section } from '../section.ts';
import { fillQueue } from '../store/fill-store.ts';
import { withStore } from '../store/open-store.ts';

const DEPTHS = [0, 1000, 10_000];
const TARGET_MS = 2;
const FLAT = 1.1;
const BATCH = 10_000;
const BATCH_TARGET_MS = 1000;

export const enqueue: Section = {
  name: 'enqueue',
  title: 'Adding to the queue',
  limitMs: 45_000,
  async measure(scratch) {
    const engines = new Map<number, EnginePort>();
    for (const depth of DEPTHS) {
      const home = path.join(scratch, String(depth));
      await withStore(home, (store) => fillQueue(store, home, depth));
      // What is added must not begin to run meanwhile.
      engines.set(depth, await openEngine(optionsForBench(home, { runsTasks: false })));
    }
    // In turns, so that what else the machine does strikes all depths alike.
    const times = new Map<number, number[]>(DEPTHS.map((depth) => [depth, []]));
    await sample(async () => {
      for (const [depth, engine] of engines) times.get(depth)!.push(await timed(() => submit(engine, path.join(scratch, String(depth)), 1)));
      return 0;
    });
    const figures: Figure[] = DEPTHS.map((depth) => {
      const taken = times.get(depth)!;
      return { what: `one more at depth ${depth.toLocaleString('en')}`, value: median(taken), unit: 'ms', target: TARGET_MS, beside: `p95 ${quantile(taken, 0.95).toFixed(2)} ms` };
    });
    figures.push({ what: 'one more at depth 10,000 against depth 0', value: median(times.get(10_000)!) / median(times.get(0)!), unit: '×', target: FLAT });
    for (const engine of engines.values()) await engine.close();

    const home = path.join(scratch, 'batch');
    fs.mkdirSync(home);
    const engine = await openEngine(optionsForBench(home, { runsTasks: false }));
    figures.push({ what: `${BATCH.toLocaleString('en')} in one batch`, value: await timed(() => submit(engine, home, BATCH)), unit: 'ms', target: BATCH_TARGET_MS });
    await engine.close();
    return figures;
  },
};

/** Commands with an input each, as a person writes them. */
export function commands(count: number): unknown[] {
  return Array.from({ length: count }, (_, n) => ({ command: ['true', String(n)], name: `job ${n}`, priority: 'normal', files: [{ path: `data/${n}.csv`, mode: 'read' }] }));
}

async function submit(engine: EnginePort, home: string, count: number): Promise<void> {
  const result = await engine.submit({ workspace: home, name: 'Bench', tasks: commands(count), confine: false });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
}
