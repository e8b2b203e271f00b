import type { RoleState } from '../../../src/core/model/roles/role.ts';
import type { ParallelWorkflowApi } from '../../../src/host/api/parallel-workflow.ts';

/** Resolves when the window has heard, from now on, that a role is in a state; the store knows earlier. */
export function roleHeard(api: ParallelWorkflowApi, role: string, wanted: RoleState): Promise<void> {
  return new Promise((resolve) => {
    const listening = api.onDidChangeRole(({ name, state }) => {
      if (name !== role || state !== wanted) return;
      listening.dispose();
      resolve();
    });
  });
}
