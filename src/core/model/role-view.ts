import type { Counts } from './counts.ts';
import type { Role, RoleState } from './role.ts';

/** A role of some workspaces as people see it. */
export interface RoleView {
  readonly role: Role;
  /** Over several workspaces the one that lets most run. */
  readonly state: RoleState;
  readonly counts: Counts;
}
