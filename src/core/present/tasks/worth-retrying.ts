import type { TaskView } from '../../engine/engine-port.ts';
import { isAsExpected } from '../../model/outcome.ts';

/** Of the tasks of a batch those that did not end as they should; where all did, all that have ended. */
export function worthRetrying(tasks: readonly TaskView[]): readonly TaskView[] {
  const over = tasks.filter(({ task }) => task.state.status === 'finished');
  const wrong = over.filter(({ task: { state, spec } }) => state.status === 'finished' && !isAsExpected(state.outcome, spec.expect));
  return wrong.length > 0 ? wrong : over;
}
