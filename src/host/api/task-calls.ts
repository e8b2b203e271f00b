import type { CancellationToken } from 'vscode';
import type { Clock } from '../../core/base/clock.ts';
import type { Disposable } from '../../core/base/disposable.ts';
import { UserError } from '../../core/base/user-error.ts';
import type { EnginePort, TaskView } from '../../core/engine/engine-port.ts';
import { taskId } from '../../core/model/ids.ts';
import { withTodaysNames, type Renamed } from '../../core/spec/older-names.ts';
import { formatProblem } from '../../core/spec/problem.ts';
import type { ParallelWorkflowApi, RoleTask, ScriptTask, SubmitOptions, TaskFields, TaskInfo } from './parallel-workflow.ts';
import { callError } from './call-error.ts';
import { taskInfo } from './task-info.ts';

interface TaskCallsPorts {
  readonly engine: Pick<EnginePort, 'views' | 'cancel'>;
  readonly queue: Pick<EnginePort, 'submit'>;
  readonly watch: { follow(id: TaskView['task']['id'], listener: (view: TaskView | undefined) => void): Disposable };
  /** Folders of the window; throws, with the way out, when there are none or they are not trusted. */
  readonly requireFolders: () => readonly string[];
  /** Fields that the window adds to a script: the interpreter that is chosen in it. */
  readonly completed: (folder: string, fields: Readonly<Record<string, unknown>>) => Promise<Readonly<Record<string, unknown>>>;
  readonly clock: Clock;
}

type Calls = Pick<ParallelWorkflowApi, 'submit' | 'queueTask' | 'addScriptTask' | 'task' | 'wait' | 'cancel'>;

/** The part of the face for other extensions that is about tasks. */
export class TaskCalls implements Calls {
  private readonly ports: TaskCallsPorts;

  constructor(ports: TaskCallsPorts) {
    this.ports = ports;
  }

  async submit(tasks: TaskFields | readonly TaskFields[], options: SubmitOptions = {}): Promise<readonly number[]> {
    const folders = this.ports.requireFolders();
    const { name, folder = folders[0]! } = options;
    if (name !== undefined && typeof name !== 'string') throw new UserError(`submit: \`options.name\`: expected a text, got \`${JSON.stringify(name)}\`.`);
    if (!folders.includes(folder))
      throw new UserError(
        `submit: \`options.folder\`: \`${String(folder)}\` is no folder of this window;`,
        `its folders are ${folders.map((each) => `\`${each}\``).join(', ')}.`,
      );
    const isList = Array.isArray(tasks);
    const given = (isList ? tasks : [tasks]).map((task, index) => renamed('submit', task, isList ? `tasks[${index}]` : ''));
    if (given.length === 0) throw new UserError('submit: `tasks`: expected at least one task, got `[]`.');
    return this.send('submit', folder, name, given, isList);
  }

  async queueTask(role: string, task: RoleTask): Promise<number> {
    if (typeof role !== 'string' || role === '') throw new UserError(`queueTask: \`role\`: expected the name of a role, such as \`gui_testing\`, got \`${JSON.stringify(role)}\`.`);
    return this.one('queueTask', { ...task, role });
  }

  async addScriptTask(task: ScriptTask): Promise<number> {
    const path = (task as Partial<ScriptTask> | undefined)?.script_path;
    if (typeof path !== 'string' || path === '')
      throw new UserError(
        `addScriptTask: \`script_path\`: expected the path of a script, got ${path === undefined ? 'nothing' : `\`${JSON.stringify(path)}\``}.`,
      );
    return this.one('addScriptTask', task);
  }

  async task(id: number): Promise<TaskInfo | undefined> {
    const [view] = await this.ports.engine.views([taskId(requireNumber('task', 'id', id))]);
    return view === undefined ? undefined : taskInfo(view, this.ports.clock.now());
  }

  async wait(ids: readonly number[], token?: CancellationToken): Promise<readonly TaskInfo[]> {
    return Promise.all(requireNumbers('wait', ids).map((id) => this.end(id, token)));
  }

  async cancel(ids: readonly number[]): Promise<void> {
    await this.ports.engine.cancel(requireNumbers('cancel', ids).map(taskId));
  }

  private async one(call: string, task: Readonly<Record<string, unknown>>): Promise<number> {
    const [folder] = this.ports.requireFolders();
    const [id] = await this.send(call, folder!, undefined, [renamed(call, task, '')], false);
    return id!;
  }

  private async send(call: string, folder: string, name: string | undefined, given: readonly Renamed[], isList: boolean): Promise<readonly number[]> {
    const tasks = await Promise.all(given.map(({ fields }) => this.ports.completed(folder, fields)));
    // What an extension brings lies in its own folder, outside the workspace.
    const result = await this.ports.queue.submit({ workspace: folder, name: name ?? nameOf(tasks), tasks, confine: false });
    if (result.ok) return result.value.tasks;
    throw callError(call, result.error.map((problem) => formatProblem({ ...problem, where: whereOf(problem.where, given, isList) })));
  }

  private end(id: number, token: CancellationToken | undefined): Promise<TaskInfo> {
    const { watch, clock } = this.ports;
    return new Promise((resolve, reject) => {
      const stops: Disposable[] = [];
      const done = (act: () => void): void => {
        for (const stop of stops.splice(0)) stop.dispose();
        act();
      };
      stops.push(watch.follow(taskId(id), (view) => {
        if (view === undefined) done(() => reject(new UserError(`wait: there is no task #${id} any more.`)));
        else if (view.task.state.status === 'finished') done(() => resolve(taskInfo(view, clock.now())));
      }));
      if (token === undefined) return;
      const cancelled = (): void => done(() => reject(new UserError(`wait: nobody waits for task #${id} any more; it goes on.`)));
      if (token.isCancellationRequested) cancelled();
      else stops.push(token.onCancellationRequested(cancelled));
    });
  }
}

function renamed(call: string, task: unknown, where: string): Renamed {
  if (typeof task === 'object' && task !== null && !Array.isArray(task)) return withTodaysNames(task as Readonly<Record<string, unknown>>);
  throw new UserError(`${call}: ${where === '' ? '' : `\`${where}\`: `}expected an object that describes a task, got \`${JSON.stringify(task) ?? 'undefined'}\`.`);
}

/** The field as it was written, and without a place in a list of which nobody wrote. */
function whereOf(where: string, given: readonly Renamed[], isList: boolean): string {
  const found = /^tasks\[(\d+)\]\.?(.*)$/.exec(where);
  if (found === null) return where;
  const field = given[Number(found[1])]!.asWritten(found[2]!);
  return isList ? `tasks[${found[1]}]${field === '' ? '' : `.${field}`}` : field;
}

function nameOf(tasks: readonly Readonly<Record<string, unknown>>[]): string {
  const { name, script, runner } = tasks[0]!;
  const first = [name, script, runner].find((each): each is string => typeof each === 'string') ?? 'task of an extension';
  return tasks.length === 1 ? first : `${first} and ${tasks.length - 1} more`;
}

function requireNumbers(call: string, ids: readonly number[]): readonly number[] {
  if (!Array.isArray(ids)) throw new UserError(`${call}: \`ids\`: expected a list of numbers of tasks, got \`${JSON.stringify(ids)}\`.`);
  return ids.map((id: unknown, index) => requireNumber(call, `ids[${index}]`, id));
}

function requireNumber(call: string, where: string, id: unknown): number {
  if (typeof id === 'number' && Number.isInteger(id) && id > 0) return id;
  throw new UserError(`${call}: \`${where}\`: expected the number of a task, got \`${JSON.stringify(id)}\`.`);
}
