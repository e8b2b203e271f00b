import os from 'node:os';
import type { Capacity } from '../scheduler/snapshot.ts';

/** The machine's room, or the container's where there is one. Asked anew at every decision; well under a tenth of a millisecond. */
export function readCapacity(): Capacity {
  const constrained = process.constrainedMemory();
  const total = constrained > 0 && constrained < os.totalmem() ? constrained : os.totalmem();
  return { cores: os.availableParallelism(), memoryTotal: total, memoryAvailable: Math.min(process.availableMemory(), total) };
}
