import type { KeyedClaim } from '../locks/keyed-claim.ts';
import type { LedgerEntry } from '../locks/lock-ledger.ts';
import type { TaskId } from '../model/ids.ts';
import type { Limits } from '../model/limits.ts';
import type { Strategy, StrategyReason } from '../model/machine/strategy.ts';

/** A task that could start but for limits, resources and locks. */
export interface Candidate {
  readonly id: TaskId;
  readonly name: string;
  readonly type: string;
  readonly priority: number;
  /** Place in the queue, lower first; ties go to the lower id. */
  readonly position: number;
  /** Cores and bytes to set aside. */
  readonly cpu: number;
  readonly memory: number;
  readonly claims: readonly KeyedClaim[];
  /** Starts though somebody has unsaved changes in its files. */
  readonly overEditors: boolean;
}

/** What a run in hand has set aside, and what of its memory is already visible in the machine's figures. */
export interface Occupant {
  readonly id: TaskId;
  readonly type: string;
  /** Its place in the queue when it was taken from there; tells whether it overtook somebody. */
  readonly position: number;
  readonly cpu: number;
  readonly memory: number;
  readonly memorySeen: number;
}

/** The machine at the moment of the decision; bytes. */
export interface Capacity {
  readonly cores: number;
  readonly memoryTotal: number;
  readonly memoryAvailable: number;
}

/** A strategy that holds tasks back. */
export interface StrategyInForce {
  readonly strategy: Strategy;
  readonly reasons: readonly StrategyReason[];
  /** The least urgent priority that still starts. */
  readonly urgent: number;
}

/** All that a decision depends on. Plain data. */
export interface Snapshot {
  readonly limits: Limits;
  readonly capacity: Capacity;
  /** Runs in hand on the whole machine. */
  readonly running: readonly Occupant[];
  /** Claims on the candidates' files that are in force, on the whole machine, or that wait before them. */
  readonly locks: readonly LedgerEntry[];
  /** What the machine's state asks for; nothing in `normal`. */
  readonly strategy?: StrategyInForce;
  /** In queue order. */
  readonly waiting: readonly Candidate[];
}
