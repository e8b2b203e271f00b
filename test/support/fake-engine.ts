import { Emitter } from '../../src/core/base/emitter.ts';
import { ok, type Result } from '../../src/core/base/result.ts';
import type { Leftovers } from '../../src/core/engine/runs/leftovers.ts';
import type { Applied, BatchView, ChangeNotice, EnginePort, EngineStatus, FileUse, Holder, HoldRequest, HoldView, MachineSample, MilestoneTasks, SubmitRequest, Submitted, TaskDetail, TaskGroup, TaskPage, TaskQuery, TaskView, TerminalRequest } from '../../src/core/engine/engine-port.ts';
import { DEFAULT_AGENT_SETTINGS, type AgentSettings } from '../../src/core/model/agents/agent-settings.ts';
import type { AgentsView, WindowModel } from '../../src/core/model/agents/agents-view.ts';
import type { ExecutionMode, FileMode } from '../../src/core/model/agents/execution-mode.ts';
import type { Claim } from '../../src/core/model/files/claim.ts';
import { batchId, holdId, runId, taskId, type HoldId, type TaskId } from '../../src/core/model/ids.ts';
import { DEFAULT_LIMITS, type Limits } from '../../src/core/model/limits.ts';
import type { MachinePoint, TimeSpan } from '../../src/core/model/machine/machine-point.ts';
import type { ProjectAgents } from '../../src/core/model/agents/project-agents.ts';
import type { Milestone } from '../../src/core/model/roles/milestone.ts';
import { belongsTo } from '../../src/core/spec/belongs-to.ts';
import { DEFAULT_MACHINE_SETTINGS, type MachineSettings } from '../../src/core/model/machine/machine-settings.ts';
import type { Recommendation } from '../../src/core/model/recommendation.ts';
import type { RunBar } from '../../src/core/model/run-bar.ts';
import { BUILT_IN_ROLES } from '../../src/core/model/roles/built-in-roles.ts';
import type { Role, RoleOrder } from '../../src/core/model/roles/role.ts';
import type { RoleView } from '../../src/core/model/roles/role-view.ts';
import type { ScriptStats } from '../../src/core/model/script-stats.ts';
import type { ShadowReport } from '../../src/core/model/machine/shadow-report.ts';
import type { Decision, Strategy, StrategyView } from '../../src/core/model/machine/strategy.ts';
import type { Outcome } from '../../src/core/model/outcome.ts';
import type { Run } from '../../src/core/model/run.ts';
import type { TaskSpec } from '../../src/core/model/spec.ts';
import type { TaskState } from '../../src/core/model/task.ts';
import type { WaitReason } from '../../src/core/model/wait-reason.ts';
import { parseBatch } from '../../src/core/spec/parse-batch.ts';
import type { Problem } from '../../src/core/spec/problem.ts';
import type { UserSettings } from '../../src/core/model/user-settings.ts';
import { isInside } from '../../src/core/spec/paths.ts';
import { FakeSchedules } from './fake-schedules.ts';
import { sampleEstimate } from './sample-estimate.ts';
import { sampleMachine } from './sample-machine.ts';
import { sampleSpec } from './sample-spec.ts';

