import type * as Library from 'systeminformation';
import type { Battery, Gpu } from '../model/machine/machine-sample.ts';
import type { SwapReading, Traffic } from './machine-sensors.ts';

/** The one file that knows `systeminformation`, which is loaded when it is asked for the first time. */
const library = (): Promise<typeof Library> => import('systeminformation');

const MIB = 2 ** 20;

export async function readGpus(): Promise<readonly Gpu[]> {
  const { controllers } = await (await library()).graphics();
  const bytes = (mib: number | null | undefined): number | undefined => (typeof mib === 'number' && mib >= 0 ? mib * MIB : undefined);
  return controllers.map(({ model, utilizationGpu, memoryUsed, memoryTotal, vram }) => ({
    name: model,
    load: typeof utilizationGpu === 'number' ? Math.min(1, Math.max(0, utilizationGpu / 100)) : undefined,
    memoryUsed: bytes(memoryUsed),
    memoryTotal: bytes(memoryTotal ?? vram),
  }));
}

export async function readBattery(): Promise<Battery | undefined> {
  const { hasBattery, percent, isCharging } = await (await library()).battery();
  return hasBattery ? { charge: Math.min(1, Math.max(0, percent / 100)), isCharging } : undefined;
}

export async function readSwap(): Promise<SwapReading> {
  const { swapused, swaptotal } = await (await library()).mem();
  return { used: swapused, total: swaptotal };
}

/** Bytes a second since the last reading, on all disks. The first has nothing to compare with. */
export async function readDiskTraffic(): Promise<Traffic> {
  // Where there are no such figures there is no object either, whatever the types say.
  const stats = (await (await library()).fsStats()) as { rx_sec: number | null; wx_sec: number | null } | null;
  return { in: stats?.rx_sec ?? Number.NaN, out: stats?.wx_sec ?? Number.NaN };
}

/** Bytes a second since the last reading, by all network devices. */
export async function readNetworkTraffic(): Promise<Traffic> {
  const devices = await (await library()).networkStats('*');
  const sum = (amounts: readonly (number | null)[]): number => amounts.reduce<number>((total, amount) => total + (amount ?? Number.NaN), 0);
  return { in: sum(devices.map(({ rx_sec }) => rx_sec)), out: sum(devices.map(({ tx_sec }) => tx_sec)) };
}
