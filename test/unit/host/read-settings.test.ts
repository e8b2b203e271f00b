import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAgentSettings } from '../../../src/core/agents/check-agent-settings.ts';
import { checkMachineSettings } from '../../../src/core/machine/check-settings.ts';
import { DEFAULT_AGENT_SETTINGS } from '../../../src/core/model/agents/agent-settings.ts';
import { DEFAULT_MACHINE_SETTINGS } from '../../../src/core/model/machine/machine-settings.ts';
import { BUILT_IN_TYPES } from '../../../src/core/model/task-type.ts';
import { SETTINGS, type SettingKey } from '../../../src/host/ids.ts';
import { engineLimits, engineOptions } from '../../../src/core/settings/engine-settings.ts';
import { readSettings } from '../../../src/host/settings/read-settings.ts';

const read = (given: Partial<Record<SettingKey, unknown>>): ReturnType<typeof readSettings> => readSettings((key) => given[key]);
const defaults = readSettings(() => undefined).settings;

test('without any setting there is a complete, sound set and no complaint', () => {
  const { settings, problems } = read({});
  assert.deepEqual(problems, []);
  assert.deepEqual(engineLimits(settings), { total: 11, types: BUILT_IN_TYPES, memoryThreshold: 0.85 });
  assert.deepEqual(engineOptions(settings), { durability: 'normal', retention: { maxAgeMs: 30 * 86_400_000, maxBytes: 2e9 }, graceMs: 5000, programs: {}, agentOutputs: 'agent_outputs' });
});

