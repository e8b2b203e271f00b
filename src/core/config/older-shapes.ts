import { CONFIG_VERSION, type ConfigFile } from './config-files.ts';
import { isWord, olderCores, olderMemory, olderPercent, type MachineSize } from './older-amounts.ts';
import { olderSchedule } from './older-schedule.ts';
import { isPlain, type Move } from './translate.ts';

const LONGEST_PERIOD = 60;
const SHORTEST_PERIOD = 0.5;
const MEASURES = ['cpu', 'memory', 'disk'] as const;

/** Shapes of earlier versions of these files: names in snake_case, thresholds as plain percent, blocks per role. */
export function olderShapes(file: ConfigFile, machine: MachineSize): readonly Move[] {
  const version: Move = { from: 'version', when: (value) => value === 1 || value === '1' || value === '1.0', to: () => [[['version'], CONFIG_VERSION]] };
  switch (file) {
    case 'execution':
      return [version, ...thresholdMoves(), ...periodMoves(), ...roleMoves(machine)];
    case 'resource':
      return [version, ...thresholdMoves(), ...periodMoves(), ...resourceMoves()];
    case 'parallel':
      return [version, ...parallelMoves(machine)];
    case 'scheduler':
      return [version, ...schedulerMoves()];
  }
}

const isNumber = (value: unknown): boolean => typeof value === 'number';

function rename(from: string, to: string, change: (value: unknown) => unknown = (value) => value, when?: (value: unknown) => boolean): Move {
  const pattern = to.split('.');
  return { from, ...(when !== undefined && { when }), to: (value, names) => [[fill(pattern, names), change(value)]] };
}

function drop(from: string): Move {
  return { from, to: () => [] };
}

function named(roles: unknown, enabled: boolean): readonly (readonly [readonly string[], boolean])[] {
  return (roles as readonly unknown[]).map((name) => [['roles', String(name), 'enabled'], enabled]);
}

function fill(pattern: readonly string[], names: readonly string[]): readonly string[] {
  let next = 0;
  return pattern.map((part) => (part === '*' ? (names[next++] ?? '*') : part));
}

function thresholdMoves(): Move[] {
  return MEASURES.flatMap((measure) => {
    const enter = `thresholds.${measure}.enter`;
    const inside = [measure, `${measure}_percent`, `${measure}_threshold`, `${measure}_usage`, `${measure}_high`, `${measure}_warning`, `max_${measure}`, `max_${measure}_percent`, `max_${measure}_usage`];
    const containers = ['resource_thresholds', 'thresholds', 'resource_limits'];
    return [
      ...containers.flatMap((container) => inside.map((name) => rename(`${container}.${name}`, enter, olderPercent, isNumber))),
      ...[`${measure}_threshold`, `max_${measure}_percent`, `max_${measure}_usage`].map((name) => rename(name, enter, olderPercent, isNumber)),
      ...containers.flatMap((container) => [
        rename(`${container}.${measure}_critical`, `thresholds.${measure}.critical`, olderPercent),
        rename(`${container}.${measure}_release`, `thresholds.${measure}.release`, olderPercent),
        rename(`${container}.${measure}.high`, enter, olderPercent),
        rename(`${container}.${measure}.warning`, enter, olderPercent),
        rename(`${container}.${measure}.low`, `thresholds.${measure}.release`, olderPercent),
      ]),
      rename(`resource_thresholds.${measure}.critical`, `thresholds.${measure}.critical`, olderPercent),
    ];
  });
}

function periodMoves(): Move[] {
  const period = (value: unknown): unknown => (typeof value === 'number' && value > 0 ? Math.min(LONGEST_PERIOD, Math.max(SHORTEST_PERIOD, value)) : value);
  return ['monitoring_interval', 'monitor_interval', 'check_interval', 'sampling_interval'].map((name) => rename(name, 'samplePeriod', period));
}

