import path from 'node:path';
import * as vscode from 'vscode';
import type { Clock } from '../../core/base/clock.ts';
import type { Log } from '../../core/base/log.ts';
import { UserError } from '../../core/base/user-error.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import { taskId } from '../../core/model/ids.ts';
import { TASK_TYPE } from '../ids.ts';
import { findFiles } from '../queueing/find-files.ts';
import type { Submission } from '../queueing/submission.ts';
import { workspaceRoots } from '../workspace-roots.ts';
import { orderCancel, runAgain } from './run-again.ts';
import { specOf } from './task-definition.ts';
import { TaskPty } from './task-pty.ts';
import type { TaskTerminals } from './task-terminals.ts';
import type { TaskWatch } from './task-watch.ts';

/** Batch files offered among the workspace's tasks. */
const MOST_BATCHES = 50;

interface ProviderParts {
  readonly engine: Pick<EnginePort, 'cancel' | 'retry' | 'views' | 'batchTasks' | 'onDidChange'>;
  readonly submission: Submission;
  readonly watch: TaskWatch;
  readonly terminals: TaskTerminals;
  readonly clock: Clock;
  readonly log: Log;
}

/** Tasks of type `parallel` in `tasks.json`: starting one queues it; its terminal ends when it does, with its exit code. */
export class ParallelTaskProvider implements vscode.TaskProvider {
  private readonly parts: ProviderParts;

  constructor(parts: ProviderParts) {
    this.parts = parts;
  }

  async provideTasks(): Promise<vscode.Task[]> {
    const files = (await findFiles('**/*.parallel.json')).slice(0, MOST_BATCHES);
    return files.flatMap((file) => {
      const folder = vscode.workspace.getWorkspaceFolder(file);
      if (folder === undefined) return [];
      const batch = path.relative(folder.uri.fsPath, file.fsPath).split(path.sep).join('/');
      return [this.task({ type: TASK_TYPE, batch }, folder, batch)];
    });
  }

  resolveTask(task: vscode.Task): vscode.Task | undefined {
    return this.task(task.definition, task.scope, task.name);
  }

  private task(definition: vscode.TaskDefinition, scope: vscode.WorkspaceFolder | vscode.TaskScope | undefined, name: string): vscode.Task {
    const execution = new vscode.CustomExecution((resolved) => this.terminal(resolved, scope, name));
    return new vscode.Task(definition, scope ?? vscode.TaskScope.Workspace, name, TASK_TYPE, execution, []);
  }

  private async terminal(definition: vscode.TaskDefinition, scope: vscode.WorkspaceFolder | vscode.TaskScope | undefined, name: string): Promise<vscode.Pseudoterminal> {
    const { engine, submission, watch, terminals, clock, log } = this.parts;
    const again: unknown = definition.task;
    if (typeof again === 'number') return runAgain(this.parts, taskId(again), (id) => terminals.leaveTo(id));
    const batch: unknown = definition.batch;
    if (batch !== undefined) {
      const { BatchPty } = await import('./batch-pty.ts');
      return new BatchPty({
        engine,
        clock,
        begin: async () => {
          if (typeof batch !== 'string') throw new UserError(`Expected \`batch\` of the task “${name}” to be the path of a batch file, got \`${JSON.stringify(batch)}\`.`);
          return submission.batch(vscode.Uri.file(path.resolve(rootFor(scope), batch)));
        },
      });
    }
    return new TaskPty({
      watch,
      clock,
      begin: async () => {
        const { tasks } = await submission.spec(rootFor(scope), name, specOf(definition, name));
        terminals.leaveTo(tasks[0]!);
        return tasks[0]!;
      },
      cancel: orderCancel(engine, log),
    });
  }
}

/** The folder whose `tasks.json` it is; of a task for all folders, the first. */
function rootFor(scope: vscode.WorkspaceFolder | vscode.TaskScope | undefined): string {
  const root = typeof scope === 'object' ? scope.uri.fsPath : workspaceRoots()[0];
  if (root === undefined) throw new UserError(vscode.l10n.t('No folder is open. Open the folder that holds the scripts, then queue them.'));
  return root;
}
