import type { RunBar } from '../../src/core/model/run-bar.ts';

/** Runs of one role or agent. */
export interface RoleCount {
  readonly kind: 'role' | 'agent';
  readonly name: string;
  readonly runs: number;
  readonly running: number;
  readonly failed: number;
  /** Of all its runs together, milliseconds. */
  readonly busyMs: number;
}

/** Counts by role, then by agent, by name; empty where no run has either. */
export function countByRole(runs: readonly RunBar[], now: number): readonly RoleCount[] {
  const count = (kind: 'role' | 'agent'): readonly RoleCount[] => {
    const groups = groupRuns(runs, kind);
    return [...groups]
      .map(([name, members]) => ({
        kind,
        name,
        runs: members.length,
        running: members.filter(({ endedAt }) => endedAt === undefined).length,
        failed: members.filter(({ isFailure }) => isFailure).length,
        busyMs: members.reduce((sum, { startedAt, endedAt }) => sum + (endedAt ?? now) - startedAt, 0),
      }))
      .sort((a, b) => a.name.localeCompare(b.name));
  };
  return [...count('role'), ...count('agent')];
}

function groupRuns(runs: readonly RunBar[], kind: 'role' | 'agent'): ReadonlyMap<string, readonly RunBar[]> {
  const groups = new Map<string, RunBar[]>();
  for (const run of runs) {
    const name = run[kind];
    if (name === undefined) continue;
    const members = groups.get(name);
    if (members === undefined) groups.set(name, [run]);
    else members.push(run);
  }
  return groups;
}