function roleMoves(machine: MachineSize): Move[] {
  const cores = (value: unknown): unknown => olderCores(value, machine);
  const memory = (value: unknown): unknown => olderMemory(value, machine);
  const both = (from: string): Move => ({ from, when: isWord, to: (value, names) => [[fill(['roles', '*', 'requirement', 'cores'], names), cores(value)], [fill(['roles', '*', 'requirement', 'memory'], names), memory(value)]] });
  const requirement = (prefix: string): Move[] => [
    both(prefix),
    ...['cpu', 'cpu_percent', 'cpu_cores', 'cores'].map((name) => rename(`${prefix}.${name}`, 'roles.*.requirement.cores', cores)),
    ...['memory', 'memory_percent', 'memory_mb'].map((name) => rename(`${prefix}.${name}`, 'roles.*.requirement.memory', memory)),
    drop(`${prefix}.disk`),
    drop(`${prefix}.gpu`),
  ];
  return [
    ...['role_priorities', 'priorities'].map((name) => rename(`${name}.*`, 'roles.*.priority')),
    ...['role_requirements', 'resource_requirements', 'roles.*.resource_requirements', 'roles.*.resource_requirement'].flatMap((name) => requirement(name.includes('*') ? name : `${name}.*`)),
    ...['role_config', 'role_configs', 'role_options', 'role_settings'].map((name) => rename(`${name}.*`, 'roles.*.options', undefined, isPlain)),
    ...['config', 'settings'].map((name) => rename(`roles.*.${name}`, 'roles.*.options', undefined, isPlain)),
    rename('roles.*.description', 'roles.*.purpose'),
    rename('roles.*.name', 'roles.*.label'),
    { from: 'disabled_roles', when: Array.isArray, to: (value) => named(value, false) },
    { from: 'enabled_roles', when: Array.isArray, to: (value) => named(value, true) },
    drop('max_parallel_roles'),
    drop('max_concurrent_roles'),
  ];
}

function parallelMoves(machine: MachineSize): Move[] {
  const limit = 'types.*.limit';
  const inType = (names: readonly string[], to: string, change?: (value: unknown) => unknown): Move[] =>
    ['task_types', 'types'].flatMap((container) => names.map((name) => rename(`${container}.*.${name}`, to, change)));
  return [
    ...['max_parallel_tasks', 'max_concurrent_tasks', 'max_parallel', 'max_workers'].map((name) => rename(name, 'maxParallel')),
    ...['task_limits', 'concurrency_limits', 'task_type_limits', 'task_types', 'types'].map((name) => rename(`${name}.*`, limit, undefined, isNumber)),
    ...inType(['max_concurrent', 'max_parallel', 'concurrency'], limit),
    rename('task_types.*.limit', limit),
    ...inType(['cpu_requirement', 'cpu_cores', 'cpu_percent', 'cpu_usage'], 'types.*.cpu', (value) => olderCores(value, machine)),
    ...inType(['memory_requirement', 'memory_mb', 'memory_percent', 'memory_usage'], 'types.*.memory', (value) => olderMemory(value, machine)),
    rename('task_types.*.cpu', 'types.*.cpu', (value) => olderCores(value, machine)),
    rename('task_types.*.memory', 'types.*.memory', (value) => olderMemory(value, machine)),
    ...['description', 'priority'].flatMap((name) => [drop(`task_types.*.${name}`), drop(`types.*.${name}`)]),
    ...['memory_threshold', 'max_memory_percent'].map((name) => rename(name, 'memoryThreshold', olderPercent)),
    rename('execution_mode', 'executionMode', (value) => (typeof value === 'string' ? value.replaceAll('_', '-').toLowerCase() : value)),
    ...['agent_outputs', 'output_dir', 'output_directory'].map((name) => rename(name, 'agentOutputs')),
    ...['grace_seconds', 'shutdown_timeout'].map((name) => rename(name, 'graceSeconds')),
    ...['max_concurrent', 'max_parallel'].map((name) => rename(`agents.*.${name}`, 'agents.*.capacity')),
    rename('agents.pyautogen', 'agents.autogen'),
    ...['log_level', 'log_file', 'logging', 'enabled'].map(drop),
  ];
}

function resourceMoves(): Move[] {
  return [
    ...['adaptive_allocation', 'adaptive_strategy', 'adaptive_enabled', 'adaptive_scaling'].map((name) => rename(name, 'adaptive')),
    rename('dwell_seconds', 'dwellSeconds'),
    ...['history_size', 'history_length', 'history_file', 'log_level', 'log_file', 'enabled'].map(drop),
  ];
}

function schedulerMoves(): Move[] {
  const list = (value: unknown): unknown => (Array.isArray(value) ? (value as unknown[]) : Object.entries(value as object).map(([name, item]: [string, unknown]) => (isPlain(item) ? { name, ...item } : item))).map(olderSchedule);
  const isOlder = (value: unknown): boolean => isPlain(value) || (Array.isArray(value) && value.some((item) => isPlain(item) && ('schedule_type' in item || 'task_data' in item)));
  return [
    ...['scheduled_tasks', 'tasks'].map((name) => rename(name, 'schedules', list, (value) => isPlain(value) || Array.isArray(value))),
    rename('schedules', 'schedules', list, isOlder),
    ...['timezone', 'time_zone'].map((name) => rename(name, 'timeZone')),
    ...['check_interval', 'log_level', 'log_file', 'enabled', 'max_history'].map(drop),
  ];
}
