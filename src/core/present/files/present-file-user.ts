import { assertNever } from '../../base/assert-never.ts';
import type { TaskView } from '../../engine/engine-port.ts';
import type { FileUser } from '../../model/files/file-use.ts';
import type { Face } from '../face.ts';
import { coarseAge } from '../format/coarse-age.ts';
import { oneLine, shortLabel } from '../format/one-line.ts';
import { stateIcon, type Icon } from '../tasks/state-icon.ts';

export type UserRole = 'holder' | 'waiter';

/** Who holds a file, or waits for it. A task looks as it does among the tasks, where its view is known. */
export function presentFileUser(user: FileUser, role: UserRole, view: TaskView | undefined, now: number): Face {
  const { holder, own } = user;
  const age = coarseAge(now - user.since);
  switch (holder.type) {
    case 'task':
      return {
        label: shortLabel(holder.name),
        description: join(deed(user, role), age),
        ...(view === undefined ? roleIcon(role) : stateIcon(view)),
        accessibility: `${oneLine(holder.name)}, ${deed(user, role)}`,
        contextValue: role === 'holder' ? 'user taskUser breakable' : 'user taskUser',
      };
    case 'program':
      return {
        label: shortLabel(holder.name),
        description: join(deed(user, role), age, `process ${holder.pid}`),
        icon: 'terminal',
        accessibility: `${oneLine(holder.name)}, process ${holder.pid}, ${deed(user, role)}`,
        contextValue: role === 'holder' ? 'user breakable' : 'user',
      };
    case 'editor': {
      const where = own ? 'in this window' : 'in another window';
      return { label: 'Unsaved changes', description: join(where, age), icon: 'edit', accessibility: `Unsaved changes ${where}`, contextValue: 'user' };
    }
    default:
      return assertNever(holder);
  }
}

function deed({ mode }: FileUser, role: UserRole): string {
  if (role === 'waiter') return `waits to ${mode}`;
  return mode === 'write' ? 'writes' : 'reads';
}

function join(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(' · ');
}

function roleIcon(role: UserRole): Icon {
  return role === 'holder' ? { icon: 'play-circle', iconColor: 'charts.blue' } : { icon: 'lock' };
}
