import type { Counts } from '../counts.ts';
import type { Role, RoleState } from './role.ts';

/** A role of some workspaces as people see it. */
export interface RoleView {
  readonly role: Role;
  /** Over several workspaces the one that lets most run. */
  readonly state: RoleState;
  readonly counts: Counts;
  /** Rises each time its queue is opened after it was shut: whoever works for it begins anew. */
  readonly opened: number;
  /** Rises each time it is started, or only paused, after it was stopped. */
  readonly started: number;
}
