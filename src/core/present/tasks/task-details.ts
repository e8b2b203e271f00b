import type { TaskDetail } from '../../engine/engine-port.ts';
import type { Run } from '../../model/run.ts';
import { sumReports } from '../../model/agents/prompt-spent.ts';
import { agentLabel } from '../agents/agent-label.ts';
import { commandLine } from './command-line.ts';
import { describeOutcome } from './describe-outcome.ts';
import { describeConflict, describeUndeclared } from './describe-run-files.ts';
import { turnWords } from '../agents/describe-turns.ts';
import { claimPlace } from '../format/file-place.ts';
import { codeBlock } from '../format/escape-markdown.ts';
import { formatBytes } from '../format/format-bytes.ts';
import { formatDuration } from '../format/format-duration.ts';
import { oneLine } from '../format/one-line.ts';
import { describeState } from './present-task.ts';
import { handoverWords, promptFacts } from '../agents/prompt-facts.ts';
import { runSpan } from '../format/run-span.ts';

/** All that is known of a task, as Markdown to paste into a message or an issue. Times are in UTC, since the reader may be elsewhere. */
export function taskDetails(detail: TaskDetail, now: number): string {
  const { task, run, runs, upstream } = detail;
  const { spec } = task;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['State', describeState(detail, now)],
    ['Type', `${spec.type}, priority ${spec.priority}${spec.role === undefined ? '' : `, role ${spec.role}`}${spec.agent === undefined ? '' : `, agent ${spec.agent}`}`],
    ...promptFacts(detail),
    ['Schedule', spec.schedule?.name],
    ['Folder', spec.cwd],
    ['Workspace', task.workspace],
    ['Submitted', time(task.submittedAt)],
    ['Finished', task.state.status === 'finished' ? time(task.state.finishedAt) : undefined],
    ['Files', spec.files.length === 0 ? undefined : spec.files.map((claim) => `${claimPlace(claim, [])} (${claim.mode})`).join(', ')],
    ['After', upstream.length === 0 ? undefined : upstream.map(({ id, name }) => `${name} #${id}`).join(', ')],
  ];
  const lines = facts.flatMap(([name, value]) => (value === undefined ? [] : [`- ${name}: ${oneLine(value)}`]));
  return [`**${oneLine(spec.name)}** (task #${task.id})`, '', codeBlock(commandLine(spec, run), spec.work.kind === 'prompt' ? 'markdown' : 'sh'), '', ...lines, ...runs.flatMap((one) => [`- ${runLine(one, now)}`, ...fileLines(one, task.workspace)]), ''].join('\n');
}

function runLine(run: Run, now: number): string {
  const span = runSpan(run, now);
  const parts = [
    run.agent === undefined ? undefined : agentLabel(run.agent.agent),
    handoverWords(run),
    run.outcome === undefined ? 'running' : describeOutcome(run.outcome),
    run.startedAt === undefined ? undefined : `started ${time(run.startedAt)}`,
    run.endedAt === undefined ? undefined : `ended ${time(run.endedAt)}`,
    span === undefined ? undefined : formatDuration(span),
    run.userMs === undefined ? undefined : `${formatDuration(run.userMs + (run.systemMs ?? 0))} CPU`,
    ...(run.agent === undefined ? [] : turnWords(sumReports([run.agent]))),
    run.peakMemory === undefined ? undefined : `peak ${formatBytes(run.peakMemory)}`,
    `output in ${run.folder}`,
  ];
  return `Run ${run.attempt}: ${parts.filter((part) => part !== undefined).join(', ')}`;
}

function fileLines({ undeclared, conflicts }: Run, workspace: string): string[] {
  return [...undeclared.map((write) => `  - wrote ${describeUndeclared(write, workspace)} without a claim`), ...conflicts.map((conflict) => `  - conflict: ${describeConflict(conflict, workspace)}`)];
}

function time(at: number): string {
  return new Date(at).toISOString();
}
