import type { ScheduledRequest } from '../../model/schedules/schedule.ts';
import { oneLine } from '../format/one-line.ts';

const MOST = 20;

/** What a schedule queues, a line for each task, as it was written: the command, and whatever else decides what runs. */
export function describeRequest({ tasks, defaults }: Pick<ScheduledRequest, 'tasks' | 'defaults'>): readonly string[] {
  const lines = tasks.slice(0, MOST).map((task) => oneLine(describe(task, defaults)));
  return tasks.length > MOST ? [...lines, `and ${tasks.length - MOST} more`] : lines;
}

function describe(task: unknown, defaults: unknown): string {
  if (typeof task !== 'object' || task === null) return JSON.stringify(task);
  const { script, blender, function: called, command, prompt, args, interpreter, env, cwd, shell } = { ...(defaults as object | undefined), ...task } as Readonly<Record<string, unknown>>;
  const words = [script ?? blender ?? called ?? command ?? prompt, args].flat().filter((word) => word !== undefined);
  const more = [
    shell === true ? 'in a shell' : undefined,
    interpreter === undefined ? undefined : `with ${text(interpreter)}`,
    cwd === undefined ? undefined : `in ${text(cwd)}`,
    typeof env === 'object' && env !== null && Object.keys(env).length > 0 ? `where ${Object.entries(env).map(([name, value]) => `${name}=${text(value)}`).join(', ')}` : undefined,
  ].filter((part) => part !== undefined);
  const line = words.length === 0 ? JSON.stringify(task) : words.map(text).join(' ');
  return more.length === 0 ? line : `${line} (${more.join(', ')})`;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
