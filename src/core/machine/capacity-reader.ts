import os from 'node:os';
import type { Capacity } from '../scheduler/snapshot.ts';
import { findCgroup, type Cgroup } from './cgroup.ts';
import type { Monotonic } from './monotonic.ts';
import type { ReadText } from './read-text.ts';

/** Limits of a container change rarely. */
const LIMITS_MS = 10_000;

/** What the system tells of the machine, bytes. */
export interface Hardware {
  readonly cores: () => number;
  readonly memoryTotal: () => number;
  readonly memoryAvailable: () => number;
}

const systemHardware: Hardware = {
  cores: () => os.availableParallelism(),
  memoryTotal: () => os.totalmem(),
  // On Linux this is what is available, without the control group's limit, which counts caches as used; elsewhere what is free.
  memoryAvailable: () => os.freemem(),
};

/** The room of the machine, or of its container where there is one. */
export class CapacityReader {
  private readonly read: ReadText;
  private readonly monotonic: Monotonic;
  private readonly hardware: Hardware;
  private found: { readonly cgroup: Cgroup; readonly until: number } | undefined;

  constructor(read: ReadText, monotonic: Monotonic, hardware: Hardware = systemHardware) {
    this.read = read;
    this.monotonic = monotonic;
    this.hardware = hardware;
  }

  cgroup(): Cgroup {
    const now = this.monotonic();
    if (this.found === undefined || now >= this.found.until) this.found = { cgroup: findCgroup(this.read), until: now + LIMITS_MS };
    return this.found.cgroup;
  }

  /** Takes well under a tenth of a millisecond: it is asked at every decision. */
  capacity(): Capacity {
    const { memory, cpu } = this.cgroup();
    // A system that tells of no core has one: this runs on it.
    const cores = Math.min(this.hardware.cores() || 1, cpu?.cores ?? Number.POSITIVE_INFINITY);
    const machine = this.hardware.memoryTotal();
    const available = Math.min(this.hardware.memoryAvailable(), machine);
    if (memory === undefined || memory.bytes >= machine) return { cores, memoryTotal: machine, memoryAvailable: available };
    const used = memory.used();
    return { cores, memoryTotal: memory.bytes, memoryAvailable: Math.min(available, used === undefined ? memory.bytes : Math.max(0, memory.bytes - used)) };
  }
}
