export type ClaimMode = 'read' | 'write';

/** A task's declared use of a file: `read` is shared, `write` exclusive. `path` is absolute. */
export interface Claim {
  readonly path: string;
  readonly mode: ClaimMode;
}

/** Two claims on one file can be in force together only when both read. */
export function conflicts(a: ClaimMode, b: ClaimMode): boolean {
  return a === 'write' || b === 'write';
}
