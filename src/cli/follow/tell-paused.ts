import type { EnginePort } from '../../core/engine/engine-port.ts';
import type { TaskId } from '../../core/model/ids.ts';
import type { CommandContext } from '../command-context.ts';

/** Whether nothing starts in a workspace until somebody resumes it. */
export async function isPaused(workspace: string, engine: EnginePort): Promise<boolean> {
  return (await engine.status([workspace])).paused;
}

/** Tells that tasks which are followed will wait for somebody. */
export async function tellPaused(ids: readonly TaskId[], engine: EnginePort, { output, cwd }: CommandContext): Promise<void> {
  const waiting = (await engine.views(ids)).filter(({ task }) => task.state.status === 'queued');
  for (const workspace of new Set(waiting.map(({ task }) => task.workspace))) {
    if (await isPaused(workspace, engine)) output.writeError(`${pausedText(workspace, cwd)}\n`);
  }
}

export function pausedText(workspace: string, cwd: string): string {
  return `The queue of ${workspace} is paused: nothing starts before \`parallel-workflow resume${workspace === cwd ? '' : ` --workspace ${workspace}`}\`.`;
}
