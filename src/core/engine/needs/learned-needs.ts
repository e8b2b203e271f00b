import { quantile } from '../../model/quantile.ts';
import type { Estimated } from '../../model/estimate.ts';
import { wantedCores } from './wanted-cores.ts';

/** What is learned from a past run. Durations are milliseconds, memory bytes. */
export interface PastRun {
  readonly args: string;
  readonly wallMs: number;
  readonly cpuMs: number | undefined;
  readonly waitedMs?: number | undefined;
  readonly peakMemory: number | undefined;
}

/** Fewer runs tell nothing. */
export const FEWEST = 3;
const LEVEL = 0.95;
/** Arguments matter when what runs with the same ones need differs by more than this from what all need. */
const MATTERS = 0.25;
/** Peaks are seen now and then, so they are a little too low. */
const HEADROOM = 1.05;
/** The start of an interpreter would pass for the work of a shorter run. */
const SHORTEST_MS = 300;
const LEAST_CORES = 0.05;

export interface LearnedNeeds {
  readonly cpu: Estimated | undefined;
  readonly memory: Estimated | undefined;
}

/** What the next run with these arguments will most likely not exceed, given its script's past; pure. */
export function learnedNeeds(runs: readonly PastRun[], args: string): LearnedNeeds {
  const cpu = learned(runs, args, coresOf);
  const memory = learned(runs, args, (run) => run.peakMemory);
  return {
    cpu: cpu && { ...cpu, value: Math.max(LEAST_CORES, Math.round(cpu.value * 100) / 100) },
    memory: memory && { ...memory, value: Math.ceil(memory.value * HEADROOM) },
  };
}

/** Cores that a run kept busy, or would have if it had not had to share them; `undefined` when it was too short to tell. */
export function coresOf({ wallMs, cpuMs, waitedMs = 0 }: Pick<PastRun, 'wallMs' | 'cpuMs' | 'waitedMs'>): number | undefined {
  return cpuMs === undefined || wallMs < SHORTEST_MS ? undefined : wantedCores(cpuMs, waitedMs, wallMs);
}

function learned(runs: readonly PastRun[], args: string, figureOf: (run: PastRun) => number | undefined): Estimated | undefined {
  const ofAll = high(runs, figureOf);
  const ofSame = high(runs.filter((run) => run.args === args), figureOf);
  if (ofAll === undefined || ofSame === undefined) return ofAll;
  return Math.abs(ofSame.value - ofAll.value) > MATTERS * ofAll.value ? ofSame : ofAll;
}

function high(runs: readonly PastRun[], figureOf: (run: PastRun) => number | undefined): Estimated | undefined {
  const figures = runs.flatMap((run) => figureOf(run) ?? []);
  return figures.length < FEWEST ? undefined : { value: quantile(figures, LEVEL)!, source: 'learned', runs: figures.length };
}
