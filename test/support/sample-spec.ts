import type { TaskSpec } from '../../src/core/model/spec.ts';

/** A complete spec: a command without any wishes, unless told otherwise. */
export function sampleSpec(given: Partial<TaskSpec> = {}): TaskSpec {
  return {
    name: 'job',
    work: { kind: 'command', argv: ['true'] },
    args: [],
    cwd: '/lab',
    env: {},
    type: 'utility',
    priority: 5,
    files: [],
    after: [],
    retries: 0,
    backoffMs: 1000,
    artifacts: [],
    interactive: false,
    expect: { type: 'succeeded' },
    ifMissing: 'fail',
    ...given,
  };
}
