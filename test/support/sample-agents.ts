import type { AgentsView } from '../../src/core/model/agents/agents-view.ts';
import type { AgentName } from '../../src/core/model/agents/agent.ts';
import type { ShownAgent } from '../../src/core/present/agents/present-agent.ts';

/** An agent that is ready and has nothing to do, unless told otherwise. */
export function sampleAgent(name: AgentName, given: Partial<ShownAgent> = {}): ShownAgent {
  return { name, status: 'proved', models: [], checkedAt: 1_000_000, capacity: 2, running: 0, waiting: 0, costToday: 0, ...given };
}

/** Claude alone, unless told otherwise. */
export function sampleAgents(given: Partial<AgentsView> = {}): AgentsView {
  return {
    agents: [
      sampleAgent('claude', { version: '2.1.329', capacity: 4 }),
      sampleAgent('autogen', { status: 'notInstalled', why: 'python3 does not have it', next: 'Install it there.', need: 'install' }),
      sampleAgent('vscode', { status: 'notInstalled', why: 'no window offers a model', next: 'Sign in.', need: 'model' }),
    ],
    mode: 'claude-only', reason: 'Claude Code is there.', pinned: undefined, stranded: 0, sessions: [], ...given,
  };
}
