import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConfigFile } from '../../../../src/core/config/config-files.ts';
import { parseConfig } from '../../../../src/core/config/parse-config.ts';

const MACHINE = { cores: 8, memory: 16 * 2 ** 30 };

function parse(file: ConfigFile, config: unknown) {
  return parseConfig(file, JSON.stringify(config, null, 2), MACHINE);
}

function values(file: ConfigFile, config: unknown): Record<string, unknown> {
  const parsed = parse(file, config);
  assert.ok(parsed.values, JSON.stringify(parsed.problems));
  return Object.fromEntries(parsed.values.map(({ key, value }) => [key, value]));
}

test('thresholds in percent, priorities in words and blocks per role', () => {
  const config = {
    resource_thresholds: { cpu: 80, memory: 75, disk: 90 },
    monitoring_interval: 30,
    role_priorities: { agent_simulations: 'high', gui_testing: 'low' },
    resource_requirements: { agent_simulations: { cpu: 25, memory: 50 }, gui_testing: 'high', script_assessment: { cpu: 0.5, memory: 200 } },
    role_config: { gui_testing: { command: 'pytest' } },
    disabled_roles: ['project_management'],
  };
  assert.deepEqual(values('execution', config), {
    'machine.thresholds': { cpu: { enter: 80 }, memory: { enter: 75 }, disk: { enter: 90 } },
    'machine.samplePeriod': 30,
    'roles.definitions': {
      agent_simulations: { priority: 'high', requirement: { cores: 2, memory: 8 * 2 ** 30 } },
      gui_testing: { priority: 'low', requirement: { cores: 2, memory: '1 GB' }, options: { command: 'pytest' } },
      script_assessment: { requirement: { cores: 0.5, memory: 200 * 2 ** 20 } },
      project_management: { enabled: false },
    },
  });
});

test('per-role blocks with a description and requirements inside', () => {
  assert.deepEqual(values('execution', { roles: { gui_testing: { priority: 2, description: 'Clicks', enabled: true, resource_requirements: { cpu_cores: 1, memory_mb: 300 }, config: { browser: 'firefox' } } } }), {
    'roles.definitions': { gui_testing: { priority: 2, purpose: 'Clicks', enabled: true, requirement: { cores: 1, memory: 300 * 2 ** 20 }, options: { browser: 'firefox' } } },
  });
});

test('limits per type of task, as a number or in a block', () => {
  assert.deepEqual(values('parallel', { max_parallel_tasks: 6, task_types: { simulation: 2, blender_task: { max_concurrent: 1, cpu_requirement: 'high', memory_mb: 2048, description: 'x' } }, execution_mode: 'claude_only' }), {
    maxParallel: 6,
    types: { simulation: { limit: 2 }, blender_task: { limit: 1, cpu: 2, memory: 2048 * 2 ** 20 } },
    'agents.executionMode': 'claude-only',
  });
});

test('shares of one are percent as well', () => {
  assert.deepEqual(values('resource', { cpu_threshold: 0.85, memory_threshold: 85, adaptive_allocation: true }), {
    'machine.thresholds': { cpu: { enter: 85 }, memory: { enter: 85 } },
    'machine.adaptive': true,
  });
});

test('every kind of schedule', () => {
  const task = { script_path: 'a.py', task_type: 'utility', priority: 5 };
  const schedule = (type: string, params: object, more: object = {}) => ({ name: type, task_data: task, schedule_type: type, schedule_params: params, ...more });
  const written = { script: 'a.py', type: 'utility', priority: 5 };
  assert.deepEqual(
    values('scheduler', {
      check_interval: 60,
      scheduled_tasks: [
        schedule('interval', { minutes: 30 }),
        schedule('daily', { time: '12:00' }),
        schedule('weekly', { day_of_week: 0, time: '08:00' }),
        schedule('monthly', { day: 31, time: '23:30' }),
        schedule('one_time', { datetime: '2030-01-31T08:00:00' }, { enabled: false }),
      ],
    }).schedules,
    [
      { name: 'interval', every: '30 m', tasks: [written] },
      { name: 'daily', daily: '12:00', tasks: [written] },
      { name: 'weekly', weekly: { days: ['monday'], time: '08:00' }, tasks: [written] },
      { name: 'monthly', monthly: { day: 31, time: '23:30' }, tasks: [written] },
      { name: 'one_time', once: '2030-01-31T08:00:00', tasks: [written], paused: true },
    ],
  );
});

test('what has no meaning any more is told and ignored; what is wrong is told where it stands', () => {
  const parsed = parse('resource', { history_file: 'x.json', cpu_threshold: 300, dwell_seconds: 7 });
  assert.deepEqual(parsed.problems.map(({ severity, place }) => [severity, place.line + 1]), [['warning', 2], ['error', 3], ['hint', 1]]);
  assert.deepEqual([parsed.said, parsed.today], [{ thresholds: { cpu: {} }, dwellSeconds: 7 }, undefined]);
});

test('today’s text of an older one says the same, and is not older', () => {
  const older = parse('execution', { resource_thresholds: { cpu: 80 }, role_priorities: { gui_testing: 'low' } });
  assert.ok(older.today);
  const again = parse('execution', older.today);
  assert.deepEqual([again.problems, again.today], [[], undefined]);
  assert.deepEqual(again.values?.map(({ key, value }) => [key, value]), older.values?.map(({ key, value }) => [key, value]));
});

test('names may have dots, and none reaches what all objects have in common', () => {
  assert.deepEqual(values('parallel', { task_limits: { 'py3.11': 2 }, task_types: { 'a.b': { max_concurrent: 1 } } }), { types: { 'py3.11': { limit: 2 }, 'a.b': { limit: 1 } } });
  const before = Object.getOwnPropertyNames(Object.prototype);
  const wrong = [
    ['execution', '{"disabled_roles": ["__proto__"]}', '`disabled_roles`: `__proto__` cannot be a name; choose another; it is left out'],
    ['execution', '{"role_priorities": {"__proto__.isTrusted": 1}}', undefined],
    ['execution', '{"role_priorities": {"__proto__": 1}}', 'This is no JSON: a field called `__proto__`; the file is not in force'],
    ['execution', '{"roles": {"checks": {"options": {"__proto__": {"enabled": true}}}}}', 'This is no JSON: a field called `__proto__`; the file is not in force'],
    ['parallel', '{"task_limits": {"__proto__.x": 1}}', undefined],
  ] as const;
  for (const [file, text, message] of wrong) {
    const { said = {}, problems } = parseConfig(file, text, MACHINE);
    assert.deepEqual(Object.values(said).flatMap((each) => Object.keys(each as object)), [], text);
    const error = problems.find(({ severity }) => severity === 'error');
    assert.ok(error, text);
    if (message !== undefined) assert.equal(error.message, message);
  }
  assert.deepEqual(Object.getOwnPropertyNames(Object.prototype), before);
  assert.deepEqual(values('execution', { disabled_roles: ['constructor'] }), { 'roles.definitions': { constructor: { enabled: false } } });
});

test('a file of the first version is older, one of a version to come is refused', () => {
  assert.ok(parse('parallel', { version: 1, maxParallel: 3 }).today);
  assert.equal(parse('parallel', { version: 3, maxParallel: 3 }).values, undefined);
});
