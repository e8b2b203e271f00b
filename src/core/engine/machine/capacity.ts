import { CapacityReader } from '../../machine/capacity-reader.ts';
import { systemMonotonic } from '../../machine/monotonic.ts';
import { readSystemText } from '../../machine/read-text.ts';
import type { Capacity } from '../../scheduler/snapshot.ts';

const reader = new CapacityReader(process.platform === 'linux' ? readSystemText : () => undefined, systemMonotonic);

/** The machine's room, or the container's where there is one. Asked anew at every decision; well under a tenth of a millisecond. */
export function readCapacity(): Capacity {
  return reader.capacity();
}
