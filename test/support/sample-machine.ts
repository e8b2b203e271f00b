import type { MachineSample } from '../../src/core/model/machine/machine-sample.ts';

/** A machine of four cores and 10 GB, 43 % and 61 % busy. */
export function sampleMachine(given: Partial<MachineSample> = {}): MachineSample {
  return {
    at: 1_000_000, cpu: 0.43, perCore: [0.9, 0.5, 0.22, 0.1], cores: 4, load: 1.8, memory: 0.61, memoryUsed: 6.1e9, memoryTotal: 10e9, swapUsed: 0, swapTotal: 2e9,
    disk: { free: 40e9, total: 100e9 }, diskRead: 1e6, diskWrite: 2e6, networkIn: 3e5, networkOut: 4e5, pressure: { cpu: 0.05, memory: 0, io: 0.01 }, gpus: [], battery: undefined,
    estimates: [], estimated: false, ownCost: 0.002, ...given,
  };
}
