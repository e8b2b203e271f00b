/** At most so many bytes for a control group. */
export interface MemoryLimit {
  readonly bytes: number;
  readonly folder: string;
  /** Bytes that it has and could not give back at once. */
  readonly used: () => number | undefined;
}

/** CPU time of so many cores for a control group, in steps of a tenth. */
export interface CpuLimit {
  readonly cores: number;
  readonly folder: string;
  /** CPU time that it has used so far, microseconds. */
  readonly usedUs: () => number | undefined;
}

/** The one that leaves least. */
export function strictest<T>(limits: readonly (T | undefined)[], amount: (limit: T) => number): T | undefined {
  return limits.reduce<T | undefined>((least, limit) => (limit !== undefined && (least === undefined || amount(limit) < amount(least)) ? limit : least), undefined);
}
