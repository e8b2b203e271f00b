import type { Battery } from '../model/machine/machine-sample.ts';
import type { ReadText } from './read-text.ts';

const NAMES = ['BAT0', 'BAT1', 'BAT2', 'BATT', 'CMB0', 'macsmc-battery'];

/** The first battery that the kernel knows; https://docs.kernel.org/admin-guide/abi-testing.html, sysfs-class-power. */
export function readLinuxBattery(read: ReadText): Battery | undefined {
  for (const name of NAMES) {
    const percent = Number.parseInt(read(`/sys/class/power_supply/${name}/capacity`) ?? '', 10);
    if (!(percent >= 0 && percent <= 100)) continue;
    return { charge: percent / 100, isCharging: read(`/sys/class/power_supply/${name}/status`)?.trim() === 'Charging' };
  }
  return undefined;
}

/** Whether it is worth asking for graphics processors, which starts other programs. */
export function hasLinuxGpu(read: ReadText): boolean {
  return ['/proc/driver/nvidia/version', '/sys/class/drm/card0/device/vendor', '/sys/class/drm/card1/device/vendor'].some((file) => read(file) !== undefined);
}
