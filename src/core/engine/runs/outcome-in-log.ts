import type { Outcome } from '../../model/outcome.ts';

/** How a run ended as the log tells it, in the words of everywhere else, but every figure unrounded: `succeeded`, `failed (exit 2)`. */
export function outcomeInLog(outcome: Outcome): string {
  switch (outcome.type) {
    case 'failed':
      if (outcome.reason === 'exit') return `failed (exit ${outcome.code})`;
      if (outcome.reason === 'signal') return `failed (${outcome.signal}${outcome.grownTo === undefined ? '' : `, grown to ${outcome.grownTo}`})`;
      return `failed (${factsOf(outcome)})`;
    case 'timedOut':
      return `timed out after ${outcome.afterMs} ms`;
    case 'spawnFailed':
      return `could not start: ${outcome.message}`;
    case 'lost':
      return `lost: ${outcome.message}`;
    case 'skipped':
      return `skipped (${factsOf(outcome)})`;
    case 'succeeded':
    case 'cancelled':
      return outcome.type;
  }
}

/** `memory-limit, limit 1000, used 2000` */
function factsOf({ type: _, reason, ...facts }: Extract<Outcome, { type: 'failed' | 'skipped' }>): string {
  return [reason, ...Object.entries(facts).map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)].join(', ');
}
