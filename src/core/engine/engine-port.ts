import type { Disposable } from '../base/disposable.ts';
import type { Event } from '../base/emitter.ts';
import type { Result } from '../base/result.ts';
import type { ProjectAgents } from '../model/agents/project-agents.ts';
import type { AgentSettings } from '../model/agents/agent-settings.ts';
import type { AgentsView, WindowModel } from '../model/agents/agents-view.ts';
import type { BatchView } from '../model/batch-view.ts';
import type { Claim } from '../model/files/claim.ts';
import type { Counts } from '../model/counts.ts';
import type { EngineKind } from '../model/engine-kind.ts';
import type { Estimate } from '../model/estimate.ts';
import type { BatchId, HoldId, ScheduleId, TaskId } from '../model/ids.ts';
import type { ExecutionMode, FileMode } from '../model/agents/execution-mode.ts';
import type { FileUse, FileUser } from '../model/files/file-use.ts';
import type { HoldRequest, HoldView } from '../model/files/hold.ts';
import type { Holder } from '../model/files/holder.ts';
import type { Limits } from '../model/limits.ts';
import type { Milestone } from '../model/roles/milestone.ts';
import type { MachinePoint, TimeSpan } from '../model/machine/machine-point.ts';
import type { MachineSample } from '../model/machine/machine-sample.ts';
import type { MachineSettings } from '../model/machine/machine-settings.ts';
import type { PromptSpent } from '../model/agents/prompt-spent.ts';
import type { Recommendation } from '../model/recommendation.ts';
import type { RunBar } from '../model/run-bar.ts';
import type { Run } from '../model/run.ts';
import type { Role, RoleOrder } from '../model/roles/role.ts';
import type { RoleView } from '../model/roles/role-view.ts';
import type { ScheduleSource } from '../model/schedules/schedule.ts';
import type { ScheduleView } from '../model/schedules/schedule-view.ts';
import type { ScriptStats } from '../model/script-stats.ts';
import type { ShadowReport } from '../model/machine/shadow-report.ts';
import type { Decision, Strategy, StrategyView } from '../model/machine/strategy.ts';
import type { Task, TaskStatus } from '../model/task.ts';
import type { TaskGroup } from '../model/task-group.ts';
import type { UserSettings } from '../model/user-settings.ts';
import type { WaitReason } from '../model/wait-reason.ts';
import type { Problem } from '../spec/problem.ts';
import type { Leftovers } from './runs/leftovers.ts';

export type { BatchView, Counts, EngineKind, FileUse, FileUser, Holder, HoldRequest, HoldView, MachineSample, TaskGroup };

/** What somebody wants queued, as written: the engine checks it, and takes all of it or nothing. */
export interface SubmitRequest {
  /** Root of the workspace whose engines may start the tasks; absolute. */
  readonly workspace: string;
  /** Folder that relative paths start from; the workspace by default. */
  readonly base?: string;
  /** Name of the batch, for people. */
  readonly name: string;
  /** Fields that each task takes over unless it has its own. */
  readonly defaults?: unknown;
  readonly tasks: readonly unknown[];
  /** Whatever else the batch was written with, such as its `name`: checked together with the tasks. */
  readonly others?: Readonly<Record<string, unknown>>;
  /** Whether scripts and folders must lie inside the workspace. */
  readonly confine: boolean;
  /** Scripts whose tasks are queued held, until somebody releases them; absolute. */
  readonly holdScripts?: readonly string[];
}

export interface Submitted {
  readonly batch: BatchId;
  readonly tasks: readonly TaskId[];
}

export interface TaskQuery {
  readonly group: TaskGroup;
  /** Roots; tasks of these workspaces and of folders below them. Empty for the whole machine. */
  readonly roots: readonly string[];
  readonly offset: number;
  readonly limit: number;
}

/** A task as views show it: with its latest run and, when it is queued, why it waits. */
export interface TaskView {
  readonly task: Task;
  readonly run: Run | undefined;
  readonly wait: WaitReason | undefined;
  /** What it is taken to need, and how that is known. */
  readonly estimate: Estimate;
  /** Of a prompt that has run. */
  readonly spent?: PromptSpent;
}

export interface TaskPage {
  readonly items: readonly TaskView[];
  /** Tasks in the whole group. */
  readonly total: number;
}

