import { CapacityReader } from './capacity-reader.ts';
import { linuxSensors } from './linux-sensors.ts';
import type { MachineSensors } from './machine-sensors.ts';
import { systemMonotonic } from './monotonic.ts';
import { portableSensors } from './portable-sensors.ts';
import { readSystemText } from './read-text.ts';
import { Volume } from './volume.ts';

/** Sensors of this machine; `folder` says which volume counts. */
export function systemSensors(folder: string, platform: NodeJS.Platform = process.platform): MachineSensors {
  const isLinux = platform === 'linux';
  const ports = { monotonic: systemMonotonic, capacity: new CapacityReader(isLinux ? readSystemText : () => undefined, systemMonotonic), volume: new Volume(folder, systemMonotonic) };
  return isLinux ? linuxSensors({ ...ports, read: readSystemText }) : portableSensors(ports);
}