/** An engine in memory: it does what it is ordered, and tasks begin and end when the test says so. */
export class FakeEngine implements EnginePort {
  readonly changes = new Emitter<ChangeNotice>();
  readonly onDidChange = this.changes.event;
  readonly terminals = new Emitter<TerminalRequest>();
  readonly onDidRequestTerminal = this.terminals.event;
  readonly onDidLog = new Emitter<{ level: 'debug' | 'info' | 'warn' | 'error'; message: string }>().event;
  readonly requests: SubmitRequest[] = [];
  readonly orders: string[] = [];
  readonly pausedRoots = new Set<string>();
  /** Roots of other engines that live. */
  servedRoots: readonly string[] = [];
  /** Whether those engines are windows with terminals. */
  servesTerminals = true;
  /** Called when tasks were queued; the test's hand that lets them run. */
  onQueued: (ids: readonly TaskId[]) => void = () => undefined;
  now = 1_000_000;
  closed = 0;
  readonly homeLost = new Emitter<string>();
  readonly onDidLoseHome = this.homeLost.event;
  limits: Limits = DEFAULT_LIMITS;
  user: UserSettings = {};
  projectAgents: ProjectAgents = {};
  left: Leftovers = { ended: [], isForsaken: false };
  points: readonly MachinePoint[] = [];
  strategyNow: StrategyView = { strategy: 'normal', since: 1_000_000, reasons: [], pinned: undefined, growth: 1 };
  machineSettings: MachineSettings = DEFAULT_MACHINE_SETTINGS;
  decided: readonly Decision[] = [];
  shadowed: ShadowReport = { isOn: false, limitedMs: 0, heldBack: 0, addedWaitMs: 0, overMs: 0, avoidableMs: 0 };
  bars: readonly RunBar[] = [];
  /** Of the machine, where others are wanted than the usual ones. */
  figures: Partial<MachineSample> = {};
  stats: readonly ScriptStats[] = [];
  advice: readonly Recommendation[] = [];
  personAtWork = false;
  agentsNow: AgentsView = { agents: [], mode: 'no-agent', reason: 'Nobody is installed.', pinned: undefined, stranded: 0, sessions: [] };
  rolesNow: readonly RoleView[] = BUILT_IN_ROLES.map((role) => ({ role, state: 'running', counts: { running: 0, waiting: 0, scheduled: 0, finished: 0, failed: 0 }, opened: 0, started: 0 }));
  agentSettings: AgentSettings = DEFAULT_AGENT_SETTINGS;
  windowModels: readonly WindowModel[] | undefined;
  readonly scheduled = new FakeSchedules(() => this.now, () => this.changes.fire({ revision: 0, tasks: [] }));
  readonly schedules: EnginePort['schedules'] = (...args) => this.scheduled.schedules(...args);
  readonly dueSchedules: EnginePort['dueSchedules'] = (...args) => this.scheduled.dueSchedules(...args);
  readonly addSchedule: EnginePort['addSchedule'] = (...args) => this.scheduled.addSchedule(...args);
  readonly changeSchedule: EnginePort['changeSchedule'] = (...args) => this.scheduled.changeSchedule(...args);
  readonly moveSchedule: EnginePort['moveSchedule'] = (...args) => this.scheduled.moveSchedule(...args);
  readonly removeSchedule: EnginePort['removeSchedule'] = (...args) => this.scheduled.removeSchedule(...args);
  readonly pauseSchedule: EnginePort['pauseSchedule'] = (...args) => this.scheduled.pauseSchedule(...args);
  readonly trustSchedule: EnginePort['trustSchedule'] = (...args) => this.scheduled.trustSchedule(...args);
  readonly runScheduleNow: EnginePort['runScheduleNow'] = (...args) => this.scheduled.runScheduleNow(...args);
  readonly syncFileSchedules: EnginePort['syncFileSchedules'] = () => this.scheduled.syncFileSchedules();
  unsaved: readonly string[] = [];
  readonly noted: string[] = [];
  readonly holds = new Map<HoldId, { readonly request: HoldRequest; readonly view: HoldView }>();
  /** What new holds wait for. */
  holdObstacle: HoldView['obstacle'];
  private files: readonly FileUse[] = [];
  private readonly tasks = new Map<TaskId, TaskDetail>();
  private lastRun = 0;

  /** A queued task, given its spec. */
  add(given: Partial<TaskSpec> = {}, workspace = '/lab'): TaskId {
    const id = taskId(this.tasks.size + 1);
    const task = { id, spec: sampleSpec(given), workspace, batch: batchId(1), submittedAt: this.now, attempts: 0, tries: 0, state: { status: 'queued', held: false, readyAt: this.now } as const };
    this.tasks.set(id, { task, run: undefined, wait: { type: 'next' }, estimate: sampleEstimate(task.spec, this.limits), runs: [], upstream: [] });
    return id;
  }

  wait(id: TaskId, wait: WaitReason): void {
    this.tasks.set(id, { ...this.get(id), wait });
    this.changed(id);
  }

