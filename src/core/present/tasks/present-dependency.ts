import type { TaskView } from '../../engine/engine-port.ts';
import type { Face } from '../face.ts';
import { oneLine } from '../format/one-line.ts';
import { capabilities, presentTask } from './present-task.ts';

/** A task as something that another one waits for or has waited for. */
export function presentDependency(view: TaskView, now: number): Face {
  const face = presentTask(view, now);
  return {
    ...face,
    label: `after ${face.label}`,
    accessibility: `after ${oneLine(view.task.spec.name)}, ${face.accessibility.slice(oneLine(view.task.spec.name).length + 2)}`,
    contextValue: ['dependency', ...capabilities(view).filter((word) => word.startsWith('has'))].join(' '),
  };
}
