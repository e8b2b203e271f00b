import type { Clock } from '../core/base/clock.ts';
import { Emitter, type Event } from '../core/base/emitter.ts';
import type { Log, LogLevel } from '../core/base/log.ts';
import type { EngineOptions } from '../core/engine/engine-options.ts';
import type { ChangeNotice, EnginePort, TerminalRequest } from '../core/engine/engine-port.ts';
import type { EngineCall } from './engine/engine-calls.ts';
import { EngineSupervisor } from './engine/engine-supervisor.ts';
import type { StartThread } from './engine/engine-thread.ts';

type Args<K extends EngineCall> = Parameters<EnginePort[K]>;
type Answer<K extends EngineCall> = ReturnType<EnginePort[K]>;

/**
 * The engine as the extension host sees it, in a thread of its own. Calls wait while no engine is open; those that a
 * crash cuts off are rejected, since nobody can tell whether they were carried out.
 */
export class EngineClient implements EnginePort {
  private readonly supervisor: EngineSupervisor;
  private readonly changeEmitter = new Emitter<ChangeNotice>();
  private readonly terminalEmitter = new Emitter<TerminalRequest>();
  private readonly lossEmitter = new Emitter<string>();
  private readonly logEmitter = new Emitter<{ readonly level: LogLevel; readonly message: string }>();

  readonly onDidChange = this.changeEmitter.event;
  readonly onDidRequestTerminal = this.terminalEmitter.event;
  readonly onDidLog = this.logEmitter.event;
  readonly onDidLoseHome = this.lossEmitter.event;
  /** An engine is open: the first, or one that replaces another. */
  readonly onDidOpen: Event<void>;
  /** No engine can be opened; why, once for a series of failures. */
  readonly onDidFail: Event<Error>;

  constructor(start: StartThread, options: () => EngineOptions, log: Log, clock: Clock) {
    this.supervisor = new EngineSupervisor(start, options, log, clock);
    this.onDidOpen = this.supervisor.onDidOpen;
    this.onDidFail = this.supervisor.onDidFail;
    this.supervisor.onDidEmit(({ name, value }) => this.passOn(name, value));
    // Nobody knows what changed while no engine was open.
    this.supervisor.onDidOpen(() => this.changeEmitter.fire({ revision: 0, tasks: undefined }));
  }

  open(): void {
    this.supervisor.open();
  }

  /** Replaces the engine by one with today's options. */
  reopen(): Promise<void> {
    return this.supervisor.replace();
  }

  close(): Promise<void> {
    return this.supervisor.close();
  }

  dispose(): void {
    void this.close();
  }

