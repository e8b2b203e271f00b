import type { TaskView } from '../../core/engine/engine-port.ts';
import type { TaskId } from '../../core/model/ids.ts';
import type { TaskWatch } from '../tasks/task-watch.ts';

/** Resolves with a task when it has finished, or with `undefined` when it was taken out of the list; `onRun` is called while it runs. */
export function finishedTask(watch: Pick<TaskWatch, 'follow'>, id: TaskId, onRun: () => void): Promise<TaskView | undefined> {
  return new Promise((resolve) => {
    const following = watch.follow(id, (view) => {
      if (view?.task.state.status === 'running') onRun();
      if (view !== undefined && view.task.state.status !== 'finished') return;
      following.dispose();
      resolve(view);
    });
  });
}
