import type { AssessedFile } from './assessed-file.ts';
import type { RunnerIdentity } from './ruff-runner.ts';

/** What a look at some files told. */
export interface Assessment {
  /** In the order of their paths, each once. */
  readonly files: readonly AssessedFile[];
  readonly runner: RunnerIdentity;
  /** Why another ruff was not taken. */
  readonly notes: readonly string[];
  /** Files whose text was read. */
  readonly read: number;
  /** Files that had not changed since they were last looked at. */
  readonly reused: number;
}
