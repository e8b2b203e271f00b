import { runId, scheduleId, taskId } from '../../src/core/model/ids.ts';
import type { MachinePoint } from '../../src/core/model/machine/machine-point.ts';
import type { Outcome } from '../../src/core/model/outcome.ts';
import type { Recommendation } from '../../src/core/model/recommendation.ts';
import type { RunBar } from '../../src/core/model/run-bar.ts';
import type { ScriptStats } from '../../src/core/model/script-stats.ts';

const OUTCOMES: readonly Outcome[] = [
  { type: 'succeeded' }, { type: 'succeeded' }, { type: 'failed', reason: 'exit', code: 2 }, { type: 'succeeded' }, { type: 'timedOut', afterMs: 20_000 }, { type: 'cancelled' }, { type: 'lost', message: 'its process was gone' },
];

/** One look at the machine of a second. */
export function samplePoint(given: Partial<MachinePoint> & Pick<MachinePoint, 'at'>): MachinePoint {
  return {
    lasts: 1000, cpu: 0.25, cpuPeak: 0.25, memory: 0.5, memoryPeak: 0.5, disk: 0.6, diskRead: 1e6, diskWrite: 2e6, networkIn: 3e5, networkOut: 4e5, load: 1, pressure: undefined, strategy: 'normal', ...given,
  };
}

/** Ten minutes up to `now` in which the machine is busy, then busier, then at rest. */
export function busyPoints(now: number, count = 600): readonly MachinePoint[] {
  return Array.from({ length: count }, (_, index) => {
    const wave = Math.sin(index / 40);
    const cpu = Math.min(Math.max(0.5 + 0.45 * wave + 0.05 * Math.sin(index * 1.7), 0.02), 1);
    const memory = 0.55 + 0.35 * Math.sin(index / 90);
    const strategy = memory > 0.89 ? 'critical' : memory > 0.85 ? 'conserve' : 'normal';
    return samplePoint({
      at: now - (count - index) * 1000, cpu, cpuPeak: Math.min(cpu * 1.15, 1), memory, memoryPeak: memory * 1.03, disk: 0.62 + index / 5000,
      diskRead: Math.max(0, 8e6 * Math.sin(index / 25)), diskWrite: Math.max(0, 5e6 * Math.cos(index / 30)), networkIn: 1e6 * (1 + wave), networkOut: 3e5 * (1 - wave), strategy,
    });
  });
}

export function sampleBar(id: number, given: Partial<RunBar> & Pick<RunBar, 'startedAt'>): RunBar {
  return { task: taskId(id), run: runId(id), name: `run ${id}.py`, type: 'analysis', role: undefined, agent: undefined, waitedFrom: given.startedAt, endedAt: undefined, outcome: undefined, isFailure: false, ...given };
}

/** Runs spread over the time before `now`, three side by side, the last ones still going on. */
export function busyBars(now: number, count: number, spanMs = 600_000): readonly RunBar[] {
  const names = ['sweep.py', 'render_scene.py', 'heat.py', 'orders_report.py', 'nbody.py'];
  const each = (spanMs / count) * 3;
  return Array.from({ length: count }, (_, index) => {
    const startedAt = Math.round(now - spanMs + (index * spanMs) / count);
    const isGoing = index >= count - 2;
    const outcome = OUTCOMES[index % OUTCOMES.length]!;
    return sampleBar(index + 1, {
      name: names[index % names.length]!, startedAt, waitedFrom: Math.round(startedAt - each * 0.4), role: index % 3 === 0 ? 'review' : undefined, agent: index % 6 === 0 ? 'claude' : undefined,
      ...(!isGoing && { endedAt: Math.round(startedAt + each * (0.6 + 0.35 * Math.sin(index))), outcome, isFailure: ['failed', 'timedOut', 'lost'].includes(outcome.type) }),
    });
  });
}

export function sampleStats(now: number): readonly ScriptStats[] {
  return [
    { script: '/lab/sweep.py', runs: 120, success: 0.98, wallMedian: 42_000, wallP95: 61_000, peakMemory: 610e6, cores: 1.3, trend: 1.24, lastAt: now - 60_000 },
    { script: '/lab/heat.py', runs: 8, success: 1, wallMedian: 4200, wallP95: 5100, peakMemory: 88e6, cores: 0.97, trend: undefined, lastAt: now - 7_200_000 },
    { script: '/lab/render_scene.py', runs: 33, success: 0.61, wallMedian: 185_000, wallP95: 420_000, peakMemory: 4.2e9, cores: 3.6, trend: 0.91, lastAt: now - 5000 },
  ];
}

export const SAMPLE_ADVICE: readonly Recommendation[] = [
  { id: 'raise analysis', kind: 'raise-limit', title: 'Run 4 tasks at once instead of 3', evidence: 'In the last 7 days 212 tasks waited 4 min 10 s each, while the CPU was at 38 % and the memory at 52 %.', change: { type: 'setting', key: 'maxParallel', value: 4, now: 3 } },
  { id: 'quiet render', kind: 'quiet-hours', title: 'Move the schedule “Render” to 02:00', evidence: 'At 14:00 others keep the machine 77 % busy (8 days), at 02:00 10 %; a run takes 5 min and 8 min of CPU time (medians of 8).', change: { type: 'schedule', schedule: scheduleId(1), name: 'Render', workspace: '/lab', file: '/lab/scheduler_config.json', value: 120, now: 840 } },
  { id: 'flaky render', kind: 'flaky', title: 'render_scene.py is flaky', evidence: '13 of 33 runs failed and succeeded when they were tried again.', change: undefined },
];
