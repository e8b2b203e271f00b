import { builtInRole } from '../../src/core/model/roles/built-in-roles.ts';
import type { Counts } from '../../src/core/model/counts.ts';
import type { Role, RoleState } from '../../src/core/model/roles/role.ts';
import type { RoleView } from '../../src/core/model/roles/role-view.ts';

/** The role of GUI tests, with nothing to do, unless told otherwise. */
export function sampleRole(given: { readonly role?: Partial<Role>; readonly state?: RoleState; readonly counts?: Partial<Counts> } = {}): RoleView {
  return {
    role: { ...builtInRole('gui_testing')!, ...given.role },
    state: given.state ?? 'running',
    counts: { running: 0, waiting: 0, scheduled: 0, finished: 0, failed: 0, ...given.counts },
    opened: 0,
    started: 0,
  };
}
