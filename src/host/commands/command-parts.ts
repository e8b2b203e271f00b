import type * as vscode from 'vscode';
import type { Clock } from '../../core/base/clock.ts';
import type { Log } from '../../core/base/log.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import type { BatchId, RunId, TaskId } from '../../core/model/ids.ts';
import type { CommandId } from '../ids.ts';
import type { LogDocuments } from '../log/log-documents.ts';
import type { Submission } from '../queueing/submission.ts';
import type { Settings } from '../settings/settings.ts';
import type { InteractiveTerminals } from '../tasks/interactive-terminals.ts';
import type { TaskTerminals } from '../tasks/task-terminals.ts';

/** A row that stands for a task, for one of its runs, or for all tasks of a batch. */
export interface TaskRow {
  readonly kind: string;
  readonly taskId?: TaskId;
  readonly batchId?: BatchId;
  readonly run?: { readonly id: RunId };
}

/** What commands work with. */
export interface CommandParts {
  readonly engine: EnginePort;
  readonly tree: {
    selectedRows(): readonly TaskRow[];
    reveal(id?: TaskId): Promise<boolean>;
  };
  readonly settings: () => Settings;
  readonly submission: Submission;
  readonly terminals: TaskTerminals;
  readonly interactive: InteractiveTerminals;
  readonly logs: LogDocuments;
  readonly channel: vscode.LogOutputChannel;
  readonly log: Log;
  readonly clock: Clock;
  readonly memory: vscode.Memento;
  /** The state folder. */
  readonly home: string;
}

/** What VS Code calls a command with: the thing it was called on and, of several selected, all of them. */
export type CommandHandler = (target?: unknown, all?: unknown) => unknown;

export type Commands = Readonly<Partial<Record<CommandId, CommandHandler>>>;
