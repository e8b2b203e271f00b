import type { Applied, EnginePort } from '../core/engine/engine-port.ts';
import type { TaskId } from '../core/model/ids.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT } from './exit-code.ts';
import { taskTitle } from './follow/event-line.ts';
import { printJson } from './report/print-json.ts';
import { taskIdNames } from './task-ids.ts';

/** Tells which tasks an order reached and why not the others; resolves with the exit code. */
export async function printApplied({ done, refused }: Applied, word: string, engine: EnginePort, { output, json, quiet }: CommandContext): Promise<number> {
  if (json) printJson(output, { done, refused });
  else {
    if (!quiet) output.write(await doneLines(done, word, engine));
    output.writeError(refusedLines(refused));
  }
  return refused.length === 0 ? EXIT.ok : EXIT.refused;
}

async function doneLines(done: readonly TaskId[], word: string, engine: EnginePort): Promise<string> {
  const NAMED = 10;
  const views = await engine.views(done.slice(0, NAMED));
  const lines = views.map((view) => `${word} ${taskTitle(view)}\n`);
  return [...lines, ...(done.length > NAMED ? [`… ${done.length} in all\n`] : [])].join('');
}

/** One line for each reason, since a range of numbers may name thousands that are not there. */
function refusedLines(refused: Applied['refused']): string {
  const idsByReason = new Map<string, TaskId[]>();
  for (const { id, why } of refused) {
    const ids = idsByReason.get(why);
    if (ids === undefined) idsByReason.set(why, [id]);
    else ids.push(id);
  }
  return [...idsByReason].map(([why, ids]) => `${taskIdNames(ids)}: ${why}\n`).join('');
}
