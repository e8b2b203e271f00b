import type { TaskView } from '../../core/engine/engine-port.ts';
import type { AgentEvidence } from '../../core/model/agents/agent-evidence.ts';
import { isAsExpected, type Outcome } from '../../core/model/outcome.ts';
import type { Run } from '../../core/model/run.ts';
import type { TaskSpec } from '../../core/model/spec.ts';
import type { WaitReason } from '../../core/model/wait-reason.ts';
import { describeWait } from '../../core/present/tasks/describe-wait.ts';
import { isoTime } from './iso-time.ts';
import { outputPlace } from './output-place.ts';

/** A task for programs: times in ISO 8601, durations in milliseconds, sizes in bytes. */
export function taskJson(view: TaskView, now: number): Readonly<Record<string, unknown>> {
  const { task, run, wait } = view;
  const { state, spec } = task;
  return {
    id: task.id,
    name: spec.name,
    status: state.status,
    ...(state.status === 'queued' && { held: state.held, readyAt: isoTime(state.readyAt), wait: wait === undefined ? null : waitJson(wait, now) }),
    ...(state.status === 'stopping' && { cause: state.cause }),
    ...(state.status === 'finished' && { outcome: outcomeJson(state.outcome), asExpected: isAsExpected(state.outcome, spec.expect), finishedAt: isoTime(state.finishedAt) }),
    type: spec.type,
    priority: spec.priority,
    role: spec.role ?? null,
    schedule: spec.schedule ?? null,
    agent: (spec.work.kind === 'prompt' ? spec.work.agent : spec.agent) ?? null,
    ...(view.spent !== undefined && { spent: { ...view.spent, costUsd: view.spent.costUsd ?? null } }),
    workspace: task.workspace,
    batch: task.batch,
    submittedAt: isoTime(task.submittedAt),
    attempts: task.attempts,
    estimate: view.estimate,
    run: run === undefined ? null : runJson(run),
    output: outputPlace(view) ?? null,
  };
}

export function runJson(run: Run): Readonly<Record<string, unknown>> {
  return {
    attempt: run.attempt,
    pid: run.pid ?? null,
    argv: run.argv,
    startedAt: isoTime(run.startedAt),
    endedAt: isoTime(run.endedAt),
    outcome: run.outcome === undefined ? null : outcomeJson(run.outcome),
    exitCode: run.exitCode ?? null,
    signal: run.signal ?? null,
    wallMs: run.startedAt === undefined || run.endedAt === undefined ? null : run.endedAt - run.startedAt,
    cpuMs: run.userMs === undefined ? null : run.userMs + (run.systemMs ?? 0),
    peakMemory: run.peakMemory ?? null,
    cores: run.cores ?? null,
    memory: run.memory ?? null,
    folder: run.folder,
    ...(run.agent !== undefined && { agent: { ...run.agent, evidence: evidenceJson(run.agent.evidence) } }),
    ...(run.handover !== undefined && { handover: run.handover }),
    undeclared: run.undeclared.map((write) => ({ ...write, at: isoTime(write.at) })),
    conflicts: run.conflicts.map((conflict) => ({ ...conflict, at: isoTime(conflict.at) })),
  };
}

/** What was asked for, as `show` tells it. */
export function specJson({ startAt, ...spec }: TaskSpec): Readonly<Record<string, unknown>> {
  return { ...spec, ...(startAt !== undefined && { startAt: isoTime(startAt) }) };
}

function outcomeJson(outcome: Outcome): unknown {
  return outcome.type === 'failed' && outcome.reason === 'agent' ? { ...outcome, evidence: evidenceJson(outcome.evidence) } : outcome;
}

function evidenceJson(evidence: AgentEvidence): unknown {
  return evidence.type === 'rateLimited' ? { ...evidence, until: isoTime(evidence.until) } : evidence;
}

function waitJson(wait: WaitReason, now: number): Readonly<Record<string, unknown>> {
  return { ...wait, ...('since' in wait && { since: isoTime(wait.since) }), ...('until' in wait && { until: isoTime(wait.until) }), text: describeWait(wait, now) };
}
