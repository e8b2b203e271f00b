import type { Recommendation } from '../model/recommendation.ts';
import { correctEstimates } from './advice/correct-estimate.ts';
import type { History } from './advice/history.ts';
import { lowerLimits } from './advice/lower-limit.ts';
import { quietHours } from './advice/quiet-hours.ts';
import { raiseLimits } from './advice/raise-limit.ts';
import { scriptAdvice } from './advice/script-advice.ts';

/** Advice from history, each with the figures behind it; none without enough runs. Pure. */
export function recommendations(history: History): Recommendation[] {
  const lower = lowerLimits(history);
  // A type whose tasks are in each other's way needs no more places, however long they wait.
  const crowded = new Set(lower.map(({ id }) => id.split(' ')[1]));
  const raise = raiseLimits(history).filter(({ id }) => !crowded.has(id.split(' ')[1]));
  return [...raise, ...lower, ...correctEstimates(history), ...scriptAdvice(history.scriptRuns), ...quietHours(history)];
}
