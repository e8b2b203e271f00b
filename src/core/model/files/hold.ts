import type { Claim } from './claim.ts';
import type { HoldId, TaskId } from '../ids.ts';
import type { Holder } from './holder.ts';

/** Files that a program wants to itself while it does something. All or none are given. */
export interface HoldRequest {
  /** What is shown to others, such as the command line. */
  readonly name: string;
  /** The program; its hold outlives the engine that asked for it for as long as this process lives. */
  readonly pid: number;
  /** Absolute paths. */
  readonly claims: readonly Claim[];
  /** The task whose run asks: what the task itself holds is not in the way, and what it may write it need not ask for. */
  readonly task?: TaskId;
}

/** Where a hold stands. */
export interface HoldView {
  readonly id: HoldId;
  readonly state: 'waiting' | 'held';
  /** What it waits for; the first of several. */
  readonly obstacle: { readonly path: string; readonly holder: Holder; readonly waiting: boolean; readonly since: number | undefined } | undefined;
}
