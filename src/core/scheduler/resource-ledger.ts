import { typeNamed } from '../model/limits.ts';
import type { WaitReason } from '../model/wait-reason.ts';
import type { Candidate, Occupant, Snapshot } from './snapshot.ts';

/** Sums of cores compare equal despite binary fractions. */
const EPSILON = 1e-6;

/** What limits, cores and memory are left during one decision. */
export class ResourceLedger {
  private readonly snapshot: Snapshot;
  private readonly runningByType = new Map<string, number>();
  private running = 0;
  private freeCpu: number;
  /** Below the threshold, after all that is set aside but not yet visible. */
  private freeMemory: number;
  private head: Head | undefined;

  constructor(snapshot: Snapshot) {
    this.snapshot = snapshot;
    const { capacity, limits } = snapshot;
    this.freeCpu = capacity.cores;
    this.freeMemory = capacity.memoryAvailable - capacity.memoryTotal * (1 - limits.memoryThreshold);
    for (const occupant of snapshot.running) {
      this.count(occupant.type);
      this.freeCpu -= occupant.cpu;
      this.freeMemory -= unseen(occupant);
    }
  }

  /** Whether nothing at all could start: something runs, and no core or no memory is free. */
  isFull(): boolean {
    return this.running > 0 && (this.freeCpu <= EPSILON || this.freeMemory < 0);
  }

  limitReason(candidate: Candidate): WaitReason | undefined {
    const { limits } = this.snapshot;
    const running = this.runningByType.get(candidate.type) ?? 0;
    const { limit } = typeNamed(limits, candidate.type);
    if (running >= limit) return { type: 'typeLimit', taskType: candidate.type, limit, running };
    if (this.running >= limits.total) return { type: 'totalLimit', limit: limits.total, running: this.running };
    return undefined;
  }

  neverReason({ memory }: Candidate): WaitReason | undefined {
    const { memoryTotal } = this.snapshot.capacity;
    return memory > memoryTotal ? { type: 'resources', resource: 'memory', needs: memory, free: memoryTotal, fits: false } : undefined;
  }

  roomReason(candidate: Candidate): WaitReason | undefined {
    const need = this.need(candidate);
    // Something always runs: waiting for room that nothing of ours takes would wait for ever.
    if (this.running === 0) return undefined;
    if (need.memory > this.freeMemory) return { type: 'resources', resource: 'memory', needs: need.memory, free: Math.max(0, this.freeMemory), fits: true };
    if (need.cpu > this.freeCpu + EPSILON) return { type: 'resources', resource: 'cpu', needs: need.cpu, free: Math.max(0, this.freeCpu), fits: true };
    if (this.head?.isDelayedBy(need, candidate.type) === true) return { type: 'backfill', head: { id: this.head.task.id, name: this.head.task.name } };
    return undefined;
  }

  admit(candidate: Candidate): void {
    const need = this.need(candidate);
    this.count(candidate.type);
    this.freeCpu -= need.cpu;
    this.freeMemory -= need.memory;
    this.head?.overtakenBy(need, candidate.type);
  }

  /** The first that lacks room: from now on whoever is admitted overtakes it. */
  setHead(candidate: Candidate): void {
    this.head ??= new Head(candidate, this.need(candidate), this.snapshot);
  }

  /** More cores than the machine has mean all of them. */
  private need(candidate: Candidate): Need {
    return { cpu: Math.min(candidate.cpu, this.snapshot.capacity.cores), memory: candidate.memory };
  }

  private count(type: string): void {
    this.runningByType.set(type, (this.runningByType.get(type) ?? 0) + 1);
    this.running++;
  }
}

interface Need {
  readonly cpu: number;
  readonly memory: number;
}

/**
 * The task that others may overtake, and what is left beside it once all have ended that came before it. Nobody knows when
 * those behind it end, whether they start now or overtook it earlier: an endless stream of small tasks must not starve it.
 * Of the places in all it needs no count: whoever came before it leaves one, and with nobody before it nobody may overtake.
 */
class Head {
  readonly task: Candidate;
  private spareCpu: number;
  private spareMemory: number;
  private spareSlotsOfType: number;

  constructor(task: Candidate, need: Need, { capacity, limits, running }: Snapshot) {
    this.task = task;
    this.spareCpu = capacity.cores - need.cpu;
    this.spareMemory = capacity.memoryAvailable - capacity.memoryTotal * (1 - limits.memoryThreshold) - need.memory;
    this.spareSlotsOfType = typeNamed(limits, task.type).limit - 1;
    for (const occupant of running) {
      if (isBehind(occupant, task)) this.overtakenBy({ cpu: occupant.cpu, memory: unseen(occupant) }, occupant.type);
      else this.spareMemory += occupant.memorySeen;
    }
  }

  isDelayedBy(need: Need, type: string): boolean {
    return (
      need.cpu > this.spareCpu + EPSILON ||
      need.memory > this.spareMemory ||
      (type === this.task.type && this.spareSlotsOfType < 1)
    );
  }

  overtakenBy(need: Need, type: string): void {
    this.spareCpu -= need.cpu;
    this.spareMemory -= need.memory;
    if (type === this.task.type) this.spareSlotsOfType--;
  }
}

function isBehind(occupant: Occupant, task: Candidate): boolean {
  return occupant.position > task.position || (occupant.position === task.position && occupant.id > task.id);
}

/** What a run has set aside and the machine's figures do not show yet. */
function unseen(occupant: Occupant): number {
  return Math.max(0, occupant.memory - occupant.memorySeen);
}