  start(id: TaskId, run: Partial<Run> = {}): void {
    const { task, runs } = this.get(id);
    const attempt = task.attempts + 1;
    const started: Run = {
      id: runId(++this.lastRun), task: id, attempt, engine: undefined, folder: `/state/runs/${id}.${attempt}`, argv: ['true'], claimedAt: this.now, startedAt: this.now,
      endedAt: undefined, pid: 4000 + id, exitCode: undefined, signal: undefined, userMs: undefined, systemMs: undefined, peakMemory: undefined, cores: undefined, memory: undefined, outcome: undefined, undeclared: [], conflicts: [], ...run,
    };
    this.put(id, { status: 'running', run: started.id, startedAt: this.now }, [...runs, started], attempt, task.tries + 1);
  }

  /** Ends the run; with `retryAt` the task is queued again. */
  end(id: TaskId, outcome: Outcome = { type: 'succeeded' }, run: Partial<Run> = {}, retryAt?: number): void {
    const { task, runs } = this.get(id);
    const last = runs.at(-1)!;
    const ended: Run = { ...last, endedAt: this.now, outcome, userMs: 100, systemMs: 20, peakMemory: 50e6, ...run };
    const state: TaskState = retryAt === undefined ? { status: 'finished', outcome, finishedAt: this.now } : { status: 'queued', held: false, readyAt: retryAt };
    this.put(id, state, [...runs.slice(0, -1), ended], task.attempts);
  }

  skip(id: TaskId, outcome: Outcome): void {
    this.put(id, { status: 'finished', outcome, finishedAt: this.now }, this.get(id).runs, this.get(id).task.attempts);
  }

  remove(id: TaskId): void {
    this.tasks.delete(id);
    this.changes.fire({ revision: 0, tasks: undefined });
  }

  get(id: TaskId): TaskDetail {
    const detail = this.tasks.get(id);
    if (detail === undefined) throw new Error(`The test has no task ${id}`);
    return detail;
  }

  submit(request: SubmitRequest): Promise<Result<Submitted, readonly Problem[]>> {
    this.requests.push(request);
    const context = { base: request.base ?? request.workspace, roots: [], typeNames: this.limits.types.map(({ name }) => name), roles: this.rolesNow.map(({ role }) => role), isFile: (file: string) => !file.includes('missing'), isExecutable: () => true, isFolder: (file: string) => !file.includes('missing'), readHead: () => '', promptFile: () => undefined };
    const parsed = parseBatch({ ...request.others, tasks: request.tasks, ...(request.defaults !== undefined && { defaults: request.defaults }) }, context, request.name);
    if (!parsed.ok) return Promise.resolve(parsed);
    const tasks = parsed.value.tasks.map((spec) => this.add(spec, request.workspace));
    this.onQueued(tasks);
    return Promise.resolve(ok({ batch: batchId(7), tasks }));
  }

  cancel(ids: readonly TaskId[]): Promise<Applied> {
    return this.order('cancel', ids, (id) => {
      const { state } = this.get(id).task;
      if (state.status === 'finished') return 'it has already finished';
      if (state.status === 'queued') this.skip(id, { type: 'cancelled' });
      else this.end(id, { type: 'cancelled' });
      return undefined;
    });
  }

  async cancelAll(roots: readonly string[]): Promise<readonly TaskId[]> {
    const ids = [...this.tasks.values()].filter(({ task }) => within(task.workspace, roots) && task.state.status !== 'finished').map(({ task }) => task.id);
    await this.cancel(ids);
    return ids;
  }

  retry(ids: readonly TaskId[]): Promise<Applied> {
    return this.order('retry', ids, (id) => {
      const { task, runs } = this.get(id);
      if (task.state.status !== 'finished') return `it is ${task.state.status}`;
      this.put(id, { status: 'queued', held: false, readyAt: this.now }, runs, task.attempts, 0);
      return undefined;
    });
  }

  hold(ids: readonly TaskId[]): Promise<Applied> {
    return this.setHeld('hold', ids, true);
  }

  release(ids: readonly TaskId[]): Promise<Applied> {
    return this.setHeld('release', ids, false);
  }

  setPriority(ids: readonly TaskId[], priority: number): Promise<Applied> {
    return this.order(`priority ${priority}`, ids, () => undefined);
  }

