import type { MachinePoint, TimeSpan } from '../../src/core/model/machine/machine-point.ts';
import type { RunBar } from '../../src/core/model/run-bar.ts';
import type { Format } from '../../src/views/dashboard/protocol.ts';
import type { Shown } from '../../src/views/dashboard/shown.ts';
import { csv } from './csv.ts';

/** What is visible, to be exported. */
export interface Visible {
  readonly window: TimeSpan;
  readonly points: readonly MachinePoint[];
  readonly runs: readonly RunBar[];
  readonly shown: Partial<Shown>;
}

const iso = (time: number | undefined): string | undefined => (time === undefined ? undefined : new Date(time).toISOString());

/** Times as ISO 8601, shares 0..1, sizes in bytes, durations in milliseconds. */
export function exportText(format: Exclude<Format, 'png'>, { window, points, runs, shown }: Visible): string {
  switch (format) {
    case 'figures.csv':
      return csv(
        ['at', 'lasts', 'cpu', 'cpuPeak', 'memory', 'memoryPeak', 'disk', 'diskRead', 'diskWrite', 'networkIn', 'networkOut', 'load', 'strategy'],
        points.map(({ at, lasts, cpu, cpuPeak, memory, memoryPeak, disk, diskRead, diskWrite, networkIn, networkOut, load, strategy }) => [iso(at), lasts, cpu, cpuPeak, memory, memoryPeak, disk, diskRead, diskWrite, networkIn, networkOut, load, strategy]),
      );
    case 'runs.csv':
      return csv(
        ['task', 'run', 'name', 'type', 'role', 'agent', 'waitedFrom', 'startedAt', 'endedAt', 'outcome', 'isFailure'],
        runs.map(({ task, run, name, type, role, agent, waitedFrom, startedAt, endedAt, outcome, isFailure }) => [task, run, name, type, role, agent, iso(waitedFrom), iso(startedAt), iso(endedAt), outcome?.type ?? 'running', String(isFailure)]),
      );
    case 'scripts.csv':
      return csv(
        ['script', 'runs', 'success', 'wallMedian', 'wallP95', 'peakMemory', 'cores', 'trend', 'lastAt'],
        (shown.scripts ?? []).map(({ script, runs: count, success, wallMedian, wallP95, peakMemory, cores, trend, lastAt }) => [script, count, success, wallMedian, wallP95, peakMemory, cores, trend, iso(lastAt)]),
      );
    case 'json': {
      const { machine, strategy, shadow, queue, thresholds, scripts, advice, decisions } = shown;
      return `${JSON.stringify({ window: { from: iso(window.from), to: iso(window.to) }, machine, strategy, shadow, queue, thresholds, points, runs, scripts, advice, decisions }, undefined, 2)}\n`;
    }
  }
}
