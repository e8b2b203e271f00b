import { treeOf } from '../src/core/process/process-table.ts';
import { systemProcessTable } from '../src/core/process/system-process-table.ts';

const LOOK_MS = 40;
/** Looks into all processes, which cost more. */
const COUNT_MS = 200;

export interface RoomSeen {
  /** The least that was available, bytes. */
  readonly least: number;
  /** How many of our processes of that size the room above the floor could have held, on average. */
  readonly places: number;
}

/**
 * Watches the machine's memory above a floor. How much room there is changes while one looks: others take some, and a virtual
 * machine gives freed memory back late. So the room that there was is what is available and what our own processes have.
 */
export class RoomWatch {
  private readonly floor: number;
  private readonly each: number;
  private readonly table = systemProcessTable();
  private readonly places: number[] = [];
  private readonly timers: readonly NodeJS.Timeout[];
  private least = Number.POSITIVE_INFINITY;

  /** @param each bytes that one of the processes takes. */
  constructor(floor: number, each: number) {
    this.floor = floor;
    this.each = each;
    this.timers = [setInterval(() => this.look(), LOOK_MS), setInterval(() => void this.count(), COUNT_MS)];
  }

  stop(): RoomSeen {
    for (const timer of this.timers) clearInterval(timer);
    this.look();
    return { least: this.least, places: this.places.reduce((sum, places) => sum + places, 0) / this.places.length };
  }

  private look(): number {
    const available = process.availableMemory();
    this.least = Math.min(this.least, available);
    return available;
  }

  private async count(): Promise<void> {
    const processes = await this.table.list();
    const ours = treeOf(process.pid, processes).reduce((sum, { memory }) => sum + memory, 0);
    // With no room at all one may run all the same.
    this.places.push(Math.max(1, Math.floor((this.look() + ours - this.floor) / this.each)));
  }
}
