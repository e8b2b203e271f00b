import { isDeepStrictEqual } from 'node:util';
import type { RoleView } from '../../core/model/roles/role-view.ts';
import type { RoleInfo } from './parallel-workflow.ts';

/** A role as other extensions see it. */
export function roleInfo({ role, state, counts }: RoleView): RoleInfo {
  const { name, label, purpose, priority, enabled } = role;
  return { name, label, purpose, priority, enabled, state, running: counts.running, waiting: counts.waiting, finished: counts.finished };
}

/** Tells of each look those roles that are not what they were at the look before; of the first none. */
export function changedRoles(): (views: readonly RoleView[]) => readonly RoleInfo[] {
  let before: readonly RoleInfo[] | undefined;
  return (views) => {
    const now = views.map(roleInfo);
    const changed = before === undefined ? [] : now.filter((info) => !isDeepStrictEqual(info, before?.find(({ name }) => name === info.name)));
    before = now;
    return changed;
  };
}
