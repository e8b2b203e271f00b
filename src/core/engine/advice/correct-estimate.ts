import { quantile } from '../../model/quantile.ts';
import type { Recommendation } from '../../model/recommendation.ts';
import type { TaskType } from '../../model/task-type.ts';
import { coresOf } from '../needs/learned-needs.ts';
import { changeType } from './change-type.ts';
import { cores, megabytes } from './figures.ts';
import { FEWEST_OF_TYPE, type History } from './history.ts';

const LEVEL = 0.95;
const OFF = 2;
const HEADROOM = 1.1;
/** Below these nothing is gained by a better figure: a tenth of a core, 16 MB. */
const LEAST_CORES = 0.1;
const LEAST_MEMORY = 16e6;
const STEP = 1e6;

/** What a type's tasks are taken to need, where it is far from what they used. */
export function correctEstimates(history: History): Recommendation[] {
  return history.limits.types.flatMap((type) => correctEstimate(type, history) ?? []);
}

function correctEstimate(type: TaskType, { allRuns, limits }: History): Recommendation | undefined {
  const own = allRuns.filter((run) => run.type === type.name);
  const peaks = own.flatMap((run) => run.peakMemory ?? []);
  const loads = own.flatMap((run) => coresOf(run) ?? []);
  const memory = corrected(peaks, type.memory, LEAST_MEMORY, (p95) => Math.ceil(Math.round(p95 * HEADROOM) / STEP) * STEP);
  const cpu = corrected(loads, type.cpu, LEAST_CORES, (p95) => Math.round(p95 * 20) / 20);
  if (memory === undefined && cpu === undefined) return undefined;
  const parts = [
    ...(memory === undefined ? [] : [`up to ${megabytes(memory.p95)} of memory instead of ${megabytes(type.memory)} (${peaks.length} runs)`]),
    ...(cpu === undefined ? [] : [`up to ${cores(cpu.p95)} instead of ${cores(type.cpu)} (${loads.length} runs)`]),
  ];
  const change = { ...(memory !== undefined && { memory: memory.value }), ...(cpu !== undefined && { cpu: cpu.value }) };
  return {
    id: ['correct-estimate', type.name, ...[memory, cpu].flatMap((figure) => figure?.value ?? [])].join(' '),
    kind: 'correct-estimate',
    title: `Correct what \`${type.name}\` tasks are taken to need`,
    evidence: `95 % of \`${type.name}\` runs used ${parts.join(', and ')}.`,
    change: changeType(limits, type.name, change),
  };
}

function corrected(figures: readonly number[], now: number, least: number, round: (p95: number) => number): { readonly p95: number; readonly value: number } | undefined {
  const p95 = quantile(figures, LEVEL);
  if (p95 === undefined || figures.length < FEWEST_OF_TYPE) return undefined;
  const [measured, configured] = [Math.max(p95, least), Math.max(now, least)];
  return measured > OFF * configured || measured * OFF < configured ? { p95, value: Math.max(least, round(p95)) } : undefined;
}
