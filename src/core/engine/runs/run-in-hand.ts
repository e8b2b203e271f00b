import type { RunFolder } from '../../process/run-folder.ts';
import type { RunTree } from '../../process/stop-tree.ts';
import type { StoredRun } from '../../store/run-table.ts';
import type { StoredTask } from '../../store/task-row.ts';

/** A run that this engine looks after, with what only lives as long as the engine does. */
export interface RunInHand {
  readonly task: StoredTask;
  readonly run: StoredRun;
  readonly folder: RunFolder;
  /** The shim; unknown until it has started. */
  process: { readonly pid: number; readonly start: string | undefined } | undefined;
  /** When its command began; milliseconds since the epoch. */
  startedAt: number | undefined;
  /** Another engine started it. */
  readonly adopted: boolean;
  stopping: boolean;
  /** Its processes have been told to stand still; nobody knows what another engine told them last. */
  paused: boolean | undefined;
  /** It ended or was let go of: nothing more is to be reported. */
  gone: boolean;
  cancelTimeout: () => void;
  /** Each ends a wait between two looks at it. */
  readonly wakes: Set<() => void>;
  peakMemory: number;
  /** How long it has waited for cores, as far as it was seen; milliseconds. */
  waitedMs: number;
  /** CPU time at the last look, and time waited for it by what lived then. */
  cpu: { readonly at: number; readonly ms: number; readonly waitedMs: number } | undefined;
}

/** What is to be ended with it. The pid is -1, which no process has, when there never was a shim. */
export function treeOf({ process, run }: RunInHand): RunTree {
  return { pid: process?.pid ?? -1, start: process?.start, mark: run.folder };
}
