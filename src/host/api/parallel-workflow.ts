/**
 * What Parallel Workflow offers to other extensions. This file stands alone, so that it can be copied into an extension that
 * uses it; `docs/API.md` shows how. Times are milliseconds since the epoch.
 */
import type { CancellationToken, Disposable, Event } from 'vscode';

export interface ParallelWorkflowApi {
  /** Rises when something is changed that those who use it have to know of; what is added does not raise it. */
  readonly apiVersion: 1;

  /**
   * Queues tasks, all of them or none; resolves with their numbers.
   * @throws Error that names each field that is wrong, and what to write instead.
   */
  submit(tasks: TaskFields | readonly TaskFields[], options?: SubmitOptions): Promise<readonly number[]>;
  /** Queues a task to a role; resolves with its number. @throws as `submit`. */
  queueTask(role: string, task: RoleTask): Promise<number>;
  /** Queues a script; resolves with the task's number. @throws as `submit`. */
  addScriptTask(task: ScriptTask): Promise<number>;

  /** A task as it is now; `undefined` when there is none of that number. */
  task(id: number): Promise<TaskInfo | undefined>;
  /** Resolves when all these tasks have finished, in the order of their numbers as given. Rejects when it is cancelled, or when one is not there. */
  wait(ids: readonly number[], token?: CancellationToken): Promise<readonly TaskInfo[]>;
  /** Stops running tasks and takes waiting ones out of the queue; those that have finished stay as they are. */
  cancel(ids: readonly number[]): Promise<void>;

  /** Roles of the open folders, the most urgent first. */
  roles(): Promise<readonly RoleInfo[]>;
  startAllRoles(): Promise<void>;
  /** Cancels the tasks of all roles. */
  stopAllRoles(): Promise<void>;
  /** Opens the queue of a role. @throws Error for a role that is not there, or not enabled. */
  startRole(name: string): Promise<void>;
  /** Running tasks go on, nothing new starts. */
  pauseRole(name: string): Promise<void>;
  /** Cancels its tasks. */
  stopRole(name: string): Promise<void>;

  /** A role of your own, until it is disposed of. @throws Error that names the field that is wrong. */
  registerRole(role: RoleRegistration): Disposable;
  /** A kind of work of your own: tasks with this `runner`. @throws Error that names the field that is wrong. */
  registerRunner(runner: RunnerRegistration): Disposable;

  /** A task of the open folders may have changed; as it is now. */
  readonly onDidChangeTask: Event<TaskInfo>;
  /** A task of the open folders has finished; once for each attempt that a person or a program asked for. */
  readonly onDidFinishTask: Event<TaskInfo>;
  /** A role of the open folders is not what it was: its state, its tasks or its definition. */
  readonly onDidChangeRole: Event<RoleInfo>;
}

export type Priority = number | 'high' | 'normal' | 'low';

/** A file that a task uses; `write` when only the path is given. */
export type FileClaim = string | { readonly path: string; readonly mode: 'read' | 'write' };

