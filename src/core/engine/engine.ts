import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { Emitter } from '../base/emitter.ts';
import { messageOf } from '../base/user-error.ts';
import { systemSensors } from '../machine/system-sensors.ts';
import type { Limits } from '../model/limits.ts';
import type { ProcessTable } from '../process/process-table.ts';
import type { SpecContext } from '../spec/spec-context.ts';
import type { Store } from '../store/store.ts';
import { AgentKeeper, type AgentProbes } from './agents/agent-keeper.ts';
import { boundCalls } from './bound-calls.ts';
import { ChangeFeed } from './changes/change-feed.ts';
import type { Checkpoint } from './checkpoint.ts';
import { Dispatcher, type DispatcherPorts } from './dispatcher.ts';
import type { EngineOptions } from './engine-options.ts';
import type { AgentPort, EnginePort, FilePort, LifePort, MachinePort, RolePort, SchedulePort, SettingPort, SubmitRequest, TaskPort, TerminalRequest } from './engine-port.ts';
import { FileCalls } from './files/file-calls.ts';
import { FileLocks } from './files/file-locks.ts';
import type { FileLog } from './file-log.ts';
import { guarded } from './guarded.ts';
import { HomeWatch } from './home-watch.ts';
import { LeaseKeeper, LOOK_MS } from './lease-keeper.ts';
import { MachineCalls } from './machine/machine-calls.ts';
import { MachineMonitor } from './machine/machine-monitor.ts';
import { MachineSampler } from './machine/machine-sampler.ts';
import { requestContext } from './submission/request-context.ts';
import { RoleCalls } from './roles/role-calls.ts';
import { SamplerRole } from './machine/sampler-role.ts';
import { ScheduleCalls } from './schedules/schedule-calls.ts';
import { ScheduleFiring } from './schedules/schedule-firing.ts';
import { ScheduleKeeper } from './schedules/schedule-keeper.ts';
import { sweepNowAndThen, sweepRuns } from './retention.ts';
import { SettingCalls } from './settings/setting-calls.ts';
import { StrategyKeeper } from './machine/strategy-keeper.ts';
import { TaskCalls } from './tasks/task-calls.ts';
import { TaskLedger } from './tasks/task-ledger.ts';
import { ToldSettings } from './settings/told-settings.ts';
import { UndeclaredWrites } from './runs/undeclared-writes.ts';

export interface EnginePorts {
  readonly store: Store;
  readonly notice: string | undefined;
  readonly clock: Clock;
  readonly log: FileLog;
  readonly onDidLog: EnginePort['onDidLog'];
  readonly table: ProcessTable;
  readonly checkpoint: Checkpoint;
  readonly process: DispatcherPorts['process'];
  readonly setQuiet: DispatcherPorts['setQuiet'];
  readonly canPause: boolean;
  readonly agentProbes: AgentProbes;
  readonly onClosed: () => void;
}

/** One of the equal engines over the store: its life, and the parts that do the rest of `EnginePort`. */
export class Engine implements LifePort {
  readonly onDidChange: EnginePort['onDidChange'];
  readonly onDidRequestTerminal: EnginePort['onDidRequestTerminal'];
  readonly onDidLog: EnginePort['onDidLog'];
  readonly onDidLoseHome: EnginePort['onDidLoseHome'];
  readonly tasks: TaskPort;
  readonly files: FilePort;
  readonly machine: MachinePort;
  readonly agents: AgentPort;
  readonly roles: RolePort;
  readonly schedules: SchedulePort;
  readonly settings: SettingPort;
  private readonly ports: EnginePorts;
  private readonly options: EngineOptions;
  private readonly lease: LeaseKeeper;
  private readonly told: ToldSettings;
  private readonly feed: ChangeFeed;
  private readonly locks: FileLocks;
  private readonly dispatcher: Dispatcher;
  private readonly sampler: MachineSampler;
  private readonly scheduleKeeper: ScheduleKeeper;
  private readonly agentKeeper: AgentKeeper;
  private readonly home: HomeWatch;
  private readonly terminalWanted = new Emitter<TerminalRequest>();
  private readonly stops: Disposable[] = [];
  private takingOver = false;
  /** What went with the old lease has to be told again. */
  private isLeaseNew = false;
  private closed = false;

