import { assertNever } from '../../base/assert-never.ts';
import { describeEvidence } from '../agents/describe-evidence.ts';
import type { Expectation, Outcome } from '../../model/outcome.ts';
import { formatBytes } from '../format/format-bytes.ts';
import { formatCores } from '../format/format-cores.ts';
import { formatDuration } from '../format/format-duration.ts';

/** How it ended, in a few words: `succeeded`, `failed (exit 2)`, `timed out after 90 s`. */
export function describeOutcome(outcome: Outcome): string {
  switch (outcome.type) {
    case 'succeeded':
    case 'cancelled':
      return outcome.type;
    case 'failed':
      return `failed (${failure(outcome)})`;
    case 'timedOut':
      return `timed out after ${formatDuration(outcome.afterMs)}`;
    case 'skipped':
      return `skipped (${outcome.reason === 'upstream' ? `“${outcome.name}” did not succeed` : `${outcome.program} is not installed`})`;
    case 'spawnFailed':
      return `could not start: ${outcome.message}`;
    case 'lost':
      return `lost: ${outcome.message}`;
    default:
      return assertNever(outcome);
  }
}

/** What was hoped for, to stand behind “expected”: `success`, `failure`, `exit 3`. */
export function describeExpectation(expected: Expectation): string {
  switch (expected.type) {
    case 'succeeded':
      return 'success';
    case 'failed':
      return 'failure';
    case 'exit':
      return `exit ${expected.code}`;
    default:
      return assertNever(expected);
  }
}

function failure(outcome: Extract<Outcome, { type: 'failed' }>): string {
  switch (outcome.reason) {
    case 'exit':
      return `exit ${outcome.code}`;
    case 'signal':
      return outcome.grownTo === undefined ? outcome.signal : `${outcome.signal} at ${formatBytes(outcome.grownTo)}, perhaps for lack of memory`;
    case 'agent':
      return describeEvidence(outcome.agent, outcome.evidence);
    case 'memory-pressure':
      return `ended because the machine was short of memory: ${formatBytes(outcome.available)} free`;
    case 'memory-limit':
      return `used ${formatBytes(outcome.used)}, its limit is ${formatBytes(outcome.limit)}`;
    case 'never-fits':
      return outcome.resource === 'memory'
        ? `needs ${formatBytes(outcome.needs)} of memory, this machine has ${formatBytes(outcome.has)}`
        : `needs ${formatCores(outcome.needs)}, this machine has ${formatCores(outcome.has)}`;
    default:
      return assertNever(outcome);
  }
}
