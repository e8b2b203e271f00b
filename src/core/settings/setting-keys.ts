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
