import type { TaskSpec } from '../../model/spec.ts';
import type { RunEnd, StoredRun } from '../../store/run-table.ts';

/** More than was set aside, and more than was seen: peaks are seen now and then. */
const OF_RESERVED = 1.5;
const OF_PEAK = 1.25;
/** Whoever used less than this share of what was set aside for him did not die for lack of it. */
const SUSPICIOUS = 0.5;
/** A guess is high on purpose. */
const SUSPICIOUS_OF_GUESS = 1 / 16;

/**
 * Bytes to set aside for the next run after one that died for lack of memory: it went over its limit, or somebody other than
 * us, most likely the system, killed it when it had grown. `undefined` after any other end.
 */
export function memoryWanted({ memoryLimit }: Pick<TaskSpec, 'memoryLimit'>, { reservedMemory: reserved, memoryFrom }: Pick<StoredRun, 'reservedMemory' | 'memoryFrom'>, { outcome, peakMemory = 0 }: Pick<RunEnd, 'outcome' | 'peakMemory'>): number | undefined {
  if (outcome.type !== 'failed') return undefined;
  const overLimit = outcome.reason === 'memory-limit';
  const killed = outcome.reason === 'signal' && outcome.signal === 'SIGKILL' && peakMemory > 0 && peakMemory >= (memoryFrom === 'guess' ? SUSPICIOUS_OF_GUESS : SUSPICIOUS) * reserved;
  if (!overLimit && !killed) return undefined;
  const peak = Math.max(peakMemory, overLimit ? outcome.used : 0);
  const wanted = Math.max(OF_RESERVED * reserved, OF_PEAK * peak);
  // Above its limit it would be ended again: there is no use in ever more.
  return Math.ceil(memoryLimit === undefined ? wanted : Math.min(wanted, Math.max(reserved, OF_PEAK * Math.max(peak, memoryLimit))));
}
