import type { EnginePort } from '../../core/engine/engine-port.ts';

/** What the task tree reads of the engine. */
export type TaskSource = Pick<EnginePort, 'query' | 'detail' | 'views' | 'batches' | 'batchTasks' | 'dueSchedules' | 'status' | 'onDidChange'>;
