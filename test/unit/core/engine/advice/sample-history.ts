import type { History } from '../../../../../src/core/engine/advice/history.ts';
import { runId, taskId } from '../../../../../src/core/model/ids.ts';
import type { MachinePoint } from '../../../../../src/core/model/machine/machine-point.ts';
import type { RunBar } from '../../../../../src/core/model/run-bar.ts';
import type { StoredScriptRun } from '../../../../../src/core/store/script-run-table.ts';

export const MB = 1e6;
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;

export const scriptRun = (given: Partial<StoredScriptRun> = {}): StoredScriptRun => ({
  id: 1, workspace: '/lab', script: '/lab/a.py', path: '/lab/a.py', args: '[]', type: 'simulation', startedAt: 0, wallMs: 1000, cpuMs: 1000, peakMemory: 200 * MB, memoryLimit: undefined, asExpected: true, ...given,
});

export const bar = (waitedFrom: number, startedAt: number, endedAt: number, type = 'simulation'): RunBar => ({
  task: taskId(1), run: runId(1), name: 'a', type, role: undefined, agent: undefined, waitedFrom, startedAt, endedAt, outcome: { type: 'succeeded' }, isFailure: false,
});

/** The machine in tens of seconds, from 0 on. */
export const points = (minutes: number, cpu = 0.3, memory = 0.4): MachinePoint[] =>
  Array.from({ length: minutes * 6 }, (_, index) => ({
    at: index * 10 * SECOND, lasts: 10 * SECOND, cpu, cpuPeak: cpu, memory, memoryPeak: memory, disk: 0.5, diskRead: 0, diskWrite: 0, networkIn: 0, networkOut: 0, load: 1, pressure: undefined, strategy: 'normal',
  }));

export const history = (given: Partial<History> = {}): History => ({
  schedules: [],
  weeks: [],
  cores: 4,
  scriptRuns: given.allRuns ?? [], allRuns: [], bars: [], points: [],
  limits: { total: 6, memoryThreshold: 0.85, types: [{ name: 'simulation', limit: 2, cpu: 1, memory: 256 * MB }, { name: 'analysis', limit: 3, cpu: 0.5, memory: 128 * MB }] },
  ...given,
});
