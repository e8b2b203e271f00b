import type { Assessment } from './assessment.ts';
import { Assessor, type AssessorOptions, type AssessProgress, type AssessRequest } from './assessor.ts';

export interface AssessFilesOptions extends AssessorOptions, Omit<AssessRequest, 'paths'> {
  readonly onProgress?: (progress: AssessProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * Looks once at files and at the scripts in folders. `reportOf()` grades the answer. Who looks often keeps an `Assessor`,
 * which spares the start of ruff.
 * @throws UserError when no ruff can be started; the signal's reason when it is aborted.
 */
export async function assessFiles(paths: readonly string[], options: AssessFilesOptions): Promise<Assessment> {
  const { onProgress, signal, ...rest } = options;
  const assessor = new Assessor(rest);
  try {
    return await assessor.assess({ ...rest, paths }, onProgress, signal);
  } finally {
    await assessor.close();
  }
}