const wrong: readonly (readonly [SettingKey, unknown, string])[] = [
  [SETTINGS.maxParallel, 0, 'Expected `parallelWorkflow.maxParallel` to be an integer from 1 to 1024, got `0`; `11` is used.'],
  [SETTINGS.maxParallel, 2.5, 'Expected `parallelWorkflow.maxParallel` to be an integer from 1 to 1024, got `2.5`; `11` is used.'],
  [SETTINGS.maxParallel, 'many', 'Expected `parallelWorkflow.maxParallel` to be an integer from 1 to 1024, got `"many"`; `11` is used.'],
  [SETTINGS.memoryThreshold, 900, 'Expected `parallelWorkflow.memoryThreshold` to be a number from 10 to 100, got `900`; `85` is used.'],
  [SETTINGS.onClose, 'ask', 'Expected `parallelWorkflow.onClose` to be `keep` or `stop`, got `"ask"`; `"keep"` is used.'],
  [SETTINGS.fileLocksEditors, 'on', 'Expected `parallelWorkflow.fileLocks.editors` to be `off` or `warn` or `enforce`, got `"on"`; `"enforce"` is used.'],
  [SETTINGS.saveBeforeQueue, 'yes', 'Expected `parallelWorkflow.saveBeforeQueue` to be `true` or `false`, got `"yes"`; `true` is used.'],
  [SETTINGS.graceSeconds, -1, 'Expected `parallelWorkflow.graceSeconds` to be a number from 0 to 3600, got `-1`; `5` is used.'],
  [SETTINGS.agentOutputs, '../elsewhere', 'Expected `parallelWorkflow.agentOutputs` to be the name of a folder below the workspace folder, got `"../elsewhere"`; `"agent_outputs"` is used.'],
  [SETTINGS.agentOutputs, '/tmp', 'Expected `parallelWorkflow.agentOutputs` to be the name of a folder below the workspace folder, got `"/tmp"`; `"agent_outputs"` is used.'],
  [SETTINGS.programs, { ruby: 'ruby' }, 'Expected `parallelWorkflow.programs.ruby` to be one of `python`, `node`, `blender`, `Rscript`, `pwsh`, `bash`, `ruff`, got `"ruby"`; it is ignored.'],
  [SETTINGS.programs, { python: 3 }, 'Expected `parallelWorkflow.programs.python` to be the path or name of a program, got `3`; it is looked for as if nothing were set.'],
  [SETTINGS.assessmentOnSave, 1, 'Expected `parallelWorkflow.assessment.onSave` to be `true` or `false`, got `1`; `true` is used.'],
  [SETTINGS.assessmentWhenQueued, 'block', 'Expected `parallelWorkflow.assessment.whenQueued` to be `off` or `warn` or `hold`, got `"block"`; `"warn"` is used.'],
  [SETTINGS.assessmentThreshold, 'F', 'Expected `parallelWorkflow.assessment.threshold` to be `A` or `B` or `C` or `D` or `E`, got `"F"`; `"D"` is used.'],
  [SETTINGS.types, [], 'Expected `parallelWorkflow.types` to be an object, got `[]`; `[]` is used.'],
  [SETTINGS.types, { simulation: { limit: 0 } }, 'Expected `parallelWorkflow.types.simulation.limit` to be an integer ≥ 1, got `0`; `2` is used.'],
  [SETTINGS.types, { simulation: { memory: '1 potato' } }, 'Expected `parallelWorkflow.types.simulation.memory` to be a size such as `512 MB` or a number of bytes, got `"1 potato"`; `256000000` is used.'],
  [SETTINGS.types, { simulation: { cores: 2 } }, 'Expected `parallelWorkflow.types.simulation.cores` to be left out; a type has `limit`, `cpu` and `memory`, got `2`; it is ignored.'],
  [SETTINGS.machineSamplePeriod, 0.1, 'Expected `parallelWorkflow.machine.samplePeriod` to be a number from 0.5 to 60, got `0.1`; `1` is used.'],
  [SETTINGS.machineThresholds, 85, 'Expected `parallelWorkflow.machine.thresholds` to be an object, got `85`; `[]` is used.'],
  [SETTINGS.machineThresholds, { gpu: {} }, 'Expected `parallelWorkflow.machine.thresholds.gpu` to be one of `cpu`, `memory`, `disk`, `pressure`, got `{}`; it is ignored.'],
  [SETTINGS.machineThresholds, { cpu: 85 }, 'Expected `parallelWorkflow.machine.thresholds.cpu` to be an object such as `{ "enter": 85 }`, got `85`; `{"enter":85,"critical":101,"release":75}` is used.'],
  [SETTINGS.machineThresholds, { disk: { enter: 120 } }, 'Expected `parallelWorkflow.machine.thresholds.disk.enter` to be a number of percent from 0 to 101, got `120`; `{"enter":90,"critical":97,"release":88}` is used.'],
  [SETTINGS.machineThresholds, { memory: { release: 85 } }, 'Expected `parallelWorkflow.machine.thresholds.memory.release` to be below `enter`, 85, got `85`; `{"enter":85,"critical":95,"release":78}` is used.'],
  [SETTINGS.machineThresholds, { cpu: { critical: 0 } }, 'Expected `parallelWorkflow.machine.thresholds.cpu.critical` to be more than 0, got `0`; `{"enter":85,"critical":101,"release":75}` is used.'],
  [SETTINGS.machineThresholds, { cpu: { leave: 3 } }, 'Expected `parallelWorkflow.machine.thresholds.cpu.leave` to be left out; a threshold has `enter`, `critical` and `release`, got `3`; `{"enter":85,"critical":101,"release":75}` is used.'],
  [SETTINGS.machineWhenCritical, 'panic', 'Expected `parallelWorkflow.machine.whenCritical` to be `wait` or `suspend` or `kill`, got `"panic"`; `"suspend"` is used.'],
  [SETTINGS.machineAdaptiveCeiling, 0, 'Expected `parallelWorkflow.machine.adaptiveCeiling` to be a number from 1 to 16, got `0`; `2` is used.'],
  [SETTINGS.agentsClaudeCapacity, 100, 'Expected `parallelWorkflow.agents.claude.capacity` to be an integer from 0 to 64, got `100`; `4` is used.'],
  [SETTINGS.agentsClaudeProgram, 7, 'Expected `parallelWorkflow.agents.claude.program` to be the path or name of a program, got `"(not shown)"`; `""` is used.'],
  [SETTINGS.agentsClaudeAllow, 'Bash', 'Expected `parallelWorkflow.agents.claude.allow` to be a list of texts, got `"Bash"`; `[]` is used.'],
  [SETTINGS.agentsAutogenBaseUrl, 'localhost', 'Expected `parallelWorkflow.agents.autogen.baseUrl` to be an address such as `http://localhost:11434/v1`, got `"(not shown)"`; `""` is used.'],
  [SETTINGS.agentsAutogenKeyVariable, 'sk-0123', 'Expected `parallelWorkflow.agents.autogen.keyVariable` to be the name of an environment variable, got `"(not shown)"`; `"OPENAI_API_KEY"` is used.'],
  [SETTINGS.agentsHandover, 'ask', 'Expected `parallelWorkflow.agents.handover` to be `allow` or `never`, got `"ask"`; `"allow"` is used.'],
  [SETTINGS.agentsMaxTurns, 1.5, 'Expected `parallelWorkflow.agents.maxTurns` to be an integer from 1 to 10000, or `null`, got `1.5`; `null` is used.'],
  [SETTINGS.agentsMaxCost, 0, 'Expected `parallelWorkflow.agents.maxCost` to be a number from 0.01 to 100000, or `null`, got `0`; `null` is used.'],
  [SETTINGS.machineYieldFromPriority, 'low', 'Expected `parallelWorkflow.machine.yieldFromPriority` to be a number or `null`, got `"low"`; `7` is used.'],
];

