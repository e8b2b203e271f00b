import type { Store } from '../../store/store.ts';
import type { EngineStatus } from '../engine-port.ts';

/** What the store tells of the queues of some workspaces and of the engines that are there. */
export function queueStatus(store: Store, roots: readonly string[]): Pick<EngineStatus, 'counts' | 'paused' | 'engines'> {
  const paused = store.settings.pausedRoots();
  return {
    counts: store.counts.of(store.workspacesUnder(roots)),
    paused: roots.length > 0 && roots.every((root) => paused.includes(root)),
    engines: store.engines.all().map(({ pid, kind, roots: served, runsTasks, hasTerminals }) => ({ pid, kind, roots: served, self: pid === process.pid, hasTerminals: runsTasks && hasTerminals })),
  };
}
