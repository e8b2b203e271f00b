import type { AgentState } from '../model/agents/agent.ts';
import { settledState } from './settled-state.ts';

/** What a look at the machine told; `isSure` is false when a program did not answer in time. */
export interface Looked {
  readonly state: AgentState;
  readonly isSure: boolean;
}

/**
 * What is known of an agent after a look. What runs have shown stays: a look cannot tell whether a service takes work. Only
 * that the agent is gone or logged out, or is another one than it was, counts for more. Pure.
 *
 * @param isAsked A person wants to know: what failed, or was refused for its login, is given another try.
 */
export function stateAfterLook(stored: AgentState | undefined, { state, isSure }: Looked, isAsked: boolean): AgentState {
  if (stored === undefined) return state;
  const before = settledState(stored, state.checkedAt);
  const provedAt = before.provedAt === undefined ? {} : { provedAt: before.provedAt };
  if (!isSure && before.program === state.program) return { ...before, checkedAt: state.checkedAt };
  if (state.status !== 'credentials' || before.byRun === undefined || !isSameAgent(before, state)) return { ...state, ...provedAt };
  const mayBeBetter = before.status === 'failing' || before.status === 'installed' || (before.status === 'limited' && before.until === undefined);
  if (before.status === 'notInstalled' || (isAsked && mayBeBetter)) return { ...state, ...provedAt };
  return { ...before, models: state.models, checkedAt: state.checkedAt };
}

function isSameAgent(a: AgentState, b: AgentState): boolean {
  return a.program === b.program && a.version === b.version && a.flavour === b.flavour && a.login === b.login;
}