/** A task with all its runs, oldest first, and its dependencies. */
export interface TaskDetail extends TaskView {
  readonly runs: readonly Run[];
  readonly upstream: readonly { readonly id: TaskId; readonly name: string; readonly status: TaskStatus }[];
}

export interface EngineStatus {
  readonly home: string;
  readonly counts: Counts;
  readonly paused: boolean;
  readonly limits: Limits;
  readonly engines: readonly { readonly pid: number; readonly kind: EngineKind; readonly roots: readonly string[]; readonly self: boolean; /** It starts interactive tasks too. */ readonly hasTerminals: boolean }[];
  readonly storeNotice: string | undefined;
}

/** What changed in the store since the last notice, whoever changed it. */
export interface ChangeNotice {
  readonly revision: number;
  /** Tasks that changed; `undefined` when there are too many to name or tasks went away: read again what is shown. */
  readonly tasks: readonly TaskId[] | undefined;
}

/** Outcome of an order over several tasks: those it applied to, and why not to the others. */
export interface Applied {
  readonly done: readonly TaskId[];
  readonly refused: readonly { readonly id: TaskId; readonly why: string }[];
}

/** How to queue again. */
export interface RetryOptions {
  /** Of a prompt: begin a new conversation instead of going on with the last. */
  readonly afresh: boolean;
}

