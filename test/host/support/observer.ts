import * as vscode from 'vscode';
import { DEFAULT_OPTIONS } from '../../../src/core/engine/engine-options.ts';
import type { EnginePort, TaskView } from '../../../src/core/engine/engine-port.ts';
import { openEngine } from '../../../src/core/engine/open-engine.ts';
import { stateFolder } from '../../../src/core/engine/state-folder.ts';
import type { TaskId } from '../../../src/core/model/ids.ts';
import type { Task } from '../../../src/core/model/task.ts';

const PATIENCE_MS = 20_000;

/** A second engine over the same store, which sees what the extension's engine does and starts nothing. */
export class Observer {
  readonly engine: EnginePort;

  private constructor(engine: EnginePort) {
    this.engine = engine;
  }

  /** Tasks start from now on, whatever else keeps the machine busy. */
  static async open(): Promise<Observer> {
    const observer = new Observer(await openEngine({ ...DEFAULT_OPTIONS, home: stateFolder(), kind: 'cli', roots: [], runsTasks: false }));
    await observer.engine.pinStrategy('normal');
    return observer;
  }

  close(): Promise<void> {
    return this.engine.close();
  }

  async tasks(): Promise<readonly TaskView[]> {
    const pages = await Promise.all((['running', 'waiting', 'scheduled', 'finished'] as const).map((group) => this.engine.query({ group, roots: [], offset: 0, limit: 200 })));
    return pages.flatMap(({ items }) => items).sort((a, b) => a.task.id - b.task.id);
  }

  /** The tasks that come into the store while `act` runs, of those that are `meant`; resolves when there are `count`. */
  async newTasks(count: number, act: () => unknown, meant: (task: Task) => boolean = () => true): Promise<readonly TaskId[]> {
    const known = new Set((await this.tasks()).map(({ task }) => task.id));
    await act();
    const fresh = await eventually(`${count} new tasks`, async () => {
      const found = (await this.tasks()).filter(({ task }) => !known.has(task.id) && meant(task)).map(({ task }) => task.id);
      return found.length >= count ? found : undefined;
    });
    return fresh;
  }

  async view(id: TaskId): Promise<TaskView> {
    const [view] = await this.engine.views([id]);
    if (view === undefined) throw new Error(`There is no task ${id}`);
    return view;
  }

  /** Resolves with the task when it is in that status; how it ended counts as one too. */
  reaches(id: TaskId, status: string): Promise<TaskView> {
    return eventually(`task ${id} to be ${status}`, async () => {
      const view = await this.view(id);
      const { state } = view.task;
      return state.status === status || (state.status === 'finished' && state.outcome.type === status) ? view : undefined;
    });
  }
}

/** Resolves with what `look` finds, as soon as it finds something. */
export async function eventually<T>(what: string, look: () => T | undefined | Promise<T | undefined>, patienceMs = PATIENCE_MS): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`Waited ${patienceMs / 1000} s in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

export function workspaceFolder(): vscode.WorkspaceFolder {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined) throw new Error('The tests need a folder that is open');
  return folder;
}

export function fileUri(name: string): vscode.Uri {
  return vscode.Uri.joinPath(workspaceFolder().uri, name);
}

/** A row of the task tree, as commands get it. */
export function row(id: TaskId): { readonly kind: 'task'; readonly taskId: TaskId } {
  return { kind: 'task', taskId: id };
}

export async function configure(key: string, value: unknown, section = 'parallelWorkflow'): Promise<void> {
  await vscode.workspace.getConfiguration(section).update(key, value, vscode.ConfigurationTarget.Global);
}
