import type { HostedRequest } from '../../model/agents/hosted-request.ts';
import type { Task } from '../../model/task.ts';

/** What a task's program reads from the file of its arguments, if it has one. */
export function argumentsOf({ id, spec, workspace }: Task): unknown {
  const { work } = spec;
  if (work.kind === 'function') return work.arguments;
  if (work.kind !== 'hosted') return undefined;
  const request: HostedRequest = { task: id, name: spec.name, runner: work.runner, input: work.input, args: spec.args, cwd: spec.cwd, workspace };
  return request;
}
