import { assertNever } from '../../base/assert-never.ts';
import type { AgentEvidence } from '../../model/agents/agent-evidence.ts';
import type { AgentName } from '../../model/agents/agent.ts';
import { dateAndTime } from '../format/date-and-time.ts';
import { agentLabel } from './agent-label.ts';

const LIMITS = { turns: 'turns', cost: 'cost', costPerDay: 'cost of a day' } as const;

/** How an agent's turn ended, as half a sentence: `Claude Code is not logged in`. */
export function describeEvidence(agent: AgentName, evidence: AgentEvidence): string {
  const who = agentLabel(agent);
  switch (evidence.type) {
    case 'completed':
      return `${who} came to an end`;
    case 'notInstalled':
      return `${who} is not installed: there is no ${evidence.program}`;
    case 'notLoggedIn':
      return `${who} is not logged in`;
    case 'rateLimited':
      return `${who} is limited${evidence.until === undefined ? '' : ` until ${dateAndTime(evidence.until)}`}`;
    case 'overloaded':
      return `the service of ${who} is overloaded${evidence.status === undefined ? '' : ` (${evidence.status})`}`;
    case 'unreachable':
      return `the service of ${who} cannot be reached`;
    case 'refused':
      return `${who} declined: ${evidence.why}`;
    case 'budget':
      return `${who} reached its limit of ${LIMITS[evidence.limit]}`;
    case 'crashed':
      return `the program of ${who} broke off: ${evidence.message}`;
    case 'failed':
      return `${who} failed: ${evidence.message}`;
    default:
      return assertNever(evidence);
  }
}
