import type { AgentSettings } from '../model/agents/agent-settings.ts';
import { detectAutogen } from './detect-autogen.ts';
import { detectClaude } from './detect-claude.ts';
import type { Looked } from './state-after-look.ts';
import type { Surroundings } from './surroundings.ts';

/** Looks for the agents that are programs. Windows tell of VS Code's models themselves. */
export type DetectAgents = (settings: AgentSettings, signal: AbortSignal) => Promise<readonly Looked[]>;

/** Side by side, each within its own time. */
export function agentDetector(around: Surroundings): DetectAgents {
  return ({ claude, autogen }, signal) => {
    const deadline = around.now() + around.limits.allMs;
    return Promise.all([detectClaude(claude, around, deadline, signal), detectAutogen(autogen, around, deadline, signal)]);
  };
}
