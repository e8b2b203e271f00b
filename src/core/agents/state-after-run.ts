import { assertNever } from '../base/assert-never.ts';
import type { AgentEvidence } from '../model/agents/agent-evidence.ts';
import { AGENT_LABELS, type AgentState } from '../model/agents/agent.ts';
import { withoutTrouble } from './without-trouble.ts';

/** One fault may be the prompt's; so many in a row are the agent's. */
const MOST_FAULTS = 3;
/** How long an agent is left alone where its service does not say; milliseconds. */
const REST_MS = { rateLimited: 5 * 60_000, overloaded: 30_000, unreachable: 60_000 } as const;

/** What is known of an agent after one of its runs. Pure; `now` in milliseconds since the epoch. */
export function stateAfterRun(before: AgentState, evidence: AgentEvidence, now: number): AgentState {
  const { faults = 0 } = before;
  const who = AGENT_LABELS[before.name];
  const seen = { ...withoutTrouble(before), byRun: true, checkedAt: now } as const;
  const rest = (type: keyof typeof REST_MS, why: string, until = now + REST_MS[type]): AgentState => ({ ...seen, status: 'limited', why, until });
  switch (evidence.type) {
    case 'completed':
      return { ...seen, status: 'proved', provedAt: now };
    case 'notInstalled':
      return { ...seen, status: 'notInstalled', why: `${evidence.program} is not there any more`, next: `Install ${who}, then refresh.`, need: 'install' };
    case 'notLoggedIn':
      return { ...seen, status: 'installed', why: 'its service does not accept the login', next: `Log in to ${who} again, then refresh.`, need: 'login' };
    case 'rateLimited':
      return rest('rateLimited', 'its service takes no more for now', evidence.until);
    case 'overloaded':
      return rest('overloaded', 'its service is overloaded');
    case 'unreachable':
      return rest('unreachable', 'its service cannot be reached');
    case 'refused':
    case 'budget':
      // It did its work up to there.
      return before;
    case 'crashed':
    case 'failed':
      if (faults + 1 < MOST_FAULTS) return { ...before, faults: faults + 1, checkedAt: now };
      return { ...seen, status: 'failing', faults: faults + 1, why: evidence.message, next: 'Read the log of its last run, then refresh.', need: 'look' };
    default:
      return assertNever(evidence);
  }
}