  submit = (...args: Args<'submit'>): Answer<'submit'> => this.call('submit', args);
  cancel = (...args: Args<'cancel'>): Answer<'cancel'> => this.call('cancel', args);
  cancelAll = (...args: Args<'cancelAll'>): Answer<'cancelAll'> => this.call('cancelAll', args);
  retry = (...args: Args<'retry'>): Answer<'retry'> => this.call('retry', args);
  hold = (...args: Args<'hold'>): Answer<'hold'> => this.call('hold', args);
  release = (...args: Args<'release'>): Answer<'release'> => this.call('release', args);
  setPriority = (...args: Args<'setPriority'>): Answer<'setPriority'> => this.call('setPriority', args);
  clearFinished = (...args: Args<'clearFinished'>): Answer<'clearFinished'> => this.call('clearFinished', args);
  setPaused = (...args: Args<'setPaused'>): Answer<'setPaused'> => this.call('setPaused', args);
  setProjectAgents = (...args: Args<'setProjectAgents'>): Answer<'setProjectAgents'> => this.call('setProjectAgents', args);
  setLimits = (...args: Args<'setLimits'>): Answer<'setLimits'> => this.call('setLimits', args);
  userSettings = (...args: Args<'userSettings'>): Answer<'userSettings'> => this.call('userSettings', args);
  setUserSettings = (...args: Args<'setUserSettings'>): Answer<'setUserSettings'> => this.call('setUserSettings', args);
  query = (...args: Args<'query'>): Answer<'query'> => this.call('query', args);
  detail = (...args: Args<'detail'>): Answer<'detail'> => this.call('detail', args);
  views = (...args: Args<'views'>): Answer<'views'> => this.call('views', args);
  batches = (...args: Args<'batches'>): Answer<'batches'> => this.call('batches', args);
  batchTasks = (...args: Args<'batchTasks'>): Answer<'batchTasks'> => this.call('batchTasks', args);
  milestoneTasks = (...args: Args<'milestoneTasks'>): Answer<'milestoneTasks'> => this.call('milestoneTasks', args);
  leftovers = (...args: Args<'leftovers'>): Answer<'leftovers'> => this.call('leftovers', args);
  status = (...args: Args<'status'>): Answer<'status'> => this.call('status', args);
  machine = (...args: Args<'machine'>): Answer<'machine'> => this.call('machine', args);
  startAnyway = (...args: Args<'startAnyway'>): Answer<'startAnyway'> => this.call('startAnyway', args);
  claimNextTime = (...args: Args<'claimNextTime'>): Answer<'claimNextTime'> => this.call('claimNextTime', args);
  setUnsaved = (...args: Args<'setUnsaved'>): Answer<'setUnsaved'> => this.call('setUnsaved', args);
  noteChanged = (...args: Args<'noteChanged'>): Answer<'noteChanged'> => this.call('noteChanged', args);
  noteWritten = (...args: Args<'noteWritten'>): Answer<'noteWritten'> => this.call('noteWritten', args);
  requestHold = (...args: Args<'requestHold'>): Answer<'requestHold'> => this.call('requestHold', args);
  setHoldProcess = (...args: Args<'setHoldProcess'>): Answer<'setHoldProcess'> => this.call('setHoldProcess', args);
  holdView = (...args: Args<'holdView'>): Answer<'holdView'> => this.call('holdView', args);
  endHold = (...args: Args<'endHold'>): Answer<'endHold'> => this.call('endHold', args);
  breakLock = (...args: Args<'breakLock'>): Answer<'breakLock'> => this.call('breakLock', args);
  filesInUse = (...args: Args<'filesInUse'>): Answer<'filesInUse'> => this.call('filesInUse', args);
  machineHistory = (...args: Args<'machineHistory'>): Answer<'machineHistory'> => this.call('machineHistory', args);
  strategy = (...args: Args<'strategy'>): Answer<'strategy'> => this.call('strategy', args);
  pinStrategy = (...args: Args<'pinStrategy'>): Answer<'pinStrategy'> => this.call('pinStrategy', args);
  setMachineSettings = (...args: Args<'setMachineSettings'>): Answer<'setMachineSettings'> => this.call('setMachineSettings', args);
  decisions = (...args: Args<'decisions'>): Answer<'decisions'> => this.call('decisions', args);
  shadow = (...args: Args<'shadow'>): Answer<'shadow'> => this.call('shadow', args);
  runsBetween = (...args: Args<'runsBetween'>): Answer<'runsBetween'> => this.call('runsBetween', args);
  scripts = (...args: Args<'scripts'>): Answer<'scripts'> => this.call('scripts', args);
  recommendations = (...args: Args<'recommendations'>): Answer<'recommendations'> => this.call('recommendations', args);
  agents = (...args: Args<'agents'>): Answer<'agents'> => this.call('agents', args);
  refreshAgents = (...args: Args<'refreshAgents'>): Answer<'refreshAgents'> => this.call('refreshAgents', args);
  setAgentSettings = (...args: Args<'setAgentSettings'>): Answer<'setAgentSettings'> => this.call('setAgentSettings', args);
  pinExecutionMode = (...args: Args<'pinExecutionMode'>): Answer<'pinExecutionMode'> => this.call('pinExecutionMode', args);
  syncFileMode = (...args: Args<'syncFileMode'>): Answer<'syncFileMode'> => this.call('syncFileMode', args);
  setWindowModels = (...args: Args<'setWindowModels'>): Answer<'setWindowModels'> => this.call('setWindowModels', args);
  roles = (...args: Args<'roles'>): Answer<'roles'> => this.call('roles', args);
  setRoleState = (...args: Args<'setRoleState'>): Answer<'setRoleState'> => this.call('setRoleState', args);
  startAllRoles = (...args: Args<'startAllRoles'>): Answer<'startAllRoles'> => this.call('startAllRoles', args);
  stopAllRoles = (...args: Args<'stopAllRoles'>): Answer<'stopAllRoles'> => this.call('stopAllRoles', args);
  setRoles = (...args: Args<'setRoles'>): Answer<'setRoles'> => this.call('setRoles', args);
  registerRole = (...args: Args<'registerRole'>): Answer<'registerRole'> => this.call('registerRole', args);
  unregisterRole = (...args: Args<'unregisterRole'>): Answer<'unregisterRole'> => this.call('unregisterRole', args);
  takeRoleWork = (...args: Args<'takeRoleWork'>): Answer<'takeRoleWork'> => this.call('takeRoleWork', args);
  schedules = (...args: Args<'schedules'>): Answer<'schedules'> => this.call('schedules', args);
  dueSchedules = (...args: Args<'dueSchedules'>): Answer<'dueSchedules'> => this.call('dueSchedules', args);
  addSchedule = (...args: Args<'addSchedule'>): Answer<'addSchedule'> => this.call('addSchedule', args);
  changeSchedule = (...args: Args<'changeSchedule'>): Answer<'changeSchedule'> => this.call('changeSchedule', args);
  moveSchedule = (...args: Args<'moveSchedule'>): Answer<'moveSchedule'> => this.call('moveSchedule', args);
  removeSchedule = (...args: Args<'removeSchedule'>): Answer<'removeSchedule'> => this.call('removeSchedule', args);
  pauseSchedule = (...args: Args<'pauseSchedule'>): Answer<'pauseSchedule'> => this.call('pauseSchedule', args);
  trustSchedule = (...args: Args<'trustSchedule'>): Answer<'trustSchedule'> => this.call('trustSchedule', args);
  runScheduleNow = (...args: Args<'runScheduleNow'>): Answer<'runScheduleNow'> => this.call('runScheduleNow', args);
  syncFileSchedules = (...args: Args<'syncFileSchedules'>): Answer<'syncFileSchedules'> => this.call('syncFileSchedules', args);
  setPersonAtWork = (...args: Args<'setPersonAtWork'>): Answer<'setPersonAtWork'> => this.call('setPersonAtWork', args);

  private call<K extends EngineCall>(method: K, args: Args<K>): Answer<K> {
    return this.supervisor.connection().then((connection) => connection.request(method, args)) as Answer<K>;
  }

  private passOn(name: string, value: unknown): void {
    if (name === 'onDidChange') this.changeEmitter.fire(value as ChangeNotice);
    else if (name === 'onDidRequestTerminal') this.terminalEmitter.fire(value as TerminalRequest);
    else if (name === 'onDidLoseHome') this.lossEmitter.fire(String(value));
    else if (name === 'onDidLog') this.logEmitter.fire(value as { readonly level: LogLevel; readonly message: string });
  }
}