  constructor(ports: EnginePorts, options: EngineOptions) {
    const { store, clock, log, table } = ports;
    this.ports = ports;
    this.options = options;
    const ledger = new TaskLedger(store, log);
    this.lease = new LeaseKeeper(store, table, clock, log, options);
    this.told = new ToldSettings(store, this.lease);
    this.settings = new SettingCalls({ store, log, told: this.told, onCommitted: () => this.afterCommit() });
    this.feed = new ChangeFeed(store, options.home, clock, log);
    this.locks = new FileLocks({ store, table, clock, log, engine: () => this.lease.id });
    const writes = new UndeclaredWrites({ store, clock, log, agentOutputs: options.agentOutputs });
    const monitor = new MachineMonitor(clock, systemSensors(options.roots[0] ?? options.home));
    this.dispatcher = new Dispatcher(
      {
        ...ports, ledger, lease: this.lease, locks: this.locks, writes, limits: () => this.limits(),
        yieldFrom: () => this.sampler.settings().yieldFrom,
        onCommitted: () => this.feed.committed(),
        onTerminalWanted: (request) => this.terminalWanted.fire(request),
      },
      options,
    );
    this.files = new FileCalls({ store, lease: this.lease, locks: this.locks, writes, onCommitted: () => this.afterCommit() });
    const keeper = new StrategyKeeper({
      store, ledger, log, settings: () => this.sampler.settings(), canPause: ports.canPause, onCommitted: () => this.afterCommit(),
    });
    this.sampler = new MachineSampler({ store, clock, log, monitor, role: new SamplerRole(store, () => this.lease.idIfAny), settings: () => this.told.machine(), onSample: (sample) => keeper.onSample(sample), onLost: () => keeper.onLost(), strategy: () => store.settings.strategy().strategy });
    this.machine = new MachineCalls({ store, told: this.told, clock, monitor, keeper, sampler: this.sampler, setPersonAtWork: (isAtWork) => this.dispatcher.setPersonAtWork(isAtWork), onCommitted: () => this.afterCommit() });
    this.agentKeeper = new AgentKeeper({ store, clock, log, table, probes: ports.agentProbes, engine: () => this.lease.idIfAny, options, onCommitted: () => this.afterCommit() });
    this.agents = this.agentKeeper.calls;
    const contextOf = (request: SubmitRequest): Promise<SpecContext> => requestContext(request, store, this.limits());
    this.tasks = new TaskCalls({ ...ports, home: options.home, ledger, lease: this.lease, locks: this.locks, limits: () => this.limits(), contextOf, onCommitted: () => this.afterCommit() });
    this.roles = new RoleCalls({ store, ledger, clock, log, lease: this.lease, contextOf, onCommitted: () => this.afterCommit() });
    const firing = new ScheduleFiring({ store, ledger, clock, log, contextOf });
    this.scheduleKeeper = new ScheduleKeeper({ store, clock, log, firing, roots: options.roots, onCommitted: () => this.afterCommit() });
    this.schedules = new ScheduleCalls({ store, clock, log, contextOf, firing, onCommitted: () => this.afterCommit() });
    this.onDidChange = this.feed.onDidChange;
    this.onDidRequestTerminal = this.terminalWanted.event;
    this.onDidLog = ports.onDidLog;
    this.home = new HomeWatch(options.home, log, () => this.dispatcher.inHand());
    this.onDidLoseHome = this.home.onDidLose;
    // What would be written from then on is lost: nothing more is started.
    this.home.onDidLose(() => [this.dispatcher.close(), this.scheduleKeeper.dispose()]);
  }

