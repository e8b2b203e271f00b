import path from 'node:path';
import { assertNever } from '../base/assert-never.ts';
import type { Work } from './spec.ts';

/** The file a task's work is written in, where there is one to open. */
export function scriptOf(work: Work): string | undefined {
  switch (work.kind) {
    case 'script':
    case 'blender':
      return work.path;
    case 'function':
      return path.isAbsolute(work.module) ? work.module : undefined;
    case 'prompt':
      return work.file;
    case 'command':
    case 'hosted':
      return undefined;
    default:
      return assertNever(work);
  }
}
