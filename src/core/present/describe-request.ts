import type { ScheduledRequest } from '../model/schedule.ts';
import { oneLine } from './one-line.ts';

const MOST = 5;

/** What a schedule queues, a line for each task, as it was written. */
export function describeRequest({ tasks }: Pick<ScheduledRequest, 'tasks'>): readonly string[] {
  const lines = tasks.slice(0, MOST).map((task) => oneLine(describe(task)));
  return tasks.length > MOST ? [...lines, `and ${tasks.length - MOST} more`] : lines;
}

function describe(task: unknown): string {
  if (typeof task !== 'object' || task === null) return JSON.stringify(task);
  const { script, blender, function: called, command, prompt, args } = task as Readonly<Record<string, unknown>>;
  const words = [script ?? blender ?? called ?? command ?? prompt, args].flat().filter((word) => word !== undefined);
  return words.length === 0 ? JSON.stringify(task) : words.map(String).join(' ');
}
