import type { EnginePort, EngineStatus } from '../core/engine/engine-port.ts';

const NONE = { running: 0, waiting: 0, scheduled: 0, finished: 0, failed: 0 };

/** The engine's status for the folders of this window. For the engine no roots mean the whole machine; a window without a folder has no tasks. */
export async function windowStatus(source: Pick<EnginePort, 'status'>, roots: readonly string[]): Promise<EngineStatus> {
  const status = await source.status(roots);
  return roots.length === 0 ? { ...status, counts: NONE, paused: false } : status;
}
