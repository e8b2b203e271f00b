import type { ModeFacts } from '../../agents/execution-mode.ts';
import { AGENT_NAMES } from '../../model/agents/agent.ts';
import type { Store } from '../../store/store.ts';

/** Queued prompts that are looked at to tell who is asked for: it is done twice a second. */
const MOST_ASKED = 500;

/** All that the execution mode depends on, as the store has it. */
export function modeFacts(store: Store, now: number): ModeFacts {
  const queued = store.agents.queuedFor(MOST_ASKED);
  return {
    agents: store.agents.all().map(({ state }) => state),
    wanted: AGENT_NAMES.filter((name) => queued.some(({ agent }) => agent === name)),
    pinned: store.settings.pinnedMode(),
    pinnedBy: store.settings.pinnedBy(),
    now,
  };
}
