import { setTimeout as delay } from 'node:timers/promises';
import { pathFinder } from '../../src/core/launch/find-program.ts';
import { RUN_MARK } from '../../src/core/process/process-table.ts';
import { systemProcessTable } from '../../src/core/process/system-process-table.ts';
import { openForBench } from '../open-for-bench.ts';
import type { Section } from '../section.ts';

const FORKS = 100;
const START_LIMIT_MS = 15_000;

/** Processes whose parents are gone; every other one has left the session too, where that can be had. */
function treeScript(): string {
  const away = pathFinder().find('setsid') === undefined ? '' : 'setsid';
  return `i=0; while [ $i -lt ${FORKS / 2} ]; do (sleep 300 &); (${away} sleep 300 &); i=$((i+1)); done; wait; exec sleep 300`;
}

export const treeKill: Section = {
  name: 'tree-kill',
  title: `Ending a tree of ${FORKS} processes that left their parents, half of them their session too`,
  limitMs: 40_000,
  async measure(home) {
    const table = systemProcessTable();
    const engine = await openForBench(home);
    const submitted = await engine.submit({ workspace: home, name: 'Bench', tasks: [{ command: treeScript(), shell: true }], confine: false });
    if (!submitted.ok) throw new Error(JSON.stringify(submitted.error));
    const [id] = submitted.value.tasks;
    const folderOf = async (): Promise<string> => (await engine.detail(id!))?.runs[0]?.folder ?? '';
    const living = async (): Promise<number> => (await table.marked(RUN_MARK, await folderOf())).length;
    const deadline = performance.now() + START_LIMIT_MS;
    while ((await living()) < FORKS + 2) {
      if (performance.now() > deadline) throw new Error(`Only ${await living()} processes were started`);
      await delay(20);
    }
    const before = await living();
    const begin = performance.now();
    const ended = new Promise<void>((resolve) => {
      engine.onDidChange(() => {
        void engine.detail(id!).then((detail) => {
          if (detail?.task.state.status === 'finished') resolve();
        });
      });
    });
    await engine.cancel([id!]);
    await ended;
    const took = performance.now() - begin;
    const survivors = await living();
    await engine.close();
    return [
      { what: 'survivors', value: survivors, unit: '', target: 0, beside: `of ${before}` },
      { what: 'from the order to the recorded end', value: took, unit: 'ms' },
    ];
  },
};
