export type ClaimMode = 'read' | 'write';

/** A declared use of a file: `read` is shared, `write` exclusive. A folder stands for all below it. */
export interface Claim {
  /** Absolute; with `glob`, the folder that the glob starts from. */
  readonly path: string;
  readonly mode: ClaimMode;
  /** What below `path` is meant, such as `raw/*.csv`; with `/` between folders on every system. */
  readonly glob?: string;
}

/** Two claims on one file can be in force together only when both read. */
export function conflicts(a: ClaimMode, b: ClaimMode): boolean {
  return a === 'write' || b === 'write';
}
