import { stateAfterLook, type Looked } from '../../agents/state-after-look.ts';
import { windowAgent } from '../../agents/window-agent.ts';
import { AGENT_LABELS, type AgentState } from '../../model/agents/agent.ts';
import { DEFAULT_AGENT_SETTINGS } from '../../model/agents/agent-settings.ts';
import type { Store } from '../../store/store.ts';

/**
 * Part of a writing transaction: keeps what looks have told, and what the windows offer by now.
 *
 * @returns What became another, in words for the log.
 */
export function keepLooked(store: Store, looked: readonly Looked[], isAsked: boolean, now: number): readonly string[] {
  const stored = new Map(store.agents.all().map(({ state }) => [state.name, state]));
  const settings = store.settings.agents() ?? DEFAULT_AGENT_SETTINGS;
  const inWindows: Looked = { state: windowAgent(store.windowModels.all(), settings.vscode, now), isSure: true };
  return [...looked, inWindows].flatMap((look) => {
    const before = stored.get(look.state.name);
    const after = stateAfterLook(before, look, isAsked);
    store.agents.set(after);
    return before?.status === after.status ? [] : [changeOf(before, after)];
  });
}

function changeOf(before: AgentState | undefined, { name, status, version, program, why }: AgentState): string {
  const where = program === undefined ? '' : ` (${[version, program].filter((part) => part !== undefined).join(', ')})`;
  return `${AGENT_LABELS[name]}: ${before === undefined ? '' : `${before.status} → `}${status}${where}${why === undefined ? '' : `: ${why}`}`;
}
