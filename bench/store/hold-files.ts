import { holderOfHold, type EngineId, type HoldId } from '../../src/core/model/ids.ts';
import type { Store } from '../../src/core/store/store.ts';

/** Locks files, each for a program of its own, without asking an engine. */
export function holdFiles(store: Store, engine: EngineId, files: readonly string[]): readonly HoldId[] {
  const now = Date.now();
  return store.write(() =>
    files.map((file, n) => {
      const id = store.holds.insert({ kind: 'program', engine, name: `program ${n}`, pid: process.pid, pidStart: '', boot: '', position: now, askedAt: now });
      store.claims.take(holderOfHold(id), [{ key: file, glob: '', path: file, mode: 'write' }], now);
      return id;
    }),
  );
}
