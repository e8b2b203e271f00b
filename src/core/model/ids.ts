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

export const taskId = (value: number): TaskId => value as TaskId;
export const runId = (value: number): RunId => value as RunId;
export const batchId = (value: number): BatchId => value as BatchId;
export const engineId = (value: number): EngineId => value as EngineId;
export const holdId = (value: number): HoldId => value as HoldId;
