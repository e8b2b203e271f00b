import { setTimeout as delay } from 'node:timers/promises';
import { systemClock } from '../../src/core/base/clock.ts';
import { MachineMonitor } from '../../src/core/engine/machine/machine-monitor.ts';
import { systemSensors } from '../../src/core/machine/system-sensors.ts';
import { systemProcessTable } from '../../src/core/process/system-process-table.ts';
import { openForBench, SLOTS } from '../open-for-bench.ts';
import { median } from '../quantile.ts';
import { sample } from '../sample.ts';
import type { Section } from '../section.ts';

const TARGET = 0.5;
const WATCH_MS = 5000;
/** By then the quick looks right after the start are over. */
const SETTLE_MS = 2500;

export const sampling: Section = {
  name: 'sampling',
  title: 'Watching the machine and process trees once a second',
  limitMs: 40_000,
  async measure(home) {
    const table = systemProcessTable();
    let processes = 0;
    const look = await sample(() => cpuTime(async () => (processes = (await table.list()).length)));
    const monitor = new MachineMonitor(systemClock, systemSensors(home));
    const watch = await sample(() => cpuTime(() => monitor.sample(0)));
    const engine = await openForBench(home);
    await delay(SETTLE_MS);
    const idle = await cpuShare();
    const submitted = await engine.submit({ workspace: home, name: 'Bench', tasks: Array.from({ length: SLOTS }, () => ({ command: ['sleep', '60'] })), confine: false });
    if (!submitted.ok) throw new Error(JSON.stringify(submitted.error));
    await delay(SETTLE_MS);
    const busy = await cpuShare();
    await engine.cancel(submitted.value.tasks);
    await engine.close();
    return [
      { what: 'one sample of the machine', value: median(watch), unit: 'ms', beside: 'CPU time: load, memory, swap, disk, network, pressure' },
      { what: 'sampling the machine at 1 Hz, share of one core', value: median(watch) / 10, unit: '%', target: TARGET },
      { what: 'one look at the process table', value: median(look), unit: 'ms', beside: `CPU time, ${processes} processes on the machine` },
      { what: 'looking once a second, share of one core', value: median(look) / 10, unit: '%', target: TARGET },
      { what: `an engine with ${SLOTS} tasks running, share of one core`, value: busy * 100, unit: '%', beside: `with their figures written down; ${(idle * 100).toFixed(2)} % with none` },
    ];
  },
};

/** Milliseconds of CPU time that something takes. */
async function cpuTime(act: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await act();
  const used = process.cpuUsage(before);
  return (used.user + used.system) / 1000;
}

async function cpuShare(): Promise<number> {
  const before = process.cpuUsage();
  const since = performance.now();
  await delay(WATCH_MS);
  const used = process.cpuUsage(before);
  return (used.user + used.system) / 1000 / (performance.now() - since);
}
