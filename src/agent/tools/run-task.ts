import * as z from 'zod/mini';
import { UserError } from '../../core/base/user-error.ts';
import { taskId, type TaskId } from '../../core/model/ids.ts';
import type { TaskQueue, TaskStanding } from './task-queue.ts';
import { tool, type Tool, type ToolAnswer } from './tool.ts';

const USUAL_SECONDS = 300;
const MOST_SECONDS = 3600;

export function runTaskTool(queue: TaskQueue): Tool {
  return tool({
    name: 'run_task',
    title: 'Task',
    description:
      'Queues a script or a command as a task of its own beside the others of the workspace, waits for its end, and tells how it ended. It runs within the limits of the machine; name the files that it writes. When it has not ended in time it goes on, and its number asks for it again.',
    fields: {
      script: z.optional(z.string().check(z.describe('The script to run, such as a .py file'))),
      command: z.optional(z.array(z.string()).check(z.minLength(1, 'expected at least the program'), z.describe('A program and its arguments instead'))),
      args: z.optional(z.array(z.string()).check(z.describe('Arguments of the script'))),
      files: z.optional(z.array(z.string()).check(z.describe('Files and folders that it writes'))),
      name: z.optional(z.string().check(z.describe('What people see'))),
      task: z.optional(z.int().check(z.describe('The number of a task that was queued before, to wait for it again'))),
      seconds: z.optional(z.number().check(z.gte(0, 'expected a number of seconds ≥ 0'), z.describe(`How long to wait; ${USUAL_SECONDS} by default, at most ${MOST_SECONDS}`))),
    },
    prepare({ script, command, task, seconds = USUAL_SECONDS, ...more }) {
      if ([script, command, task].filter((given) => given !== undefined).length !== 1) throw new UserError('Expected one of `script`, `command` and `task`.');
      return {
        about: more.name ?? script ?? command?.join(' ') ?? `#${task}`,
        // What it writes it claims itself.
        writes: undefined,
        async run(signal) {
          const id = task === undefined ? await queued(queue, { ...(script === undefined ? { command } : { script }), ...more }) : taskId(task);
          const standing = await queue.standing(id, Math.min(seconds, MOST_SECONDS) * 1000, signal);
          if (standing === undefined) throw new UserError(`There is no task #${id}.`);
          return answer(id, standing);
        },
      };
    },
  });
}

async function queued(queue: TaskQueue, fields: Readonly<Record<string, unknown>>): Promise<TaskId> {
  const result = await queue.queue(fields);
  if (result.ok) return result.value;
  throw new UserError(result.error);
}

function answer(id: TaskId, standing: TaskStanding): ToolAnswer {
  switch (standing.type) {
    case 'waits':
      return { text: `Task #${id} is queued and ${standing.why}. It goes on by itself; do something else, or ask again with {"task": ${id}}.` };
    case 'runs':
      return { text: `Task #${id} still runs. It goes on by itself; ask again with {"task": ${id}}.` };
    case 'ended':
      return { text: `Task #${id} ${standing.outcome}.${standing.output === '' ? '' : `\n${standing.output}`}`, isError: !standing.succeeded };
  }
}
