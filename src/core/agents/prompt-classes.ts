import { AGENT_LABELS, AGENT_NAMES, type AgentName } from '../model/agents/agent.ts';
import { PROMPT_CLASSES, type TaskType } from '../model/task-type.ts';
import type { WaitReason } from '../model/wait-reason.ts';
import type { AgentsNow } from './agents-now.ts';

type AgentReason = Extract<WaitReason, { type: 'agent' }>;

/** The resource classes of prompts as they are now: how many prompts each agent carries out at once, or why it may not be given any. Pure. */
export function promptClasses(now: AgentsNow): readonly TaskType[] {
  return PROMPT_CLASSES.map((type) => {
    const name = AGENT_NAMES.find((other) => other === type.name);
    const shut = name === undefined ? nobody(now) : whyShut(name, now);
    return shut === undefined ? { ...type, limit: now.agents[name!].capacity } : { ...type, limit: 0, shut };
  });
}

/** Why an agent may not be given prompts. */
export function whyShut(name: AgentName, now: AgentsNow): AgentReason | undefined {
  const { state, capacity, isUsable } = now.agents[name];
  const { mode, spentUp } = now;
  const reason = { type: 'agent', agent: name, status: state?.status } as const;
  if (spentUp !== undefined) return { ...reason, why: costs(spentUp), until: spentUp.until };
  if (capacity === 0) return { ...reason, why: 'the settings give it no prompts', until: undefined };
  if (!isUsable) return { ...reason, why: state === undefined ? 'it was not looked for yet' : (state.why ?? standing(name, state.status)), until: state?.status === 'limited' ? state.until : undefined };
  // An agent may be there and still not be asked: somebody pinned the mode.
  if (mode === 'no-agent' || (mode === 'claude-only' && name !== 'claude')) return { ...reason, why: `somebody pinned the execution mode to \`${mode}\``, until: undefined };
  return undefined;
}

/** Why prompts that nobody was found for wait: for the agent that is back first, if one of them is expected. */
function nobody(now: AgentsNow): AgentReason {
  const reason = { type: 'agent', agent: 'auto', status: undefined, why: undefined, until: undefined } as const;
  const shut = AGENT_NAMES.flatMap((agent) => whyShut(agent, now) ?? []);
  // One goes to it in a moment.
  if (shut.length < AGENT_NAMES.length) return reason;
  const [first] = shut.filter(({ until }) => until !== undefined).sort((a, b) => a.until! - b.until!);
  if (now.spentUp !== undefined || (now.isPinned && now.mode === 'no-agent')) return { ...reason, why: shut[0]!.why, until: shut[0]!.until };
  const shown = first ?? shut.find(({ status }) => status !== undefined && status !== 'notInstalled');
  return shown === undefined ? { ...reason, why: 'none is there' } : { ...shown, agent: 'auto', why: `${AGENT_LABELS[shown.agent as AgentName]} (${shown.why})` };
}

function standing(name: AgentName, status: NonNullable<AgentsNow['agents'][AgentName]['state']>['status']): string {
  if (status === 'notInstalled') return name === 'vscode' ? 'no window offers a model' : 'it is not installed';
  return status === 'installed' ? 'nobody is logged in' : `it is ${status}`;
}

function costs({ spent, limit }: { readonly spent: number; readonly limit: number }): string {
  return `the prompts of today cost $${spent.toFixed(2)} of at most $${limit.toFixed(2)}`;
}
