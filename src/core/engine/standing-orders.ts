import type { Log } from '../base/log.ts';
import type { Limits } from '../model/limits.ts';
import type { Store } from '../store/store.ts';

/** While paused nothing new of these workspaces is started. */
export function setPaused(store: Store, log: Log, roots: readonly string[], paused: boolean): void {
  store.write(() => {
    for (const root of roots) store.settings.setPaused(root, paused);
    // Nobody stands in line behind a task that is paused.
    store.dissolveLines();
    store.markChanged();
  });
  log.write('info', `${paused ? 'Paused' : 'Resumed'} the queue of ${roots.join(', ')}`);
}

export function setLimits(store: Store, limits: Limits): void {
  store.write(() => {
    store.settings.setLimits(limits);
    // What was in front may not fit any more.
    store.dissolveLines();
    store.markChanged();
  });
}
