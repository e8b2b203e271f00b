/** Who can carry out a prompt. */
export const AGENT_NAMES = ['claude', 'autogen', 'vscode'] as const;

export type AgentName = (typeof AGENT_NAMES)[number];

/** Whom a prompt is for; `auto` leaves it to the routing. */
export type AgentChoice = 'auto' | AgentName;

/**
 * How far an agent is known to be of use. `credentials`: somebody is logged in, which may have expired since; `proved`: a turn
 * succeeded; `limited`: its service takes no more until a time; `failing`: its last run ended for a reason that will not go away by itself.
 */
export type AgentStatus = 'notInstalled' | 'installed' | 'credentials' | 'proved' | 'limited' | 'failing';

/** What is known of an agent on this machine. */
export interface AgentState {
  readonly name: AgentName;
  readonly status: AgentStatus;
  /** The program, or the interpreter that has its modules; absolute. */
  readonly program?: string;
  readonly version?: string;
  /** Which of several products of that name it is, such as `AutoGen 0.4+` or `AG2`. */
  readonly flavour?: string;
  /** Models it offers, as far as it tells without being asked to work. */
  readonly models: readonly string[];
  /** Why it is limited or failing, or what is missing. */
  readonly why?: string;
  /** Until when it is limited; milliseconds since the epoch. */
  readonly until?: number;
  /** What a person can do about it. */
  readonly next?: string;
  /** Milliseconds since the epoch. */
  readonly checkedAt: number;
}

/** Whether prompts may be given to it now. */
export function isAvailable({ status, until }: AgentState, now: number): boolean {
  if (status === 'limited') return until !== undefined && until <= now;
  return status === 'credentials' || status === 'proved';
}

/** The resource class of prompts that nobody has been found for; of others it is their agent's name. */
export const PROMPT_TYPE = 'prompt';

/** The resource classes of prompts. Their limits follow from the agents' states, not from settings of types. */
export function isPromptType(type: string): boolean {
  return type === PROMPT_TYPE || (AGENT_NAMES as readonly string[]).includes(type);
}
