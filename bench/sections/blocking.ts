import { setTimeout as delay } from 'node:timers/promises';
import { systemClock } from '../../src/core/base/clock.ts';
import { silentLog } from '../../src/core/base/log.ts';
import { EngineClient } from '../../src/host/engine-client.ts';
import { workerThreads } from '../../src/host/engine/engine-thread.ts';
import { engineEntry } from '../engine-entry.ts';
import type { Figure } from '../figure.ts';
import { longestBlock } from '../longest-block.ts';
import { optionsForBench, TWO_AT_A_TIME } from '../open-for-bench.ts';
import { median } from '../quantile.ts';
import { timed } from '../sample.ts';
import type { Section } from '../section.ts';
import { commands } from './enqueue.ts';

const TARGET_MS = 50;
const QUIET_MS = 1000;

/** The engine in a worker thread, as the extension host has it. */
export const blocking: Section = {
  name: 'blocking',
  title: 'Longest block of the event loop beside the engine’s thread',
  limitMs: 40_000,
  async measure(home) {
    const client = new EngineClient(workerThreads(engineEntry.file), () => optionsForBench(home), silentLog, systemClock);
    const figures: Figure[] = [{ what: 'nothing to do', value: await longestBlock(() => delay(QUIET_MS)), unit: 'ms', beside: 'what the machine itself does' }];
    const add = (what: string, value: number): void => void figures.push({ what, value, unit: 'ms', target: TARGET_MS });
    add('opening the engine', await longestBlock(() => client.setLimits(TWO_AT_A_TIME)));
    await client.setPaused([home], true);
    const tasks = commands(10_000);
    add('adding 10,000 in one batch', await longestBlock(() => submit(client, home, tasks)));
    add('reading a page of 1,000', await longestBlock(() => client.query({ group: 'waiting', roots: [home], offset: 0, limit: 1000 })));
    add('running tasks for two seconds', await longestBlock(async () => {
      await client.setPaused([home], false);
      await delay(2000);
      await client.setPaused([home], true);
    }));
    const single: number[] = [];
    for (let n = 0; n < 100; n++) single.push(await timed(() => submit(client, home, commands(1))));
    figures.push({ what: 'adding one, there and back', value: median(single), unit: 'ms', beside: `the thread runs ${engineEntry.name}` });
    await client.close();
    return figures;
  },
};

async function submit(client: EngineClient, home: string, tasks: readonly unknown[]): Promise<void> {
  const result = await client.submit({ workspace: home, name: 'Bench', tasks, confine: false });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
}
