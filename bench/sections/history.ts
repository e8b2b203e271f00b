import type { OpenInput, OpenOutput } from '../processes/open.ts';
import { median } from '../quantile.ts';
import { runProcess } from '../run-process.ts';
import type { Section } from '../section.ts';
import { fillHistory } from '../store/fill-store.ts';
import { withStore } from '../store/open-store.ts';

const TASKS = 100_000;
const ROUNDS = 5;
const TREE_TARGET_MS = 200;

export const history: Section = {
  name: 'history',
  title: 'With 100,000 finished tasks in the store',
  limitMs: 60_000,
  async measure(home) {
    await withStore(home, (store) => fillHistory(store, home, TASKS));
    const opens: OpenOutput[] = [];
    for (let round = 0; round < ROUNDS; round++) opens.push(await runProcess<OpenOutput>('open.ts', { home } satisfies OpenInput));
    const openMs = median(opens.map((open) => open.openMs));
    const pageMs = median(opens.map((open) => open.pageMs));
    return [
      { what: 'opening the engine', value: openMs, unit: 'ms' },
      { what: 'reading the first page of the tree', value: pageMs, unit: 'ms' },
      { what: 'both', value: openMs + pageMs, unit: 'ms', target: TREE_TARGET_MS },
    ];
  },
};
