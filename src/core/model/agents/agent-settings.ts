/** What a person decides about agents. Costs are US dollars. */
export interface AgentSettings {
  readonly claude: {
    /** Its program, instead of the one that is found. */
    readonly program?: string;
    /** How many prompts it carries out at once. */
    readonly capacity: number;
    readonly model?: string;
    /** Whether the hooks and MCP servers of a trusted project are loaded. */
    readonly projectHooks: boolean;
    /** What it may do unasked beside editing: rules in Claude Code's own form, such as `Bash(npm test)`. */
    readonly allow?: readonly string[];
  };
  readonly autogen: {
    readonly python?: string;
    readonly capacity: number;
    readonly model?: string;
    /** Of an OpenAI-compatible service; the environment's `OPENAI_BASE_URL` otherwise. */
    readonly baseUrl?: string;
    /** Name of the environment variable that holds the key. */
    readonly keyVariable: string;
  };
  readonly vscode: {
    readonly capacity: number;
    /** Id or family of the model; the first one otherwise. */
    readonly model?: string;
  };
  /** Whether work may go from one agent to another, where the task does not say. */
  readonly handover: 'allow' | 'never';
  /** Of one prompt, where the task does not say; no limit when undefined. */
  readonly maxTurns: number | undefined;
  readonly maxCost: number | undefined;
  /** Of all prompts between two midnights. */
  readonly maxCostPerDay: number | undefined;
}

export const DEFAULT_AGENT_SETTINGS: AgentSettings = {
  claude: { capacity: 4, projectHooks: false },
  autogen: { capacity: 2, keyVariable: 'OPENAI_API_KEY' },
  vscode: { capacity: 2 },
  handover: 'allow',
  maxTurns: undefined,
  maxCost: undefined,
  maxCostPerDay: undefined,
};
