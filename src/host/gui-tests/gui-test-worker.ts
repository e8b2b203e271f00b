import type { RoleWorker } from '../../core/roles/role-worker.ts';

/** Begins a run when somebody starts the role after it was stopped; not when a window opens while it is started, or its tasks go on after a pause. */
export function guiTestWorker(begin: (workspace: string) => Promise<unknown>): RoleWorker {
  return {
    start: ({ workspace, log, isStartedAnew }) => {
      if (!isStartedAnew) return;
      log.write('info', `GUI tests of ${workspace} are run, as their role was started`);
      void begin(workspace);
    },
    stop: () => undefined,
  };
}
