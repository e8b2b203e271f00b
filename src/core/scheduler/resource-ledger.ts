import { typeNamed } from '../model/limits.ts';
import type { WaitReason } from '../model/wait-reason.ts';
import type { Candidate, Snapshot } from './snapshot.ts';

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
  /** Set aside by tasks that overtook the head and may outlive everything that runs now. */
  private overtakingCpu = 0;
  private overtakingMemory = 0;

  constructor(snapshot: Snapshot) {
    this.snapshot = snapshot;
    const { capacity, limits } = snapshot;
    this.freeCpu = capacity.cores;
    this.freeMemory = capacity.memoryAvailable - capacity.memoryTotal * (1 - limits.memoryThreshold);
    for (const occupant of snapshot.running) {
      this.count(occupant.type);
      this.freeCpu -= occupant.cpu;
      this.freeMemory -= Math.max(0, occupant.memory - occupant.memorySeen);
    }
  }

  limitReason(candidate: Candidate): WaitReason | undefined {
    const { limits } = this.snapshot;
    const running = this.runningByType.get(candidate.type) ?? 0;
    const { limit } = typeNamed(limits, candidate.type);
    if (running >= limit) return { type: 'typeLimit', taskType: candidate.type, limit, running };
    if (this.running >= limits.total) return { type: 'totalLimit', limit: limits.total, running: this.running };
    return undefined;
  }

  roomReason(candidate: Candidate, head: Candidate | undefined): WaitReason | undefined {
    const { capacity } = this.snapshot;
    const need = this.need(candidate);
    if (need.memory > capacity.memoryTotal) {
      return { type: 'resources', resource: 'memory', needs: need.memory, free: capacity.memoryTotal, fits: false };
    }
    // Something always runs: waiting for room that nothing of ours takes would wait for ever.
    if (this.running === 0) return undefined;
    if (need.memory > this.freeMemory) return { type: 'resources', resource: 'memory', needs: need.memory, free: Math.max(0, this.freeMemory), fits: true };
    if (need.cpu > this.freeCpu + EPSILON) return { type: 'resources', resource: 'cpu', needs: need.cpu, free: Math.max(0, this.freeCpu), fits: true };
    if (head !== undefined && this.delays(need, this.need(head))) return { type: 'backfill', head: { id: head.id, name: head.name } };
    return undefined;
  }

  admit(candidate: Candidate, overtakes: boolean): void {
    const need = this.need(candidate);
    this.count(candidate.type);
    this.freeCpu -= need.cpu;
    this.freeMemory -= need.memory;
    if (!overtakes) return;
    this.overtakingCpu += need.cpu;
    this.overtakingMemory += need.memory;
  }

  /** Whether the head could not start beside `need` and the other overtakers once everything else has ended. */
  private delays(need: Need, head: Need): boolean {
    const { capacity, limits } = this.snapshot;
    return (
      this.overtakingCpu + need.cpu + head.cpu > capacity.cores + EPSILON ||
      this.overtakingMemory + need.memory + head.memory > capacity.memoryTotal * limits.memoryThreshold
    );
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
