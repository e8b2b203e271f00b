/** Prefix of all settings. */
export const SECTION = 'parallelWorkflow';

/** Settings that an engine goes by, whoever reads them: a window or a command line. */
export const ENGINE_SETTINGS = {
  maxParallel: 'maxParallel',
  types: 'types',
  memoryThreshold: 'memoryThreshold',
  machineSamplePeriod: 'machine.samplePeriod',
  machineThresholds: 'machine.thresholds',
  machineDwellSeconds: 'machine.dwellSeconds',
  machineAdaptive: 'machine.adaptive',
  machineAdaptiveCeiling: 'machine.adaptiveCeiling',
  machineWhenCritical: 'machine.whenCritical',
  machineYieldFromPriority: 'machine.yieldFromPriority',
  machineShadow: 'machine.shadow',
  graceSeconds: 'graceSeconds',
  programs: 'programs',
  agentOutputs: 'agentOutputs',
  rolesDefinitions: 'roles.definitions',
  durability: 'durability',
  logRetentionDays: 'logRetention.days',
  logRetentionGigabytes: 'logRetention.gigabytes',
} as const;

export type EngineSettingKey = (typeof ENGINE_SETTINGS)[keyof typeof ENGINE_SETTINGS];

/** Settings about agents. */
export const AGENT_SETTINGS = {
  agentsClaudeProgram: 'agents.claude.program',
  agentsClaudeCapacity: 'agents.claude.capacity',
  agentsClaudeModel: 'agents.claude.model',
  agentsClaudeProjectHooks: 'agents.claude.projectHooks',
  agentsClaudeAllow: 'agents.claude.allow',
  agentsAutogenPython: 'agents.autogen.python',
  agentsAutogenCapacity: 'agents.autogen.capacity',
  agentsAutogenModel: 'agents.autogen.model',
  agentsAutogenBaseUrl: 'agents.autogen.baseUrl',
  agentsAutogenKeyVariable: 'agents.autogen.keyVariable',
  agentsVscodeCapacity: 'agents.vscode.capacity',
  agentsVscodeModel: 'agents.vscode.model',
  agentsHandover: 'agents.handover',
  agentsMaxTurns: 'agents.maxTurns',
  agentsMaxCost: 'agents.maxCost',
  agentsMaxCostPerDay: 'agents.maxCostPerDay',
} as const;

export type AgentSettingKey = (typeof AGENT_SETTINGS)[keyof typeof AGENT_SETTINGS];
