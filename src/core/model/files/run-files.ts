import type { TaskId } from '../ids.ts';

/** A workspace file that a run wrote without a claim on it. */
export interface UndeclaredWrite {
  readonly path: string;
  readonly at: number;
  /** Not seen in the run's hands: the file changed while it ran. */
  readonly guess: boolean;
}

/** Two runs at one file, one of them without a claim. Stands in the records of both. */
export interface FileConflict {
  readonly path: string;
  readonly at: number;
  readonly guess: boolean;
  /** The other one. */
  readonly task: TaskId;
  readonly name: string;
  /** Whether this run is the one that held the file. */
  readonly held: boolean;
}
