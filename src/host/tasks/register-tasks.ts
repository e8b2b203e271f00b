import * as vscode from 'vscode';
import type { CommandParts } from '../commands/command-parts.ts';
import { registerTaskCommands } from '../commands/register-task-commands.ts';
import { FailureNotices } from '../failure-notices.ts';
import { TASK_TYPE } from '../ids.ts';
import { ConflictNotices } from '../locks/conflict-notices.ts';
import { LogDocuments } from '../log/log-documents.ts';
import type { WindowParts } from '../window-parts.ts';
import { InteractiveTerminals } from './interactive-terminals.ts';
import { registerLogLinks } from './log-links.ts';
import { ParallelTaskProvider } from './parallel-task-provider.ts';
import { TaskTerminals } from './task-terminals.ts';
import { TaskWatch } from './task-watch.ts';

type TaskParts = WindowParts & Pick<CommandParts, 'tree' | 'submission'>;

export interface RegisteredTasks extends vscode.Disposable {
  readonly watch: TaskWatch;
}

/** Tasks in this window: followed, with their terminals and logs, as VS Code tasks, and what people do with them. */
export function registerTasks(parts: TaskParts): RegisteredTasks {
  const { engine, roots, settings, tree, clock, log, onError } = parts;
  const watch = new TaskWatch(engine, roots, clock, onError);
  const ofTerminals = (): ReturnType<typeof settings>['terminals'] => settings().terminals;
  const terminals = new TaskTerminals({ engine, watch, settings: ofTerminals, clock, log });
  const interactive = new InteractiveTerminals({ engine, watch, settings: ofTerminals, log });
  const logs = new LogDocuments(engine, watch, clock);
  const provider = new ParallelTaskProvider({ ...parts, watch, terminals });
  const own = vscode.Disposable.from(
    watch,
    terminals,
    interactive,
    logs,
    registerLogLinks(),
    vscode.tasks.registerTaskProvider(TASK_TYPE, provider),
    new FailureNotices(watch, settings, clock, onError),
    new ConflictNotices({ watch, reveal: (task) => tree.reveal(task), settings, clock, onError }),
    registerTaskCommands({ ...parts, terminals, interactive, logs }),
  );
  return { watch, dispose: () => void own.dispose() };
}
