import type { Recommendation } from '../../model/recommendation.ts';
import { correctEstimates } from './correct-estimate.ts';
import type { History } from './history.ts';
import { lowerLimits } from './lower-limit.ts';
import { quietHours } from './quiet-hours.ts';
import { raiseLimits } from './raise-limit.ts';
import { scriptAdvice } from './script-advice.ts';

/** Advice from history, each with the figures behind it; none without enough runs. Pure. */
export function recommendations(history: History): Recommendation[] {
  const lower = lowerLimits(history);
  // A type whose tasks are in each other's way needs no more places, however long they wait.
  const crowded = new Set(lower.map(({ id }) => id.split(' ')[1]));
  const raise = raiseLimits(history).filter(({ id }) => !crowded.has(id.split(' ')[1]));
  return [...raise, ...lower, ...correctEstimates(history), ...scriptAdvice(history.scriptRuns), ...quietHours(history)];
}
