import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UserError } from '../../../../src/core/base/user-error.ts';
import { checkMachineSettings } from '../../../../src/core/machine/check-settings.ts';
import { DEFAULT_MACHINE_SETTINGS, type MachineSettings } from '../../../../src/core/model/machine/machine-settings.ts';
import type { Threshold } from '../../../../src/core/model/machine/strategy.ts';

const withCpu = (cpu: Partial<Threshold>): Partial<MachineSettings> => {
  const { thresholds } = DEFAULT_MACHINE_SETTINGS;
  return { thresholds: { ...thresholds, cpu: { ...thresholds.cpu, ...cpu } } };
};

test('the defaults are fine, and so is what lies at the edge', () => {
  for (const given of [{}, { periodMs: 500 }, { periodMs: 60_000 }, { yieldFrom: undefined }, { ceiling: 1 }, withCpu({ enter: 0.5, critical: 0.5, release: 0 }), withCpu({ enter: 1.01, critical: 1.01 })]) {
    checkMachineSettings({ ...DEFAULT_MACHINE_SETTINGS, ...given });
  }
});

const wrong: readonly (readonly [object, string])[] = [
  [{ periodMs: 499 }, 'Expected `periodMs` of the machine\'s settings to be a number from 500 to 60000, got `499`.'],
  [{ periodMs: Number.NaN }, 'Expected `periodMs` of the machine\'s settings to be a number from 500 to 60000, got `null`.'],
  [{ dwellMs: -1 }, 'Expected `dwellMs` of the machine\'s settings to be a number from 0 to 3600000, got `-1`.'],
  [{ releaseMs: 1e9 }, 'Expected `releaseMs` of the machine\'s settings to be a number from 0 to 3600000, got `1000000000`.'],
  [withCpu({ enter: 85 }), 'Expected `thresholds.cpu.enter` of the machine\'s settings to be a share from 0 to 1.01, got `85`.'],
  [withCpu({ enter: -0.1 }), 'Expected `thresholds.cpu.enter` of the machine\'s settings to be a share from 0 to 1.01, got `-0.1`.'],
  [withCpu({ critical: Number.NaN }), 'Expected `thresholds.cpu.critical` of the machine\'s settings to be a share from 0 to 1.01, got `null`.'],
  [withCpu({ release: 0.9 }), 'Expected `thresholds.cpu.release` of the machine\'s settings to be below enter, 0.85, got `0.9`.'],
  [withCpu({ release: 0.85 }), 'Expected `thresholds.cpu.release` of the machine\'s settings to be below enter, 0.85, got `0.85`.'],
  [withCpu({ critical: 0.8 }), 'Expected `thresholds.cpu.critical` of the machine\'s settings to be at least enter, 0.85, got `0.8`.'],
  [{ ceiling: 0.5 }, 'Expected `ceiling` of the machine\'s settings to be a factor from 1 to 16, got `0.5`.'],
  [{ whenCritical: 'panic' }, 'Expected `whenCritical` of the machine\'s settings to be `wait`, `suspend` or `kill`, got `"panic"`.'],
  [{ yieldFrom: Number.NaN }, 'Expected `yieldFrom` of the machine\'s settings to be a priority, or nothing, got `null`.'],
  [{ adaptive: 'yes' }, 'Expected `adaptive` of the machine\'s settings to be `true` or `false`, got `"yes"`.'],
];

for (const [given, message] of wrong) {
  test(`${JSON.stringify(given)} is refused, and the field is named`, () => {
    assert.throws(() => checkMachineSettings({ ...DEFAULT_MACHINE_SETTINGS, ...given }), (error) => error instanceof UserError && error.message === message);
  });
}