for (const [key, value, problem] of wrong) {
  test(`${key}: ${JSON.stringify(value)} is told with its name, and a safe value stands in`, () => {
    const { settings, problems } = read({ [key]: value });
    assert.deepEqual(problems, [problem]);
    assert.deepEqual(settings, defaults);
  });
}

test('a built-in type is changed field by field, and a type of the user’s own comes after them', () => {
  const { settings, problems } = read({ [SETTINGS.types]: { simulation: { limit: 4 }, render: { limit: 2, memory: '4 GB' } } });
  assert.deepEqual(problems, []);
  assert.deepEqual(settings.types.map(({ name, limit }) => `${name} ${limit}`), ['blender_task 1', 'simulation 4', 'analysis 3', 'utility 5', 'render 2']);
  assert.deepEqual(settings.types[1], { ...BUILT_IN_TYPES[1], limit: 4 });
  assert.deepEqual(settings.types[4], { name: 'render', limit: 2, cpu: 1, memory: 4e9 });
});

test('one wrong setting leaves the others as they are set', () => {
  const { settings, problems } = read({ [SETTINGS.maxParallel]: -3, [SETTINGS.graceSeconds]: 1.5, [SETTINGS.programs]: { python: ' /usr/bin/python3 ' } });
  assert.equal(problems.length, 1);
  assert.deepEqual([settings.maxParallel, settings.graceMs, settings.programs], [11, 1500, { python: '/usr/bin/python3' }]);
});

test('how the machine is watched is read, and levels that are not set keep their distance', () => {
  const { settings, problems } = read({ [SETTINGS.machineSamplePeriod]: 2, [SETTINGS.machineDwellSeconds]: 10, [SETTINGS.machineYieldFromPriority]: null, [SETTINGS.machineThresholds]: { cpu: { enter: 50, critical: 90 }, memory: { enter: 98 } } });
  assert.deepEqual(problems, []);
  const { periodMs, dwellMs, releaseMs, yieldFrom, thresholds } = settings.machine;
  assert.deepEqual([periodMs, dwellMs, releaseMs, yieldFrom], [2000, 10_000, 30_000, undefined]);
  assert.deepEqual([thresholds.cpu, thresholds.memory, thresholds.disk], [{ enter: 0.5, critical: 0.9, release: 0.4 }, { enter: 0.98, critical: 0.98, release: 0.78 }, defaults.machine.thresholds.disk]);
  checkMachineSettings(settings.machine);
});

test('of levels that contradict each other the one that spares the machine earlier holds', () => {
  const { settings, problems } = read({ [SETTINGS.machineThresholds]: { cpu: { enter: 60, release: 70 }, pressure: { enter: 50, critical: 45 } } });
  assert.deepEqual(problems, [
    'Expected `parallelWorkflow.machine.thresholds.cpu.release` to be below `enter`, 60, got `70`; `{"enter":60,"critical":101,"release":50}` is used.',
    'Expected `parallelWorkflow.machine.thresholds.pressure.critical` to be at least `enter`, 50, got `45`; `{"enter":45,"critical":45,"release":20}` is used.',
  ]);
  assert.deepEqual([settings.machine.thresholds.cpu.enter, settings.machine.thresholds.pressure.critical], [0.6, 0.45]);
  checkMachineSettings(settings.machine);
});

test('the machine is watched by the engine’s own defaults when nothing is set', () => {
  assert.deepEqual(defaults.machine, DEFAULT_MACHINE_SETTINGS);
});

test('what is set about agents is read, and what is empty is not set', () => {
  const { settings, problems } = read({
    [SETTINGS.agentsClaudeProgram]: ' /opt/claude ', [SETTINGS.agentsClaudeModel]: '', [SETTINGS.agentsClaudeAllow]: ['Bash(npm test)', ' '], [SETTINGS.agentsAutogenBaseUrl]: 'http://localhost:11434/v1',
    [SETTINGS.agentsVscodeModel]: 'sonnet', [SETTINGS.agentsMaxTurns]: 30, [SETTINGS.agentsMaxCost]: null, [SETTINGS.agentsMaxCostPerDay]: 2.5,
  });
  assert.deepEqual(problems, []);
  assert.deepEqual(settings.agents, {
    claude: { program: '/opt/claude', capacity: 4, projectHooks: false, allow: ['Bash(npm test)'] },
    autogen: { capacity: 2, baseUrl: 'http://localhost:11434/v1', keyVariable: 'OPENAI_API_KEY' },
    vscode: { capacity: 2, model: 'sonnet' },
    handover: 'allow', maxTurns: 30, maxCost: undefined, maxCostPerDay: 2.5,
  });
  assert.deepEqual(defaults.agents, DEFAULT_AGENT_SETTINGS);
  checkAgentSettings(settings.agents);
});
