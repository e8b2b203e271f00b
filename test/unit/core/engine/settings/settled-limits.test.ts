import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settledLimits } from '../../../../../src/core/engine/settings/settled-limits.ts';
import { settledMachine } from '../../../../../src/core/engine/settings/settled-machine.ts';
import { DEFAULT_LIMITS, type Limits } from '../../../../../src/core/model/limits.ts';
import { DEFAULT_MACHINE_SETTINGS, type MachineSettings } from '../../../../../src/core/model/machine/machine-settings.ts';
import type { TaskType } from '../../../../../src/core/model/task-type.ts';

const typed = (...types: readonly TaskType[]): Limits => ({ ...DEFAULT_LIMITS, types: [...DEFAULT_LIMITS.types.filter(({ name }) => !types.some((type) => type.name === name)), ...types] });
const limitOf = ({ types }: Limits, name: string): number | undefined => types.find((type) => type.name === name)?.limit;
const machine = (settings: Partial<MachineSettings>): MachineSettings => ({ ...DEFAULT_MACHINE_SETTINGS, ...settings });

test('the strictest limit that somebody set holds, in whichever order they came', () => {
  const told = [{ ...DEFAULT_LIMITS, total: 20 }, { ...DEFAULT_LIMITS, total: 4, memoryThreshold: 0.9 }, DEFAULT_LIMITS];
  assert.deepEqual(settledLimits(told), { ...DEFAULT_LIMITS, total: 4, memoryThreshold: 0.9 });
  assert.deepEqual(settledLimits(told.toReversed()), settledLimits(told));
});

test('who sets nothing holds nobody back, and one alone is taken at his word', () => {
  assert.equal(settledLimits([DEFAULT_LIMITS, { ...DEFAULT_LIMITS, total: 20 }]).total, 20);
  assert.deepEqual(settledLimits([{ total: 2, types: [], memoryThreshold: 0.5 }]), { total: 2, types: [], memoryThreshold: 0.5 });
  assert.deepEqual(settledLimits([]), DEFAULT_LIMITS);
});

test('types of all are known, and those of several have the lowest limit and the largest need', () => {
  const render = { name: 'render', limit: 4, cpu: 1, memory: 100 };
  const settled = settledLimits([typed(render), typed({ ...render, limit: 2, memory: 50 }, { name: 'simulation', limit: 8, cpu: 1, memory: 512 * 2 ** 20 }), typed({ name: 'bake', limit: 1, cpu: 1, memory: 1 })]);
  assert.deepEqual(settled.types.find(({ name }) => name === 'render'), { name: 'render', limit: 2, cpu: 1, memory: 100 });
  assert.deepEqual([limitOf(settled, 'simulation'), limitOf(settled, 'bake'), limitOf(settled, 'utility')], [8, 1, 5]);
});

test('the machine is spared as the most careful wish', () => {
  const tight = { enter: 0.6, critical: 0.8, release: 0.5 };
  const { thresholds } = DEFAULT_MACHINE_SETTINGS;
  const settled = settledMachine([
    machine({ periodMs: 500, whenCritical: 'kill', thresholds: { ...thresholds, memory: tight } }),
    machine({ adaptive: false, whenCritical: 'wait', yieldFrom: undefined, thresholds: { ...thresholds, memory: { enter: 0.7, critical: 0.9, release: 0.6 }, disk: { enter: 0.95, critical: 0.99, release: 0.9 } } }),
    machine({ yieldFrom: 5 }),
  ]);
  assert.deepEqual(settled, machine({ periodMs: 500, adaptive: false, whenCritical: 'wait', yieldFrom: 5, thresholds: { ...thresholds, memory: tight, disk: { enter: 0.95, critical: 0.99, release: 0.9 } } }));
  assert.equal(settledMachine([machine({}), machine({ yieldFrom: undefined })]).yieldFrom, undefined);
});