  startAnyway(ids: readonly TaskId[]): Promise<Applied> {
    return this.order('start anyway', ids, () => undefined);
  }

  claimNextTime(id: TaskId, claims: readonly Claim[]): Promise<Applied> {
    return this.order(`claim ${claims.map((claim) => `${claim.path} (${claim.mode})`).join(', ')}`, [id], () => undefined);
  }

  setUnsaved(files: readonly string[]): Promise<void> {
    this.unsaved = files;
    return Promise.resolve();
  }

  noteChanged(files: readonly string[]): Promise<void> {
    this.noted.push(...files);
    return Promise.resolve();
  }

  noteWritten(_task: TaskId, files: readonly string[]): Promise<void> {
    return this.noteChanged(files);
  }

  requestHold(request: HoldRequest): Promise<HoldView> {
    const view: HoldView = { id: holdId(this.holds.size + 1), state: this.holdObstacle === undefined ? 'held' : 'waiting', obstacle: this.holdObstacle };
    this.holds.set(view.id, { request, view });
    return Promise.resolve(view);
  }

  setHoldProcess(id: HoldId, pid: number): Promise<void> {
    const hold = this.holds.get(id);
    if (hold !== undefined) this.holds.set(id, { ...hold, request: { ...hold.request, pid } });
    return Promise.resolve();
  }

  /** Gives the holds that wait what they wait for. */
  grantHolds(): void {
    for (const [id, { request, view }] of this.holds) this.holds.set(id, { request, view: { ...view, state: 'held', obstacle: undefined } });
    this.changes.fire({ revision: 0, tasks: [] });
  }

  holdView(id: HoldId): Promise<HoldView | undefined> {
    return Promise.resolve(this.holds.get(id)?.view);
  }

  endHold(id: HoldId): Promise<void> {
    this.holds.delete(id);
    return Promise.resolve();
  }

  breakLock(holder: Holder, path: string): Promise<boolean> {
    this.orders.push(`break ${holder.type} ${holder.id} ${path}`);
    return Promise.resolve(true);
  }

  filesInUse(): Promise<readonly FileUse[]> {
    return Promise.resolve(this.files);
  }

  /** Sets what is in use, and tells. */
  use(files: readonly FileUse[]): void {
    this.files = files;
    this.changes.fire({ revision: 0, tasks: [] });
  }

  clearFinished(roots: readonly string[], ids?: readonly TaskId[]): Promise<number> {
    this.orders.push(`clear ${ids?.join(' ') ?? `all of ${roots.join(' ')}`}`);
    const gone = [...this.tasks.values()].filter(({ task }) => task.state.status === 'finished' && (ids?.includes(task.id) ?? within(task.workspace, roots)));
    for (const { task } of gone) this.tasks.delete(task.id);
    return Promise.resolve(gone.length);
  }

  setPaused(roots: readonly string[], paused: boolean): Promise<void> {
    this.orders.push(`${paused ? 'pause' : 'resume'} ${roots.join(' ')}`);
    for (const root of roots) {
      if (paused) this.pausedRoots.add(root);
      else this.pausedRoots.delete(root);
    }
    return Promise.resolve();
  }

  setLimits(limits: Limits): Promise<void> {
    this.limits = limits;
    return Promise.resolve();
  }

  setProjectAgents(said: ProjectAgents): Promise<void> {
    this.projectAgents = said;
    return Promise.resolve();
  }

  userSettings(): Promise<UserSettings> {
    return Promise.resolve(this.user);
  }

  setUserSettings(settings: UserSettings): Promise<void> {
    this.user = settings;
    return Promise.resolve();
  }

  query({ group, roots, offset, limit }: TaskQuery): Promise<TaskPage> {
    const items = [...this.tasks.values()].filter((view) => within(view.task.workspace, roots) && groupOf(view, this.now) === group);
    if (group === 'finished') items.sort((a, b) => finishedAt(b) - finishedAt(a));
    return Promise.resolve({ items: items.slice(offset, offset + limit), total: items.length });
  }

  detail(id: TaskId): Promise<TaskDetail | undefined> {
    return Promise.resolve(this.tasks.get(id));
  }

