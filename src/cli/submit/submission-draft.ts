import type { SubmitRequest } from '../../core/engine/engine-port.ts';
import type { Problem } from '../../core/spec/problem.ts';

/** What is to be queued, before it is known in which workspace. */
export interface SubmissionDraft {
  /** The folder whose workspace it belongs to. */
  readonly folder: string;
  /** The workspace, unless a live engine or `--workspace` says otherwise; found by its marks when there is none. */
  readonly ownWorkspace: string | undefined;
  request(workspace: string): SubmitRequest;
  /** What is wrong, one line each, named as its author wrote it. */
  describe(problems: readonly Problem[]): readonly string[];
}
