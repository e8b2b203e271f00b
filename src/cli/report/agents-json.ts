import type { AgentsView } from '../../core/model/agents/agents-view.ts';
import { isoTime } from './iso-time.ts';

/** The agents for programs: times in ISO 8601. */
export function agentsJson(view: AgentsView): unknown {
  return {
    ...view,
    agents: view.agents.map((agent) => ({
      ...agent,
      ...(agent.until !== undefined && { until: isoTime(agent.until) }),
      ...(agent.provedAt !== undefined && { provedAt: isoTime(agent.provedAt) }),
      checkedAt: isoTime(agent.checkedAt),
    })),
    pinned: view.pinned ?? null,
    sessions: view.sessions.map((session) => ({ ...session, startedAt: isoTime(session.startedAt) })),
  };
}
