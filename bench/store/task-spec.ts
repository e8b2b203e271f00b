import type { TaskSpec } from '../../src/core/model/spec.ts';

/** The types of a mixed workload, in the proportion of what may run of each. */
const TYPES = ['utility', 'utility', 'analysis', 'simulation', 'utility', 'analysis', 'utility', 'blender_task'];

/** A task like those that people queue: a script with arguments, one input that it reads and one file that it writes. */
export function taskSpec(folder: string, n: number): TaskSpec {
  return {
    name: `sweep_${n}.py`,
    work: { kind: 'script', path: `${folder}/sweep_${n}.py` },
    args: ['--seed', String(n), '--steps', '1000'],
    cwd: folder,
    env: { SWEEP: String(n) },
    type: TYPES[n % TYPES.length]!,
    priority: 1 + (n % 9),
    files: [{ path: `${folder}/sweep_${n}.py`, mode: 'read' }, { path: `${folder}/data.csv`, mode: 'read' }, { path: `${folder}/out_${n}.json`, mode: 'write' }],
    after: [],
    retries: 0,
    backoffMs: 1000,
    artifacts: [],
    interactive: false,
    expect: { type: 'succeeded' },
    ifMissing: 'fail',
  };
}
