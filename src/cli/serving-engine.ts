import type { EnginePort } from '../core/engine/engine-port.ts';
import { liveRoots } from './session.ts';
import { rootAround } from './workspace.ts';

/** Whether an engine other than ours is there to start the tasks of a workspace. */
export async function isServed(workspace: string, engine: EnginePort): Promise<boolean> {
  return rootAround(workspace, await liveRoots(engine)) !== undefined;
}

/** Whether an engine other than ours is there to start the interactive tasks of a workspace. */
export async function isServedWithTerminals(workspace: string, engine: EnginePort): Promise<boolean> {
  const { engines } = await engine.status([]);
  return rootAround(workspace, engines.filter(({ self, hasTerminals }) => !self && hasTerminals).flatMap(({ roots }) => roots)) !== undefined;
}
