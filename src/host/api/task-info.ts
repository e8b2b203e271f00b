import type { TaskView } from '../../core/engine/engine-port.ts';
import { describeWait } from '../../core/present/tasks/describe-wait.ts';
import { describeEnd } from '../../core/present/tasks/present-task.ts';
import type { TaskInfo } from './parallel-workflow.ts';

/** A task as other extensions see it. */
export function taskInfo({ task, run, wait }: TaskView, now: number): TaskInfo {
  const { spec, state } = task;
  const outcome = state.status === 'finished' ? state.outcome : undefined;
  return {
    id: task.id,
    name: spec.name,
    folder: task.workspace,
    type: spec.type,
    priority: spec.priority,
    role: spec.role,
    agent: spec.agent,
    status: state.status,
    outcome: outcome?.type,
    summary: outcome !== undefined ? describeEnd(task, outcome) : wait === undefined ? undefined : describeWait(wait, now),
    exitCode: run?.exitCode,
    submittedAt: task.submittedAt,
    startedAt: run?.startedAt,
    finishedAt: state.status === 'finished' ? state.finishedAt : undefined,
    logFolder: run?.folder,
  };
}
