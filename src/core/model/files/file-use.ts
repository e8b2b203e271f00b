import type { ClaimMode } from './claim.ts';
import type { Holder } from './holder.ts';

/** A holder of a file, or somebody who waits for it. */
export interface FileUser {
  readonly holder: Holder;
  readonly mode: ClaimMode;
  /** Since when it holds, or waits; milliseconds since the epoch. */
  readonly since: number;
  /** Whether it belongs to the engine that was asked: this window's unsaved changes. */
  readonly own: boolean;
  /** A task's own script, which it reads without anybody having said so. */
  readonly isOwnScript?: true;
}

/** A file, a folder or a glob in use. */
export interface FileUse {
  /** As it was claimed; absolute. */
  readonly path: string;
  /** Identity of the file, or of the folder that the glob starts from; see `pathKey()`. */
  readonly key: string;
  /** What below `key` is meant; empty for a file, or for a folder with all below it. */
  readonly glob: string;
  /** Never empty of both; those in force, the longest-standing first. */
  readonly holders: readonly FileUser[];
  /** Who waits for it, in the order in which they get it; the first of them when they are many. */
  readonly waiters: readonly FileUser[];
  /** How many wait. */
  readonly waiting: number;
}
