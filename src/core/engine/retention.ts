import fs from 'node:fs';
import path from 'node:path';
import type { Clock } from '../base/clock.ts';
import { disposable, type Disposable } from '../base/disposable.ts';
import type { Log } from '../base/log.ts';
import { messageOf } from '../base/user-error.ts';
import type { Store } from '../store/store.ts';
import type { EngineOptions } from './engine-options.ts';

interface Kept {
  readonly folder: string;
  readonly bytes: number;
  readonly changedAt: number;
}

/** Removes the files of runs that are too old, then the oldest until the rest fits. What the store knows of these runs stays. */
export async function sweepRuns(store: Store, home: string, retention: EngineOptions['retention'], now: number, log: Log): Promise<void> {
  const needed = new Set([...store.runs.active().map((run) => run.folder), ...store.prompts.foldersToGoOnWith()]);
  const root = path.join(home, 'runs');
  const kept: Kept[] = [];
  for (const name of await fs.promises.readdir(root)) {
    const folder = path.join(root, name);
    const stats = await fs.promises.stat(folder).catch(() => undefined);
    if (stats !== undefined && !needed.has(folder)) kept.push({ folder, bytes: await sizeOf(folder), changedAt: stats.mtimeMs });
  }
  kept.sort((a, b) => b.changedAt - a.changedAt);
  let bytes = 0;
  let removed = 0;
  for (const run of kept) {
    bytes += run.bytes;
    if (run.changedAt >= now - retention.maxAgeMs && bytes <= retention.maxBytes) continue;
    await fs.promises.rm(run.folder, { recursive: true, force: true });
    removed++;
  }
  if (removed > 0) log.write('info', `Removed the files of ${removed} old runs`);
  store.write(() => store.scriptRuns.trimAll());
}

async function sizeOf(folder: string): Promise<number> {
  let bytes = 0;
  try {
    for (const entry of await fs.promises.readdir(folder, { withFileTypes: true, recursive: true })) {
      if (entry.isFile()) bytes += (await fs.promises.stat(path.join(entry.parentPath, entry.name))).size;
    }
  } catch {
    // Removed meanwhile by another engine.
  }
  return bytes;
}

const FIRST_AFTER_MS = 60_000;
const EVERY_MS = 3_600_000;

/** Sweeps a minute from now, and then every hour, until it is disposed. */
export function sweepNowAndThen(sweep: () => Promise<void>, clock: Clock, log: Log): Disposable {
  let cancel = (): void => undefined;
  let isOver = false;
  const arm = (delayMs: number): void => {
    if (isOver) return;
    cancel = clock.after(delayMs, () => {
      void sweep()
        .catch((error: unknown) => log.write('warn', `Old runs could not be removed: ${messageOf(error)}`))
        .finally(() => arm(EVERY_MS));
    });
  };
  arm(FIRST_AFTER_MS);
  return disposable(() => {
    isOver = true;
    cancel();
  });
}
