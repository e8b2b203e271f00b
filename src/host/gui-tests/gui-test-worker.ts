import type { Disposable } from '../../core/base/disposable.ts';
import { disposable } from '../../core/base/disposable.ts';
import type { RoleWatch } from '../../core/roles/role-watch.ts';
import type { RoleWorkers } from '../../core/roles/role-workers.ts';
import { GUI_ROLE } from './gui-role.ts';

/** Begins a run when somebody starts the role after it was stopped; not when a window opens while it is started, or its tasks go on after a pause. */
export function runWhenStarted(
  { watch, workers }: { readonly watch: RoleWatch; readonly workers: RoleWorkers },
  roots: () => readonly string[],
  begin: (workspace: string) => Promise<unknown>,
): Disposable {
  const stopped = new Set<string>();
  const note = (): void => {
    if (watch.roles.find(({ role }) => role.name === GUI_ROLE)?.state === 'stopped') for (const root of roots()) stopped.add(root);
  };
  note();
  const subscription = watch.onDidChange(note);
  const added = workers.add(GUI_ROLE, () => ({
    start: ({ workspace, log }) => {
      if (!stopped.delete(workspace)) return;
      log.write('info', `GUI tests of ${workspace} are run, as their role was started`);
      void begin(workspace);
    },
    stop: () => undefined,
  }));
  return disposable(() => {
    subscription.dispose();
    added.dispose();
  });
}