  views(ids: readonly TaskId[]): Promise<readonly TaskView[]> {
    return Promise.resolve(ids.flatMap((id) => this.tasks.get(id) ?? []));
  }

  batches(): Promise<readonly BatchView[]> {
    return Promise.resolve([]);
  }

  batchTasks(): Promise<readonly TaskView[]> {
    return Promise.resolve([...this.tasks.values()]);
  }

  milestoneTasks(roots: readonly string[], milestones: readonly Milestone[]): Promise<readonly MilestoneTasks[]> {
    const all = [...this.tasks.values()].filter(({ task }) => within(task.workspace, roots));
    return Promise.resolve(milestones.map((milestone) => ({ done: 0, rest: all.filter(({ task }) => belongsTo(milestone, task.spec)) })));
  }

  leftovers(): Promise<Leftovers> {
    return Promise.resolve(this.left);
  }

  async status(roots: readonly string[]): Promise<EngineStatus> {
    const totals = await Promise.all((['running', 'waiting', 'scheduled', 'finished'] as const).map(async (group) => (await this.query({ group, roots, offset: 0, limit: 0 })).total));
    const [running = 0, waiting = 0, scheduled = 0, finished = 0] = totals;
    const engines = this.servedRoots.map((root, index) => ({ pid: 900 + index, kind: 'window' as const, roots: [root], self: false, hasTerminals: this.servesTerminals }));
    return { home: '/state', counts: { running, waiting, scheduled, finished, failed: 0 }, paused: roots.some((root) => this.pausedRoots.has(root)), limits: this.limits, engines, storeNotice: undefined };
  }

  machine(): Promise<MachineSample> {
    return Promise.resolve(sampleMachine({ at: this.now, ...this.figures }));
  }

  machineHistory({ from, to }: TimeSpan): Promise<readonly MachinePoint[]> {
    return Promise.resolve(this.points.filter(({ at }) => at >= from && at <= to));
  }

  strategy(): Promise<StrategyView> {
    return Promise.resolve(this.strategyNow);
  }

  pinStrategy(strategy: Strategy | undefined): Promise<void> {
    this.orders.push(`pin ${strategy ?? 'nothing'}`);
    this.strategyNow = { ...this.strategyNow, strategy: strategy ?? 'normal', pinned: strategy };
    this.changes.fire({ revision: 0, tasks: [] });
    return Promise.resolve();
  }

  setMachineSettings(settings: MachineSettings): Promise<void> {
    this.machineSettings = settings;
    return Promise.resolve();
  }

  decisions(): Promise<readonly Decision[]> {
    return Promise.resolve(this.decided);
  }

  shadow(): Promise<ShadowReport> {
    return Promise.resolve(this.shadowed);
  }

  runsBetween({ from, to }: TimeSpan): Promise<readonly RunBar[]> {
    return Promise.resolve(this.bars.filter((bar) => bar.waitedFrom <= to && (bar.endedAt ?? to) >= from));
  }

  scripts(): Promise<readonly ScriptStats[]> {
    return Promise.resolve(this.stats);
  }

  recommendations(): Promise<readonly Recommendation[]> {
    return Promise.resolve(this.advice);
  }

  setPersonAtWork(isAtWork: boolean): Promise<void> {
    this.personAtWork = isAtWork;
    return Promise.resolve();
  }

  roles(): Promise<readonly RoleView[]> {
    return Promise.resolve(this.rolesNow);
  }

  setRoleState(_roots: readonly string[], name: string, state: RoleOrder): Promise<void> {
    this.orders.push(`role ${name} ${state}`);
    return this.setRolesNow(this.rolesNow.map((view) => (view.role.name === name ? ordered(view, state) : view)));
  }

  startAllRoles(): Promise<void> {
    this.orders.push('start all roles');
    return this.setRolesNow(this.rolesNow.map((view) => ordered(view, 'running')));
  }

  stopAllRoles(): Promise<void> {
    this.orders.push('stop all roles');
    return this.setRolesNow(this.rolesNow.map((view) => ordered(view, 'stopped')));
  }