/** A task as a batch file has it (`schemas/batch.schema.json` says more). It does one thing: a script, a command, … Paths are relative to the folder. */
export interface TaskFields {
  readonly script?: string;
  readonly blender?: string;
  /** `module:function`, with `arguments`. */
  readonly function?: string;
  readonly command?: readonly string[] | string;
  readonly prompt?: string;
  /** The name of a registered runner, with `input`. */
  readonly runner?: string;
  readonly input?: unknown;
  readonly name?: string;
  readonly args?: readonly (string | number)[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Its resource class: `blender_task`, `simulation`, `analysis`, `utility`, or one of the person's own. */
  readonly type?: string;
  /** Lower runs first. */
  readonly priority?: Priority;
  readonly role?: string;
  /** Whose output folder receives its log and artifacts. */
  readonly agent?: string;
  readonly files?: readonly FileClaim[];
  readonly id?: string;
  readonly after?: readonly string[];
  readonly [field: string]: unknown;
}

export interface SubmitOptions {
  /** Of the batch, for people. */
  readonly name?: string;
  /** Which of the window's folders; the first by default. Absolute. */
  readonly folder?: string;
}

/** A task for a role. Any field of `TaskFields` may be there as well. */
export interface RoleTask {
  readonly name?: string;
  /** The script, by either name. */
  readonly script?: string;
  readonly script_path?: string;
  readonly priority?: Priority;
  readonly files?: readonly FileClaim[];
  /** As `agent` and `type`. */
  readonly agent_id?: string;
  readonly task_type?: string;
  readonly [field: string]: unknown;
}

export interface ScriptTask {
  readonly script_path: string;
  readonly priority?: Priority;
  readonly task_type?: string;
  readonly [field: string]: unknown;
}

export interface TaskInfo {
  readonly id: number;
  readonly name: string;
  readonly folder: string;
  readonly type: string;
  readonly priority: number;
  readonly role: string | undefined;
  readonly agent: string | undefined;
  readonly status: 'queued' | 'starting' | 'running' | 'paused' | 'stopping' | 'finished';
  /** How it ended. */
  readonly outcome: 'succeeded' | 'failed' | 'cancelled' | 'timedOut' | 'skipped' | 'spawnFailed' | 'lost' | undefined;
  /** Why it waits, or how it ended, in words. */
  readonly summary: string | undefined;
  readonly exitCode: number | undefined;
  readonly submittedAt: number;
  readonly startedAt: number | undefined;
  readonly finishedAt: number | undefined;
  /** Holds its `stdout` and `stderr`; once it has run. */
  readonly logFolder: string | undefined;
}

/** `givesWay`: shut for as long as the machine is short. */
export type RoleState = 'running' | 'paused' | 'stopped' | 'givesWay';

export interface RoleInfo {
  readonly name: string;
  readonly label: string;
  readonly purpose: string;
  readonly priority: number;
  readonly enabled: boolean;
  readonly state: RoleState;
  readonly running: number;
  readonly waiting: number;
  readonly finished: number;
}

export interface RoleRegistration {
  /** `snake_case`, none of the built-in ones. */
  readonly name: string;
  readonly label: string;
  /** In a sentence. */
  readonly purpose?: string;
  /** Of its tasks, unless they have their own; lower runs first, 5 by default. The least urgent roles give way first. */
  readonly priority?: Priority;
  /** What its tasks are taken to need: cores, and bytes or a text such as `512 MB`. */
  readonly requirement?: { readonly cores?: number; readonly memory?: number | string };
  /**
   * What the role does by itself while its queue is open; called each time it is opened, once for each folder, in one window of the
   * machine. It may give back what is disposed of when the queue is shut.
   */
  readonly handler?: (work: RoleWork) => RoleWorkResult | Promise<RoleWorkResult>;
}

export type RoleWorkResult = Disposable | undefined;

export interface RoleWork {
  readonly role: string;
  readonly folder: string;
  /** Cancelled when the queue is shut. */
  readonly token: CancellationToken;
  /** Queues a task to this role; resolves with its number. */
  queueTask(task: RoleTask): Promise<number>;
}

/** A kind of work: either the command that does it, or a function that does it in this window. */
export interface RunnerRegistration {
  /** A letter, then letters, digits, `_` and `-`. */
  readonly name: string;
  /** The command, worked out when the task starts. It outlives the window. */
  readonly command?: (task: RunnerTask) => RunnerCommand | Promise<RunnerCommand>;
  /** Does the work; resolves with the exit code (0 when it is nothing). What it throws fails the task. It ends with the window. */
  readonly run?: (task: RunnerTask, output: RunnerOutput, token: CancellationToken) => Promise<number | undefined>;
}

export interface RunnerTask {
  readonly id: number;
  readonly name: string;
  /** As the task has it; check it. */
  readonly input: unknown;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly folder: string;
}

export interface RunnerCommand {
  readonly argv: readonly string[];
  /** Absolute; that of the task by default. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface RunnerOutput {
  /** Into the task's log. */
  write(text: string): void;
  writeError(text: string): void;
}
