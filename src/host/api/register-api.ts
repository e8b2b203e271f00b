import * as vscode from 'vscode';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import { onUse } from '../on-use.ts';
import type { Submission } from '../queueing/submission.ts';
import type { RegisteredRoles } from '../roles/register-roles.ts';
import type { TaskWatch } from '../tasks/task-watch.ts';
import type { WindowParts } from '../window-parts.ts';
import { requireRoots, requireTrust } from '../workspace-roots.ts';
import { extensionApi } from './extension-api.ts';
import type { ParallelWorkflowApi } from './parallel-workflow.ts';
import { RoleRegistry } from './role-registry.ts';
import { RunnerServer } from './runner-server.ts';

interface ApiParts extends WindowParts {
  /** Where tasks are queued. */
  readonly queue: Pick<EnginePort, 'submit'>;
  readonly watch: TaskWatch;
  readonly roles: RegisteredRoles;
  readonly submission: Submission;
}

/** What other extensions can use, and what of it lives as long as the window. */
export function registerApi({ engine, queue, watch, roles, submission, home, roots, clock, log, onError }: ApiParts): vscode.Disposable & { readonly api: ParallelWorkflowApi } {
  const runners = new RunnerServer({ home, roots, clock, log });
  const registry = new RoleRegistry({ engine, workers: roles.workers, roots, onError });
  const requireFolders = (): readonly string[] => {
    requireTrust();
    return requireRoots();
  };
  const completed = (folder: string, fields: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>> => submission.completed(folder, fields);
  const tasks = onUse(async () => {
    const { TaskCalls } = await import('./task-calls.ts');
    return new TaskCalls({ engine, queue, watch, requireFolders, completed, clock });
  });
  const api = extensionApi({ engine, watch, roleWatch: roles.watch, registry, runners, tasks, requireFolders, clock });
  const moved = vscode.workspace.onDidChangeWorkspaceFolders(() => void runners.foldersChanged().catch(onError));
  return { api, dispose: () => void vscode.Disposable.from(moved, registry, runners).dispose() };
}
