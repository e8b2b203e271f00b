import { engineEntry } from '../engine-entry.ts';
import { optionsForBench } from '../open-for-bench.ts';
import type { RestInput, RestOutput } from '../processes/rest.ts';
import { runProcess } from '../run-process.ts';
import type { Section } from '../section.ts';
import { fillHistory } from '../store/fill-store.ts';
import { withStore } from '../store/open-store.ts';

const TASKS = 10_000;
const REST_MS = 6000;
const MEMORY_TARGET_MB = 50;
const CPU_TARGET = 0.5;

export const idle: Section = {
  name: 'idle',
  title: 'An engine’s thread with nothing to do, 10,000 finished tasks in the store',
  limitMs: 40_000,
  async measure(home) {
    await withStore(home, (store) => fillHistory(store, home, TASKS));
    const look = (input: RestInput) => runProcess<RestOutput>('rest.ts', input);
    const bare = await look({ thread: null, restMs: 0 });
    const engine = await look({ thread: { entry: engineEntry.file, options: optionsForBench(home) }, restMs: REST_MS });
    return [
      { what: 'memory, beyond a Node without it', value: (engine.memory - bare.memory) / 1e6, unit: 'MB', target: MEMORY_TARGET_MB, beside: `${engineEntry.name}; ${(bare.memory / 1e6).toFixed(0)} MB without` },
      { what: 'share of one core', value: engine.cpu * 100, unit: '%', target: CPU_TARGET, beside: `over ${REST_MS / 1000} s` },
    ];
  },
};
