/** Who can carry out a prompt. */
export const AGENT_NAMES = ['claude', 'autogen', 'vscode'] as const;

export type AgentName = (typeof AGENT_NAMES)[number];

/** What people call the agents. */
export const AGENT_LABELS: Readonly<Record<AgentName, string>> = { claude: 'Claude Code', autogen: 'AutoGen', vscode: 'VS Code' };

/** Whom a prompt is for; `auto` leaves it to the routing. */
export type AgentChoice = 'auto' | AgentName;

/**
 * How far an agent is known to be of use. `credentials`: somebody is logged in, which may have expired since; `proved`: a turn
 * succeeded; `limited`: its service takes no more until a time; `failing`: its last run ended for a reason that will not go away by itself.
 */
export type AgentStatus = 'notInstalled' | 'installed' | 'credentials' | 'proved' | 'limited' | 'failing';

/** What an agent lacks that a person can give it. */
export type AgentNeed = 'install' | 'update' | 'login' | 'key' | 'model' | 'look';

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
  /** What a person can do about it, in a sentence. */
  readonly next?: string;
  readonly need?: AgentNeed;
  /** How somebody is logged in, such as `claude.ai` or `API key`; never the key. */
  readonly login?: string;
  /** A run has shown it, and a mere look at what is installed cannot contradict it. */
  readonly byRun?: true;
  /** When a turn last succeeded; milliseconds since the epoch. */
  readonly provedAt?: number;
  /** Runs in a row that ended by a fault of the agent. */
  readonly faults?: number;
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
