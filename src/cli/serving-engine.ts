import type { EnginePort } from '../core/engine/engine-port.ts';
import { liveRoots } from './session.ts';
import { rootAround } from './workspace.ts';

/** Whether an engine other than ours is there to start the tasks of a workspace. */
export async function isServed(workspace: string, engine: EnginePort): Promise<boolean> {
  return rootAround(workspace, await liveRoots(engine)) !== undefined;
}
