/** Who carries out prompts; see `executionMode()`. */
export type ExecutionMode = 'claude-only' | 'supplement' | 'takeover' | 'no-agent';

/** A mode that a configuration file of a project asks for. */
export interface FileMode {
  readonly mode: ExecutionMode;
  /** Absolute. */
  readonly file: string;
}
