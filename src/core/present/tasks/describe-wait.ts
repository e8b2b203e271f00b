import path from 'node:path';
import { assertNever } from '../../base/assert-never.ts';
import { AGENT_NAMES } from '../../model/agents/agent.ts';
import type { WaitReason } from '../../model/wait-reason.ts';
import { agentLabel } from '../agents/agent-label.ts';
import { describeHolder } from '../files/describe-holder.ts';
import { formatBytes } from '../format/format-bytes.ts';
import { formatCores } from '../format/format-cores.ts';
import { formatDuration } from '../format/format-duration.ts';
import { describeFigure, describeReason, MEASURE_NAMES } from '../machine/present-strategy.ts';

/** Why a queued task is not running, with names and figures, as half a sentence: `waits for data.json, held by “Sweep 3”`. */
export function describeWait(reason: WaitReason, now: number): string {
  switch (reason.type) {
    case 'held':
      return 'held until it is released';
    case 'setAside':
      return 'set aside: three engines ended while it ran';
    case 'paused':
      return 'the queue is paused';
    case 'rolePaused':
      return rolePaused(reason);
    case 'schedule':
      return reason.until > now ? `starts in ${formatDuration(reason.until - now)}` : 'starts now';
    case 'dependency':
      return `waits for ${names(reason.tasks)}`;
    case 'lock':
      return lock(reason, now);
    case 'editor':
      return `waits for ${path.basename(reason.path)}, which has unsaved changes in an editor`;
    case 'typeLimit':
      return typeLimit(reason);
    case 'totalLimit':
      return `waits for a place: ${reason.running} of ${reason.limit} tasks running`;
    case 'resources':
      return resources(reason);
    case 'strategy':
      return strategy(reason);
    case 'backfill':
      return `waits so as not to delay “${reason.head.name}”`;
    case 'agent':
      return agent(reason, now);
    case 'terminal':
      return 'waits for a terminal: a window on its workspace, or `parallel-workflow wait` run in a terminal';
    case 'engine':
      return 'waits for a window or `parallel-workflow wait` in its workspace';
    case 'next':
      return 'starts next';
    default:
      return assertNever(reason);
  }
}

function rolePaused({ role, state }: Extract<WaitReason, { type: 'rolePaused' }>): string {
  if (state === 'givesWay') return `waits for a calmer machine: the role \`${role}\` gives way to more urgent ones`;
  return `waits until the role \`${role}\` is ${state === 'paused' ? 'resumed' : 'started'}`;
}

function typeLimit({ taskType, running, limit }: Extract<WaitReason, { type: 'typeLimit' }>): string {
  const agentName = AGENT_NAMES.find((name) => name === taskType);
  if (agentName !== undefined) return `waits for ${agentLabel(agentName)}: ${running} of ${limit} prompts at work`;
  return `waits for a place: ${running} of ${limit} \`${taskType}\` running`;
}

function agent({ agent: who, why, until }: Extract<WaitReason, { type: 'agent' }>, now: number): string {
  const name = who === 'auto' ? 'an agent' : agentLabel(who);
  const back = until === undefined || until <= now ? '' : `, back in ${formatDuration(until - now)}`;
  return `waits for ${name}${why === undefined ? '' : `: ${why}`}${back}`;
}

function lock(reason: Extract<WaitReason, { type: 'lock' }>, now: number): string {
  const file = path.basename(reason.path);
  const holder = describeHolder(reason.holder);
  if (reason.waiting) return `waits for ${file}, which ${holder} gets first`;
  const since = reason.since === undefined || now - reason.since < 1000 ? '' : ` for ${formatDuration(now - reason.since)}`;
  return `waits for ${file}, ${reason.mode === 'read' ? 'read' : 'held'} by ${holder}${since}`;
}

function strategy({ strategy: name, reasons }: Extract<WaitReason, { type: 'strategy' }>): string {
  if (reasons.length === 0) return `waits for a calmer machine: ${name}`;
  return `waits for ${reasons.map(({ measure }) => MEASURE_NAMES[measure]).join(' and ')} to fall: ${reasons.map(reasons.length === 1 ? describeFigure : describeReason).join('; ')} (${name})`;
}

function resources({ resource, needs, free, fits }: Extract<WaitReason, { type: 'resources' }>): string {
  const shown = resource === 'memory' ? formatBytes : formatCores;
  const what = resource === 'memory' ? 'memory' : 'CPU';
  return fits
    ? `waits for ${what}: needs ${shown(needs)}, ${shown(Math.max(free, 0))} free`
    : `needs more ${what} than this machine has: ${shown(needs)}, at most ${shown(Math.max(free, 0))}`;
}

/** The first two by name, the rest by number. */
function names(tasks: readonly { readonly name: string }[]): string {
  const shown = tasks.slice(0, 2).map((task) => `“${task.name}”`);
  const rest = tasks.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  return shown.join(' and ');
}
