import type { TaskView } from '../../../src/core/engine/engine-port.ts';
import type { Estimate } from '../../../src/core/model/estimate.ts';
import { batchId, runId, taskId } from '../../../src/core/model/ids.ts';
import type { PromptSpent } from '../../../src/core/model/agents/prompt-spent.ts';
import type { Run } from '../../../src/core/model/run.ts';
import type { TaskSpec } from '../../../src/core/model/spec.ts';
import type { TaskState } from '../../../src/core/model/task.ts';
import type { WaitReason } from '../../../src/core/model/wait-reason.ts';
import { sampleEstimate } from '../../support/sample-estimate.ts';

export const NOW = Date.UTC(2030, 0, 31, 12, 0, 0);
export const RUN = runId(70);

type In<S extends TaskState['status']> = Extract<TaskState, { status: S }>;

export interface Sample {
  readonly id?: number;
  readonly batch?: number;
  readonly spec?: Partial<TaskSpec>;
  readonly state?: TaskState;
  readonly run?: Partial<Run> | undefined;
  readonly wait?: WaitReason;
  readonly attempts?: number;
  readonly estimate?: Partial<Estimate>;
  readonly spent?: PromptSpent;
}

export const queued: In<'queued'> = { status: 'queued', held: false, readyAt: NOW };
export const running: In<'running'> = { status: 'running', run: RUN, startedAt: NOW - 42_000 };
export const succeeded: In<'finished'> = { status: 'finished', outcome: { type: 'succeeded' }, finishedAt: NOW - 180_000 };
export const failed: In<'finished'> = { status: 'finished', outcome: { type: 'failed', reason: 'exit', code: 2 }, finishedAt: NOW - 180_000 };

/** A task as the engine shows it: a queued simulation unless told otherwise. */
export function sampleTask({ id = 5, batch = 9, spec, state = queued, run, wait, attempts, estimate, spent }: Sample = {}): TaskView {
  return {
    task: {
      id: taskId(id),
      batch: batchId(batch),
      workspace: '/home/ada/lab',
      submittedAt: NOW - 60_000,
      attempts: attempts ?? (state.status === 'queued' ? 0 : 1),
      tries: attempts ?? (state.status === 'queued' ? 0 : 1),
      state,
      spec: {
        name: 'Sweep 3',
        work: { kind: 'script', path: '/home/ada/lab/sweep.py' },
        args: ['--seed', '3'],
        cwd: '/home/ada/lab',
        env: {},
        type: 'simulation',
        priority: 5,
        files: [],
        after: [],
        retries: 0,
        backoffMs: 1000,
        artifacts: [],
        interactive: false,
        expect: { type: 'succeeded' },
        ifMissing: 'fail',
        ...spec,
      },
    },
    run: run === undefined ? undefined : sampleRun({ task: taskId(id), ...run }),
    wait,
    estimate: { ...sampleEstimate({ type: 'simulation', ...spec }), ...estimate },
    ...(spent !== undefined && { spent }),
  };
}

export function sampleRun(run: Partial<Run> = {}): Run {
  return {
    id: RUN,
    task: taskId(5),
    attempt: 1,
    engine: undefined,
    folder: '/state/runs/70',
    argv: ['python3', '/home/ada/lab/sweep.py', '--seed', '3'],
    claimedAt: NOW - 42_010,
    startedAt: NOW - 42_000,
    endedAt: undefined,
    pid: 4711,
    exitCode: undefined,
    signal: undefined,
    userMs: undefined,
    systemMs: undefined,
    peakMemory: undefined,
    cores: undefined,
    memory: undefined,
    outcome: undefined,
    undeclared: [],
    conflicts: [],
    ...run,
  };
}
