import type { Brand } from '../base/brand.ts';

/** Number of a task, unique in the store, ascending in the order of submission. */
export type TaskId = Brand<number, 'TaskId'>;
/** Number of a run, unique in the store. */
export type RunId = Brand<number, 'RunId'>;
/** Number of a batch, unique in the store. */
export type BatchId = Brand<number, 'BatchId'>;
/** Number of an engine's lease, unique in the store. */
export type EngineId = Brand<number, 'EngineId'>;
/** Number of a hold that is not a task's: of an editor's unsaved changes, or of a program; unique in the store. */
export type HoldId = Brand<number, 'HoldId'>;
/** Number of a schedule, unique in the store. */
export type ScheduleId = Brand<number, 'ScheduleId'>;
/** Whoever uses files or waits for them, as one number: a task by its id, a hold by minus its id. */
export type HolderId = Brand<number, 'HolderId'>;

export const taskId = (value: number): TaskId => value as TaskId;
export const runId = (value: number): RunId => value as RunId;
export const batchId = (value: number): BatchId => value as BatchId;
export const engineId = (value: number): EngineId => value as EngineId;
export const holdId = (value: number): HoldId => value as HoldId;
export const scheduleId = (value: number): ScheduleId => value as ScheduleId;
export const holderId = (value: number): HolderId => value as HolderId;
export const holderOfTask = (id: TaskId): HolderId => holderId(id);
export const holderOfHold = (id: HoldId): HolderId => holderId(-Number(id));
/** The task behind a holder; `undefined` for a hold. */
export const taskOfHolder = (holder: HolderId): TaskId | undefined => (holder > 0 ? taskId(holder) : undefined);
/** The hold behind a holder; `undefined` for a task. */
export const holdOfHolder = (holder: HolderId): HoldId | undefined => (holder < 0 ? holdId(-Number(holder)) : undefined);
