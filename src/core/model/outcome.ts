import { assertNever } from '../base/assert-never.ts';
import type { AgentEvidence } from './agents/agent-evidence.ts';
import type { AgentName } from './agents/agent.ts';
import type { TaskId } from './ids.ts';

/** How a task or one of its runs ended. */
export type Outcome =
  | { readonly type: 'succeeded' }
  | { readonly type: 'failed'; readonly reason: 'exit'; readonly code: number }
  /** `grownTo`: bytes that it used when, most likely for lack of memory, somebody other than us killed it. */
  | { readonly type: 'failed'; readonly reason: 'signal'; readonly signal: string; readonly grownTo?: number }
  | { readonly type: 'failed'; readonly reason: 'memory-limit'; readonly limit: number; readonly used: number }
  | { readonly type: 'failed'; readonly reason: 'memory-pressure'; readonly available: number }
  /** It never ran: the machine does not have what it needs, cores or bytes. */
  | { readonly type: 'failed'; readonly reason: 'never-fits'; readonly resource: 'cpu' | 'memory'; readonly needs: number; readonly has: number }
  /** A prompt that its agent did not bring to an end. */
  | { readonly type: 'failed'; readonly reason: 'agent'; readonly agent: AgentName; readonly evidence: AgentEvidence }
  | { readonly type: 'cancelled' }
  | { readonly type: 'timedOut'; readonly afterMs: number }
  | { readonly type: 'skipped'; readonly reason: 'upstream'; readonly task: TaskId; readonly name: string }
  | { readonly type: 'skipped'; readonly reason: 'missing-program'; readonly program: string }
  | { readonly type: 'spawnFailed'; readonly message: string }
  | { readonly type: 'lost'; readonly message: string };

/** What a batch expects of a task. */
export type Expectation =
  | { readonly type: 'succeeded' }
  | { readonly type: 'failed' }
  | { readonly type: 'exit'; readonly code: number };

/** Whether the outcome is what the spec said it should be. A task skipped for a missing program is as expected: its spec allowed that. */
export function isAsExpected(outcome: Outcome, expected: Expectation): boolean {
  if (outcome.type === 'skipped' && outcome.reason === 'missing-program') return true;
  switch (expected.type) {
    case 'succeeded':
      return outcome.type === 'succeeded';
    case 'failed':
      return outcome.type === 'failed' && outcome.reason !== 'never-fits';
    case 'exit':
      return expected.code === 0
        ? outcome.type === 'succeeded'
        : outcome.type === 'failed' && outcome.reason === 'exit' && outcome.code === expected.code;
    default:
      return assertNever(expected);
  }
}

/** Whether the work itself went wrong: not as expected, and neither called off by somebody nor skipped because of another task. */
export function isFailure(outcome: Outcome, expected: Expectation): boolean {
  return outcome.type !== 'cancelled' && outcome.type !== 'skipped' && !isAsExpected(outcome, expected);
}

/** Whether a retry may mend it: the work itself went wrong, nobody decided against it. */
export function isRetryable(outcome: Outcome): boolean {
  if (outcome.type === 'failed') return outcome.reason === 'agent' ? outcome.evidence.type === 'crashed' || outcome.evidence.type === 'failed' : outcome.reason !== 'never-fits';
  return outcome.type === 'timedOut' || outcome.type === 'lost';
}
