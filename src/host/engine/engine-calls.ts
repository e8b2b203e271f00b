import type { EnginePort } from '../../core/engine/engine-port.ts';

/** Methods of the engine that are called across threads. */
export const ENGINE_CALLS = [
  'submit', 'cancel', 'cancelAll', 'retry', 'hold', 'release', 'setPriority', 'startAnyway', 'claimNextTime', 'clearFinished', 'setPaused', 'setLimits', 'setProjectAgents', 'userSettings', 'setUserSettings',
  'setUnsaved', 'noteChanged', 'noteWritten', 'requestHold', 'setHoldProcess', 'holdView', 'endHold', 'breakLock', 'filesInUse',
  'query', 'detail', 'views', 'batches', 'batchTasks', 'milestoneTasks', 'status', 'leftovers', 'close',
  'machine', 'machineHistory', 'strategy', 'pinStrategy', 'setMachineSettings', 'decisions', 'shadow', 'runsBetween', 'scripts', 'recommendations', 'setPersonAtWork',
  'roles', 'setRoleState', 'startAllRoles', 'stopAllRoles', 'setRoles', 'registerRole', 'unregisterRole', 'takeRoleWork',
  'agents', 'refreshAgents', 'setAgentSettings', 'pinExecutionMode', 'syncFileMode', 'setWindowModels',
  'schedules', 'dueSchedules', 'addSchedule', 'changeSchedule', 'moveSchedule', 'removeSchedule', 'pauseSchedule', 'trustSchedule', 'runScheduleNow', 'syncFileSchedules',
] as const satisfies readonly (keyof EnginePort)[];

export type EngineCall = (typeof ENGINE_CALLS)[number];

/** Events of the engine that are passed on across threads. */
export const ENGINE_EVENTS = ['onDidChange', 'onDidRequestTerminal', 'onDidLog', 'onDidLoseHome'] as const satisfies readonly (keyof EnginePort)[];

type EngineEvent = (typeof ENGINE_EVENTS)[number];

/** Fails to compile when the engine's face gains a member that is on neither list. */
type Missing = Exclude<keyof EnginePort, EngineCall | EngineEvent | 'dispose'>;
export const nothingMissing: [Missing] extends [never] ? true : never = true;

/** Event of the worker: the engine is open. */
export const OPENED = 'opened';
/** Event of the worker: the engine could not be opened; its value is an `RpcError`. */
export const NOT_OPENED = 'notOpened';
