import { UserError } from '../base/user-error.ts';
import { AGENT_NAMES } from '../model/agents/agent.ts';
import type { AgentSettings } from '../model/agents/agent-settings.ts';

/** @throws UserError when a figure makes no sense. */
export function checkAgentSettings(settings: AgentSettings): void {
  for (const name of AGENT_NAMES) {
    const { capacity } = settings[name];
    if (!Number.isInteger(capacity) || capacity < 0) throw new UserError(`Expected the capacity of \`${name}\` to be an integer ≥ 0, got \`${capacity}\`:`, 'so many prompts are carried out at once.');
  }
  for (const key of ['maxTurns', 'maxCost', 'maxCostPerDay'] as const) {
    const value = settings[key];
    if (value !== undefined && !(value > 0)) throw new UserError(`Expected \`${key}\` to be above 0, got \`${value}\`:`, 'leave it out for no limit.');
  }
}
