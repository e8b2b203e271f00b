import type { TaskView } from '../../core/engine/engine-port.ts';
import { isAsExpected } from '../../core/model/outcome.ts';

/** It went wrong by itself: nobody cancelled it, and it was not skipped because of another. */
export function hasFailed({ task: { state, spec } }: TaskView): boolean {
  if (state.status !== 'finished' || state.outcome.type === 'cancelled' || state.outcome.type === 'skipped') return false;
  return !isAsExpected(state.outcome, spec.expect);
}
