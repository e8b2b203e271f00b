import { BUILT_IN_ROLES, builtInRole, unknownRole } from '../../model/roles/built-in-roles.ts';
import { roleState, type Role } from '../../model/roles/role.ts';
import type { Store } from '../../store/store.ts';
import type { StoredRole } from '../../store/role-table.ts';

/** A role as it is defined in a workspace; nothing when nobody there knows the name. */
export function knownRole(store: Store, workspace: string, name: string): Role | undefined {
  return store.roles.get(workspace, name)?.definition ?? builtInRole(name);
}

/** All roles that tasks of a workspace can be given to, the most urgent first. */
export function knownRoles(store: Store, workspace: string): readonly Role[] {
  const defined = store.roles.of(workspace).flatMap(({ definition }) => definition ?? []);
  return [...defined, ...BUILT_IN_ROLES.filter(({ name }) => !defined.some((role) => role.name === name))].sort(byUrgency);
}

export function byUrgency(a: Role, b: Role): number {
  return a.priority - b.priority || (a.name < b.name ? -1 : 1);
}

/** Part of a writing transaction: the role's row, and with it whether its queue is shut, after a change or before its first task. */
export function settleRole(store: Store, workspace: string, name: string, change: Partial<Pick<StoredRole, 'definition' | 'ordered' | 'engine'>> = {}): void {
  const before = store.roles.get(workspace, name);
  const role = { workspace, name, definition: undefined, ordered: 'running' as const, shut: undefined, engine: undefined, opened: 0, started: 0, ...before, ...change };
  const definition = role.definition ?? builtInRole(name) ?? unknownRole(name);
  const state = roleState(definition, role.ordered, store.settings.giveWayFrom());
  const shut = state === 'running' ? undefined : state;
  const isReopened = before?.shut !== undefined && shut === undefined;
  const isStarted = before?.ordered === 'stopped' && role.ordered !== 'stopped' && shut !== 'stopped';
  store.roles.set({ ...role, shut, opened: role.opened + (isReopened ? 1 : 0), started: role.started + (isStarted ? 1 : 0) });
  if ((before?.shut === undefined) === (shut === undefined)) return;
  store.tasks.setRoleOff(workspace, name, shut !== undefined);
  // Nobody stands in line behind a task that cannot start.
  store.dissolveLines();
}
