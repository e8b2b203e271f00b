import type { AssessedFile } from '../../core/assessment/assessed-file.ts';
import type { Assessment } from '../../core/assessment/assessment.ts';
import type { AssessProgress } from '../../core/assessment/assessor.ts';

/** Methods of the assessment's thread: `assess(call, request)` and `cancel(call)`. */
export const ASSESS = 'assess';
export const CANCEL = 'cancel';

/** Event of the thread; its value is an `AssessPortion`. */
export const PORTION = 'portion';

/** Files are told in portions as they are found: all at once they would hold up the extension host. */
export interface AssessPortion extends AssessProgress {
  readonly call: number;
  readonly files: readonly AssessedFile[];
}

/** What is left to be told at the end. */
export type AssessEnd = Omit<Assessment, 'files'>;
