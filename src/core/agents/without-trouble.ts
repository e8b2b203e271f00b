import type { AgentState } from '../model/agents/agent.ts';

type Trouble = 'why' | 'next' | 'need' | 'until' | 'byRun' | 'faults';
const TROUBLE: readonly Trouble[] = ['why', 'next', 'need', 'until', 'byRun', 'faults'];

/** What lasts of a state: which agent it is, without what ails it. */
export function withoutTrouble(state: AgentState): Omit<AgentState, Trouble> {
  const copy: { -readonly [K in keyof AgentState]: AgentState[K] } = { ...state };
  for (const key of TROUBLE) delete copy[key];
  return copy;
}
