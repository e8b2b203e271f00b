import type { HoldId, TaskId } from '../ids.ts';

/** Who uses a file, or waits for it. */
export type Holder =
  | { readonly type: 'task'; readonly id: TaskId; readonly name: string }
  /** Unsaved changes in a window. */
  | { readonly type: 'editor'; readonly id: HoldId }
  /** A program that asked for it, such as `parallel-workflow lock`. */
  | { readonly type: 'program'; readonly id: HoldId; readonly name: string; readonly pid: number };