  setRoles(_roots: readonly string[], roles: readonly Role[]): Promise<void> {
    const counts = { running: 0, waiting: 0, scheduled: 0, finished: 0, failed: 0 };
    const others = this.rolesNow.filter(({ role }) => !roles.some(({ name }) => name === role.name));
    return this.setRolesNow([...others, ...roles.map((role) => ({ role, state: 'running' as const, counts, opened: 0, started: 0 }))]);
  }

  registerRole(roots: readonly string[], role: Role): Promise<void> {
    return this.setRoles(roots, [role]);
  }

  unregisterRole(_roots: readonly string[], name: string): Promise<void> {
    return this.setRolesNow(this.rolesNow.filter(({ role }) => role.name !== name));
  }

  takeRoleWork(): Promise<boolean> {
    return Promise.resolve(true);
  }

  agents(): Promise<AgentsView> {
    return Promise.resolve(this.agentsNow);
  }

  refreshAgents(): Promise<AgentsView> {
    this.orders.push('refresh agents');
    return Promise.resolve(this.agentsNow);
  }

  setAgentSettings(settings: AgentSettings): Promise<void> {
    this.agentSettings = settings;
    return Promise.resolve();
  }

  pinExecutionMode(mode: ExecutionMode | undefined): Promise<void> {
    this.orders.push(`pin mode ${mode ?? 'nothing'}`);
    this.agentsNow = { ...this.agentsNow, pinned: mode };
    this.changes.fire({ revision: 0, tasks: [] });
    return Promise.resolve();
  }

  syncFileMode(_roots: readonly string[], written: FileMode | undefined): Promise<void> {
    return this.pinExecutionMode(written?.mode);
  }

  setWindowModels(models: readonly WindowModel[] | undefined): Promise<void> {
    this.windowModels = models;
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.closed++;
    return Promise.resolve();
  }

  dispose(): void {
    void this.close();
  }

  private setRolesNow(roles: readonly RoleView[]): Promise<void> {
    this.rolesNow = roles;
    this.changes.fire({ revision: 0, tasks: [] });
    return Promise.resolve();
  }

  private setHeld(name: string, ids: readonly TaskId[], held: boolean): Promise<Applied> {
    return this.order(name, ids, (id) => {
      const { task, runs } = this.get(id);
      if (task.state.status !== 'queued') return `it is ${task.state.status}`;
      this.put(id, { ...task.state, held }, runs, task.attempts);
      return undefined;
    });
  }

  private order(name: string, ids: readonly TaskId[], act: (id: TaskId) => string | undefined): Promise<Applied> {
    this.orders.push(`${name} ${ids.join(' ')}`);
    const results = ids.map((id) => ({ id, why: this.tasks.has(id) ? act(id) : 'there is no such task' }));
    return Promise.resolve({
      done: results.flatMap(({ id, why }) => (why === undefined ? [id] : [])),
      refused: results.flatMap(({ id, why }) => (why === undefined ? [] : [{ id, why }])),
    });
  }

  private put(id: TaskId, state: TaskState, runs: readonly Run[], attempts: number, tries = this.get(id).task.tries): void {
    const before = this.get(id);
    this.tasks.set(id, { ...before, task: { ...before.task, state, attempts, tries }, run: runs.at(-1), runs, wait: state.status === 'queued' ? { type: 'next' } : undefined });
    this.changed(id);
  }

  private changed(id: TaskId): void {
    this.changes.fire({ revision: 0, tasks: [id] });
  }
}

function within(workspace: string, roots: readonly string[]): boolean {
  return roots.length === 0 || roots.some((root) => isInside(workspace, root));
}

function ordered(view: RoleView, state: RoleOrder): RoleView {
  const opened = view.opened + (state === 'running' && view.state !== state ? 1 : 0);
  const started = view.started + (state !== 'stopped' && view.state === 'stopped' ? 1 : 0);
  return { ...view, state, opened, started };
}

function finishedAt({ task: { state } }: TaskView): number {
  return state.status === 'finished' ? state.finishedAt : 0;
}

function groupOf({ task: { state } }: TaskView, now: number): TaskGroup {
  if (state.status === 'finished') return 'finished';
  if (state.status !== 'queued') return 'running';
  return state.readyAt > now ? 'scheduled' : 'waiting';
}
