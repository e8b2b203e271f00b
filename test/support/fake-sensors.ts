import type { MachineSensors } from '../../src/core/machine/machine-sensors.ts';

/** A machine of two cores and 8 GB that does nothing, but for what a test says. */
export function fakeSensors(given: Partial<MachineSensors> = {}): MachineSensors {
  return {
    prime: () => Promise.resolve(),
    cpu: () => ({ total: 0.25, perCore: [0.5, 0] }),
    capacity: () => ({ cores: 2, memoryTotal: 8e9, memoryAvailable: 6e9 }),
    swap: () => ({ used: 1e9, total: 2e9 }),
    disk: () => ({ free: 40e9, total: 100e9 }),
    diskTraffic: () => ({ in: 100, out: 200 }),
    network: () => ({ in: 300, out: 400 }),
    load: () => 0.5,
    pressure: () => ({ cpu: 0.1, memory: 0, io: 0.2 }),
    gpus: () => [],
    battery: () => undefined,
    ...given,
  };
}
