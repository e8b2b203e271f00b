import { engineId, runId, taskId } from '../../src/core/model/ids.ts';
import type { StoredRun } from '../../src/core/store/run-table.ts';

/** A run in hand, nothing measured yet. */
export function sampleRun(given: Partial<StoredRun> = {}): StoredRun {
  return {
    id: runId(1), task: taskId(1), attempt: 1, engine: engineId(1), folder: '/state/runs/1', argv: [], claimedAt: 0, startedAt: undefined, endedAt: undefined,
    pid: undefined, pidStart: undefined, boot: 'boot-1', type: 'utility', position: 0, readyAt: undefined, reservedCpu: 1, reservedMemory: 0, cpuFrom: undefined, memoryFrom: undefined, script: undefined, pausedMs: 0, exitCode: undefined, signal: undefined,
    userMs: undefined, systemMs: undefined, peakMemory: undefined, cores: undefined, coresWanted: undefined, memory: undefined, outcome: undefined, undeclared: [], conflicts: [],
    ...given,
  };
}
