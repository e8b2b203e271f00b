import path from 'node:path';
import type { EnginePort, HoldView } from '../../core/engine/engine-port.ts';
import { assertNever } from '../../core/base/assert-never.ts';
import { scriptOf } from '../../core/model/script-of.ts';
import { describeHolder } from '../../core/present/files/describe-holder.ts';
import { formatDuration } from '../../core/present/format/format-duration.ts';

type Obstacle = NonNullable<HoldView['obstacle']>;

/** When a task is expected to end, from what its script took so far; milliseconds since the epoch. */
export async function expectedEnd({ holder }: Obstacle, engine: EnginePort): Promise<number | undefined> {
  if (holder.type !== 'task') return undefined;
  const detail = await engine.detail(holder.id);
  const script = detail === undefined ? undefined : scriptOf(detail.task.spec.work);
  const startedAt = detail?.run?.startedAt;
  if (detail === undefined || script === undefined || startedAt === undefined) return undefined;
  const stats = (await engine.scripts([detail.task.workspace])).find((each) => each.script === script);
  return stats === undefined ? undefined : startedAt + stats.wallMedian;
}

/** Why an agent may not write a file now, and what it had better do; for the agent as much as for people. */
export function describeRefusal(obstacle: HoldView['obstacle'], end: number | undefined, now: number, workspace: string): string {
  if (obstacle === undefined) return 'The file is about to be used by another program. Do something else first and try again later.';
  const name = path.relative(workspace, obstacle.path) || obstacle.path;
  return `${who(obstacle, name)}${until(obstacle, end, now)} Do something else first and try again later; do not write it by other means. If nothing else is left to do, say what is still to be done to ${name} and end.`;
}

function who({ holder, waiting }: Obstacle, name: string): string {
  switch (holder.type) {
    case 'editor':
      return `${name} has unsaved changes of a person in an editor, which must not be lost.`;
    case 'task':
    case 'program':
      return waiting ? `${describeHolder(holder)} waits for ${name} and gets it first.` : `${name} is held by ${describeHolder(holder)}.`;
    default:
      return assertNever(holder);
  }
}

function until({ holder, since }: Obstacle, end: number | undefined, now: number): string {
  if (holder.type === 'editor') return ' It is free once they are saved.';
  const held = since === undefined || now - since < 1000 ? '' : ` It has had it for ${formatDuration(now - since)}.`;
  if (end === undefined) return held;
  return end <= now ? `${held} It has taken longer than usual already.` : `${held} By what it took before it ends in about ${formatDuration(end - now)}.`;
}