/** A run that needs a real terminal: start `argv` there; it reports to the engine through its run's folder. */
export interface TerminalRequest {
  readonly task: TaskId;
  readonly name: string;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Files and who uses them: tasks, people with unsaved changes, programs. */
export interface FilePort {
  /** All files with unsaved changes in this window, absolute; those not named any more are free. */
  setUnsaved(files: readonly string[]): Promise<void>;
  /** Files of these workspaces that changed on disk, absolute; whoever wrote them without a claim is looked for. */
  noteChanged(files: readonly string[]): Promise<void>;
  /** A run of the task was seen to write these files, absolute; those that it had no claim on are written down. */
  noteWritten(task: TaskId, files: readonly string[]): Promise<void>;
  /** Asks for files; when they cannot be had at once the hold waits, first come, first served. Holds of an engine end with it. */
  requestHold(request: HoldRequest): Promise<HoldView>;
  /** From now on the hold outlives its engine for as long as this process lives. */
  setHoldProcess(id: HoldId, pid: number): Promise<void>;
  /** Where a hold stands; `undefined` when there is none. */
  holdView(id: HoldId): Promise<HoldView | undefined>;
  /** Ends a hold, or gives up waiting for it. */
  endHold(id: HoldId): Promise<void>;
  /** Takes a lock away from who holds it; a run or program goes on without it. False when it held nothing there. */
  breakLock(holder: Holder, path: string): Promise<boolean>;
  /** Files in use below these roots; on the whole machine when there are none. */
  filesInUse(roots: readonly string[]): Promise<readonly FileUse[]>;
}

/** The machine: what it does, what was learned from it, and what is done about it. */
export interface MachinePort {
  /** The latest sample; the machine is looked at more often while somebody asks. */
  machine(): Promise<MachineSample>;
  /** In ascending order: each second of the last ten minutes, each ten seconds of the last day, each five minutes of the last 90 days, whichever covers the whole span. */
  machineHistory(span: TimeSpan): Promise<readonly MachinePoint[]>;
  strategy(): Promise<StrategyView>;
  /** Holds a strategy in force, until it is taken back with `undefined`. */
  pinStrategy(strategy: Strategy | undefined): Promise<void>;
  /** As `setLimits`. */
  setMachineSettings(settings: MachineSettings): Promise<void>;
  /** Changes of strategy and what followed from them, the latest first. */
  decisions(span: TimeSpan): Promise<readonly Decision[]>;
  /** What limits that were only written down would have cost and saved, on the whole machine. */
  shadow(span: TimeSpan): Promise<ShadowReport>;
  /** Runs that touch the span, of these workspaces; the latest thousands when they are more. */
  runsBetween(span: TimeSpan, roots: readonly string[]): Promise<readonly RunBar[]>;
  scripts(roots: readonly string[]): Promise<readonly ScriptStats[]>;
  recommendations(roots: readonly string[]): Promise<readonly Recommendation[]>;
  /** Whether a person is at work in this engine's window right now. */
  setPersonAtWork(isAtWork: boolean): Promise<void>;
}

/** Who carries out prompts. */
export interface AgentPort {
  /** `sessions`: Claude Code is asked for sessions of others, now and then; without it, what was last told is told again. */
  agents(options?: { readonly sessions: boolean }): Promise<AgentsView>;
  /** Looks again at what is installed and who is logged in. */
  refreshAgents(): Promise<AgentsView>;
  setAgentSettings(settings: AgentSettings): Promise<void>;
  /** Holds an execution mode in force, until it is taken back with `undefined`. */
  pinExecutionMode(mode: ExecutionMode | undefined): Promise<void>;
  /** What the configuration files of these workspaces say of it, in place of what they said before: pinned when it is new, and taken back with its file. What `unclear` files said before stays. */
  syncFileMode(roots: readonly string[], written: FileMode | undefined, unclear?: readonly string[]): Promise<void>;
  /** The models that this engine's window offers; `undefined` when it cannot tell yet. */
  setWindowModels(models: readonly WindowModel[] | undefined): Promise<void>;
}

/** Roles: named queues that can be opened and shut. Roots stand for themselves and the workspaces below them. */
export interface RolePort {
  /** The most urgent first; those that are defined nowhere any more only while they have tasks. */
  roles(roots: readonly string[]): Promise<readonly RoleView[]>;
  /**
   * Starting one also queues its command, if it has one that is not at work yet; stopping one cancels its tasks. It is started and
   * paused where it is enabled.
   * @throws UserError for a role that is unknown everywhere, or enabled nowhere.
   */
  setRoleState(roots: readonly string[], name: string, order: RoleOrder): Promise<void>;
  /** Those that are enabled. */
  startAllRoles(roots: readonly string[]): Promise<void>;
  stopAllRoles(roots: readonly string[]): Promise<void>;
  /** The roles that people configured for these workspaces, in place of those configured before; a built-in one is as it comes unless named here. */
  setRoles(roots: readonly string[], roles: readonly Role[]): Promise<void>;
  /** A role that a program brings, until it takes it back. */
  registerRole(roots: readonly string[], role: Role): Promise<void>;
  unregisterRole(roots: readonly string[], name: string): Promise<void>;
  /** Whether this engine is the one of the machine that does a role's own work in a workspace; the work is free to take when its engine is gone. */
  takeRoleWork(workspace: string, name: string): Promise<boolean>;
}

/** Schedules of workspaces, fired by whichever engine serves them. What is written is checked here; `docs/SCHEDULES.md` has its fields. */
export interface SchedulePort {
  /** In the order in which they were made; of the whole machine when there are no roots. */
  schedules(roots: readonly string[]): Promise<readonly ScheduleView[]>;
  /** Those that come due, the next first, so many at most; and how many there are in all. */
  dueSchedules(roots: readonly string[], limit: number): Promise<DueSchedules>;
  addSchedule(workspace: string, written: unknown, source: WrittenBy): Promise<Result<ScheduleId, readonly Problem[]>>;
  /** Writes a schedule anew; its past stays. One from a file is changed there. */
  changeSchedule(id: ScheduleId, written: unknown): Promise<Result<ScheduleId, readonly Problem[]>>;
  /** Has a schedule come due at another time of day, in minutes since midnight; all else stays. False when there is none any more that does at `from`. One from a file is changed there. */
  moveSchedule(id: ScheduleId, from: number, to: number): Promise<boolean>;
  /** Takes schedules away; tasks that they queued stay. */
  removeSchedule(id: ScheduleId): Promise<void>;
  /** While paused nothing comes due; what passes meanwhile is not made up for. */
  pauseSchedule(id: ScheduleId, paused: boolean): Promise<void>;
  /** Says yes to what a schedule of a workspace file queues, until its file has it queue something else. */
  trustSchedule(id: ScheduleId): Promise<void>;
  /** Queues it now, or in its turn when its last run has not ended; the due times stay as they are. @throws UserError when it may not run. */
  runScheduleNow(id: ScheduleId): Promise<void>;
  /** The schedules of a workspace file (absolute), in place of those read from it before. They are told apart by name; one that is wrong stays as it was. Resolves with what is wrong. */
  syncFileSchedules(workspace: string, file: string, written: readonly unknown[]): Promise<readonly Problem[]>;
}

export interface DueSchedules {
  readonly items: readonly ScheduleView[];
  readonly total: number;
}

/** Who wrote a schedule that is in no file. */
export type WrittenBy = Exclude<ScheduleSource['type'], 'file'>;

/** What holds until it is said otherwise. */
export interface SettingPort {
  /** While paused nothing new of these workspaces is started; running tasks go on. */
  setPaused(roots: readonly string[], paused: boolean): Promise<void>;
  /** For the whole machine, as long as this engine takes part; where others were told otherwise, the strictest holds. */
  setLimits(limits: Limits): Promise<void>;
  /**
   * What the projects of this engine say of agents. It holds for the whole machine, on top of what a window told last, as long as this
   * engine takes part and no window is open: a window goes by the files itself.
   */
  setProjectAgents(said: ProjectAgents): Promise<void>;
  /** What the person has set in VS Code, as a window told it last. */
  userSettings(): Promise<UserSettings>;
  setUserSettings(settings: UserSettings): Promise<void>;
}

/** The tasks that make a milestone; of those with the same name the latest. */
export interface MilestoneTasks {
  /** How many have come to what was expected. */
  readonly done: number;
  readonly rest: readonly TaskView[];
}

/** Tasks: queued, ordered about and looked at. */
export interface TaskPort {
  submit(request: SubmitRequest): Promise<Result<Submitted, readonly Problem[]>>;
  cancel(ids: readonly TaskId[]): Promise<Applied>;
  /** Cancels all that has not finished at this moment, however the queue moves meanwhile; resolves with it. Of the whole machine when there are no roots. */
  cancelAll(roots: readonly string[]): Promise<readonly TaskId[]>;
  /** Queues finished tasks again, and with them those that were skipped because of them, which are told as done too. */
  retry(ids: readonly TaskId[], options?: RetryOptions): Promise<Applied>;
  hold(ids: readonly TaskId[]): Promise<Applied>;
  release(ids: readonly TaskId[]): Promise<Applied>;
  setPriority(ids: readonly TaskId[], priority: number): Promise<Applied>;
  /** Starts waiting tasks though somebody has unsaved changes in files that they write; other reasons to wait stay. */
  startAnyway(ids: readonly TaskId[]): Promise<Applied>;
  /** From now on runs of the task, and tasks of the same script that are queued later, claim these files as well. */
  claimNextTime(id: TaskId, claims: readonly Claim[]): Promise<Applied>;
  /** Takes finished tasks with their runs and logs out of the list; all finished ones of the roots when no ids are given. */
  clearFinished(roots: readonly string[], ids?: readonly TaskId[]): Promise<number>;
  query(query: TaskQuery): Promise<TaskPage>;
  detail(id: TaskId): Promise<TaskDetail | undefined>;
  views(ids: readonly TaskId[]): Promise<readonly TaskView[]>;
  batches(roots: readonly string[], limit: number): Promise<readonly BatchView[]>;
  batchTasks(batch: BatchId): Promise<readonly TaskView[]>;
  /** For each of the milestones what of these workspaces it is made of, in their order. */
  milestoneTasks(roots: readonly string[], milestones: readonly Milestone[]): Promise<readonly MilestoneTasks[]>;
  status(roots: readonly string[]): Promise<EngineStatus>;
  leftovers(): Promise<Leftovers>;
}

/** The engine's own life. */
export interface LifePort extends Disposable {
  readonly onDidChange: Event<ChangeNotice>;
  readonly onDidRequestTerminal: Event<TerminalRequest>;
  /** Lines of the engine's log, as they are written. */
  readonly onDidLog: Event<{ readonly level: 'debug' | 'info' | 'warn' | 'error'; readonly message: string }>;
  /** The state folder is gone under this engine, which does nothing more: what happened, what is left running, and the ways out. */
  readonly onDidLoseHome: Event<string>;
  /** Lets go of everything in an orderly way; running tasks go on and are picked up by the next engine. */
  close(): Promise<void>;
}

/** The engine as everything outside the core sees it; the same in this thread and across a worker's port. */
export interface EnginePort extends TaskPort, FilePort, MachinePort, AgentPort, RolePort, SchedulePort, SettingPort, LifePort {}
