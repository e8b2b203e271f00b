import type { Pressure } from '../model/machine/pressure.ts';
import type { ReadText } from './read-text.ts';

const SOME = /^some avg10=(\d+(?:\.\d+)?) /m;

/** Where the figures of the whole machine are, and where those of a control group. */
export const MACHINE_PRESSURE = (kind: string): string => `/proc/pressure/${kind}`;

/** `undefined` when any of the three cannot be read. */
export function readPressure(read: ReadText, fileOf: (kind: string) => string): Pressure | undefined {
  const share = (kind: string): number => Number(SOME.exec(read(fileOf(kind)) ?? '')?.[1] ?? Number.NaN) / 100;
  const pressure = { cpu: share('cpu'), memory: share('memory'), io: share('io') };
  return Object.values(pressure).every((value) => value >= 0 && value <= 1) ? pressure : undefined;
}
