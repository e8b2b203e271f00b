import { assertNever } from '../../base/assert-never.ts';
import type { Estimated } from '../../model/estimate.ts';

/** How a figure is known: `declared`, `estimated from 12 runs`, `type simulation`. */
export function describeEstimate({ source, runs }: Estimated, type: string): string {
  switch (source) {
    case 'declared':
      return 'declared';
    case 'learned':
      return `estimated from ${runs} runs`;
    case 'type':
      return `type ${type}`;
    case 'guess':
      return 'a guess, until three runs are known';
    case 'shortage':
      return 'more, since a run died for lack of it';
    default:
      return assertNever(source);
  }
}
