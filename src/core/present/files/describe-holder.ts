import { assertNever } from '../../base/assert-never.ts';
import type { Holder } from '../../model/files/holder.ts';

/** Who uses a file, in the middle of a sentence: `“Sweep 3”`, `an editor`. */
export function describeHolder(holder: Holder): string {
  switch (holder.type) {
    case 'task':
      return `“${holder.name}”`;
    case 'editor':
      return 'an editor';
    case 'program':
      return `“${holder.name}” (process ${holder.pid})`;
    default:
      return assertNever(holder);
  }
}
