import type { TaskDetail } from '../../core/engine/engine-port.ts';
import { commandLine } from '../../core/present/tasks/command-line.ts';
import { runOfEnd } from '../../core/model/run-of-end.ts';
import { describeExpectation } from '../../core/present/tasks/describe-outcome.ts';
import { describeConflict, describeUndeclared } from '../../core/present/tasks/describe-run-files.ts';
import { claimPlace } from '../../core/present/format/file-place.ts';
import { describeEstimate } from '../../core/present/tasks/describe-estimate.ts';
import { formatBytes } from '../../core/present/format/format-bytes.ts';
import { formatCores } from '../../core/present/format/format-cores.ts';
import { formatAgo, formatDuration } from '../../core/present/format/format-duration.ts';
import { promptFacts } from '../../core/present/agents/prompt-facts.ts';
import { timeOfDay } from '../../core/present/format/time-of-day.ts';
import { outputPlace } from './output-place.ts';

type Fact = readonly [name: string, value: string | undefined];

/** All there is to say about a task: what was asked for, where it stands, what it took against what it was taken to need. Further lines of one fact have no name. */
export function taskFacts(detail: TaskDetail, now: number): readonly (readonly [name: string, line: string])[] {
  return [...asked(detail), ...stands(detail, now), ...needs(detail)].flatMap(([name, value]) =>
    value === undefined ? [] : value.split('\n').map((line, index) => [index === 0 ? name : '', line] as const),
  );
}

function asked(detail: TaskDetail): Fact[] {
  const { task, run, upstream } = detail;
  const { spec } = task;
  return [
    [spec.work.kind === 'prompt' ? 'Prompt' : 'Command', commandLine(spec, run)],
    ...promptFacts(detail),
    ['Folder', spec.cwd],
    ['Workspace', task.workspace],
    ['Type', `${spec.type}, priority ${spec.priority}${spec.role === undefined ? '' : `, role ${spec.role}`}`],
    ['Agent', spec.agent],
    ['Schedule', spec.schedule === undefined ? undefined : `#${spec.schedule.id} ${spec.schedule.name}`],
    ['Environment', list(Object.entries(spec.env).map(([name, value]) => `${name}=${value}`))],
    ['Files', list(spec.files.map((claim) => `${claimPlace(claim, [])} (${claim.mode === 'read' ? 'shared' : 'exclusive'})`))],
    ['After', list(upstream.map((each) => `#${each.id} ${each.name} (${each.status})`))],
    ['Timeout', spec.timeoutMs === undefined ? undefined : formatDuration(spec.timeoutMs)],
    ['Retries', spec.retries === 0 ? undefined : `${spec.retries}, the first after ${formatDuration(spec.backoffMs)}`],
    ['Artifacts', list(spec.artifacts)],
    ['Expected', spec.expect.type === 'succeeded' ? undefined : describeExpectation(spec.expect)],
    ['Interactive', spec.interactive ? 'yes: runs in a real terminal' : undefined],
  ];
}

function stands(detail: TaskDetail, now: number): Fact[] {
  const { task, run } = detail;
  // What is in the queue again has not started, and may be over without another start.
  const current = task.state.status === 'finished' ? runOfEnd(detail) : task.state.status === 'queued' ? undefined : run;
  const at = (moment: number): string => `${timeOfDay(moment, now)} (${formatAgo(now - moment)})`;
  return [
    ['Submitted', at(task.submittedAt)],
    ['Started', current?.startedAt === undefined ? undefined : at(current.startedAt)],
    ['Ended', task.state.status === 'finished' ? at(task.state.finishedAt) : undefined],
    ['Process', run?.pid === undefined || run.endedAt !== undefined ? undefined : String(run.pid)],
    ['Output', outputPlace(detail)],
    ['Unclaimed', list(run?.undeclared.map((write) => `wrote ${describeUndeclared(write, task.workspace)} without a claim`) ?? [])],
    ['Conflicts', list(run?.conflicts.map((conflict) => describeConflict(conflict, task.workspace)) ?? [])],
  ];
}

function needs({ task, run, estimate }: TaskDetail): Fact[] {
  const { type } = task.spec;
  const isLive = run !== undefined && run.endedAt === undefined;
  return [
    ['CPU', [`taken to need ${formatCores(estimate.cpu.value)} (${describeEstimate(estimate.cpu, type)})`, ...(isLive && run.cores !== undefined ? [`${formatCores(run.cores)} now`] : []), ...cpuUse(run)].join(', ')],
    [
      'Memory',
      [
        `taken to need ${formatBytes(estimate.memory.value)} (${describeEstimate(estimate.memory, type)})`,
        ...(isLive && run.memory !== undefined ? [`${formatBytes(run.memory)} now`] : []),
        ...(run?.peakMemory === undefined ? [] : [`peak ${formatBytes(run.peakMemory)}`]),
        ...(task.spec.memoryLimit === undefined ? [] : [`stopped above ${formatBytes(task.spec.memoryLimit)}`]),
      ].join(', '),
    ],
  ];
}

/** CPU time over wall time: what it really took. */
function cpuUse(run: TaskDetail['run']): string[] {
  if (run?.userMs === undefined || run.startedAt === undefined || run.endedAt === undefined || run.endedAt <= run.startedAt) return [];
  return [`used ${formatCores((run.userMs + (run.systemMs ?? 0)) / (run.endedAt - run.startedAt))}`];
}

function list(values: readonly string[]): string | undefined {
  return values.length === 0 ? undefined : values.join('\n');
}
