import type { AgentState } from '../model/agents/agent.ts';
import { withoutTrouble } from './without-trouble.ts';

/** A limit ends at its time by itself: the state without one that is over. */
export function settledState(state: AgentState, now: number): AgentState {
  if (state.status !== 'limited' || state.until === undefined || state.until > now) return state;
  return { ...withoutTrouble(state), status: 'credentials' };
}