  /** The engine with its parts, as everybody else sees it. */
  port(): EnginePort {
    const { onDidChange, onDidRequestTerminal, onDidLog, onDidLoseHome } = this;
    return {
      ...boundCalls<TaskPort>(this.tasks), ...boundCalls<FilePort>(this.files), ...boundCalls<MachinePort>(this.machine), ...boundCalls<AgentPort>(this.agents),
      ...boundCalls<RolePort>(this.roles), ...boundCalls<SchedulePort>(this.schedules), ...boundCalls<SettingPort>(this.settings),
      onDidChange, onDidRequestTerminal, onDidLog, onDidLoseHome, close: () => this.close(), dispose: () => this.dispose(),
    };
  }

  /** Begins to take part: recovers what others left, then starts what may start. An engine that runs no tasks only listens. */
  async start(): Promise<void> {
    const { log, notice, clock, store } = this.ports;
    if (notice !== undefined) log.write('warn', notice);
    this.stops.push(this.feed.onDidForeignCommit(() => this.onForeignCommit()));
    const { runsTasks, kind, roots } = this.options;
    // A window that runs nothing may still have unsaved changes that others have to know of; an agent holds files.
    if (!runsTasks && kind === 'cli') return;
    await this.lease.register();
    this.feed.committed();
    if (runsTasks) {
      log.write('info', `Engine ${this.lease.id} (${kind}) serves ${roots.join(', ')}`);
      await this.takeOver();
      this.dispatcher.wake();
      this.scheduleKeeper.wake();
      this.stops.push(this.feed.onDidChange(() => this.scheduleKeeper.wake()));
    }
    this.agentKeeper.start();
    // Keeps the process alive for as long as the engine is open.
    const heart = setInterval(guarded(log, 'The heartbeat could not be written', () => this.beat()), LOOK_MS);
    this.stops.push({ dispose: () => clearInterval(heart) });
    if (runsTasks) this.stops.push(sweepNowAndThen(() => sweepRuns(store, this.options.home, this.options.retention, clock.now(), log), clock, log));
  }

  close(): Promise<void> {
    if (this.closed) return Promise.resolve();
    this.closed = true;
    const { store, log } = this.ports;
    for (const stop of this.stops) stop.dispose();
    for (const keeper of [this.scheduleKeeper, this.agentKeeper]) keeper.dispose();
    this.dispatcher.close();
    this.sampler.dispose();
    try {
      this.lease.release();
    } catch (error) {
      log.write('warn', `The lease could not be given back (${messageOf(error)}); the next engine notices`);
    }
    this.feed.dispose();
    this.terminalWanted.dispose();
    this.ports.onClosed();
    log.flush();
    store.close();
    return Promise.resolve();
  }

  dispose(): void {
    void this.close();
  }

  private limits(): Limits {
    return this.told.limits();
  }

  private afterCommit(): void {
    this.feed.committed();
    this.dispatcher.stopWhatShould();
    this.dispatcher.wake();
  }

  private onForeignCommit(): void {
    this.dispatcher.stopWhatShould();
    this.dispatcher.wake();
  }

  private beat(): void {
    if (this.home.isLost()) return;
    if (this.lease.beat()) this.isLeaseNew = true;
    if (this.isLeaseNew) {
      this.locks.renew();
      this.told.renew();
    }
    if (this.options.kind !== 'agent') this.sampler.beat();
    this.agentKeeper.beat(this.isLeaseNew);
    this.isLeaseNew = false;
    if (this.options.runsTasks) {
      void this.takeOver();
      this.scheduleKeeper.wake();
    }
    this.dispatcher.wake();
  }

  private async takeOver(): Promise<void> {
    if (this.takingOver || this.closed) return;
    this.takingOver = true;
    try {
      const taken = await this.lease.takeOver();
      if (this.closed) return;
      // They are this engine's from now on: nobody else looks after them, whatever fails next.
      this.dispatcher.adopt(taken);
      if (taken.length > 0) this.feed.committed();
      if (!(await this.locks.sweep()) || this.closed) return;
      this.feed.committed();
      this.dispatcher.wake();
    } catch (error) {
      if (!this.closed) this.ports.log.write('error', `Taking over failed: ${messageOf(error)}`);
    } finally {
      this.takingOver = false;
    }
  }
}
