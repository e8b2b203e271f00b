import fs from 'node:fs';
import path from 'node:path';
import { messageOf } from '../base/user-error.ts';
import { formatBytes } from '../present/format/format-bytes.ts';
import type { RoleContext, RoleWorker } from '../roles/role-worker.ts';

const EVERY_MS = 3_600_000;
const WATCH_MS = 10_000;
/** Temporary files are left alone for so long after the last change, so that somebody can look into them. */
const OLD_MS = 86_400_000;
const SHORT: readonly string[] = ['conserve', 'critical'];

/** The work of the role `resource_management`: reports when the machine is short, and removes what runs left in their temporary folders. */
export class ResourceCare implements RoleWorker {
  private readonly home: string;
  private cancel = (): void => undefined;
  private cancelWatch = (): void => undefined;

  /** `home` is the state folder. */
  constructor(home: string) {
    this.home = home;
  }

  start({ engine, clock, log, signal }: RoleContext): void {
    this.stop();
    let last = 'normal';
    const watch = async (): Promise<void> => {
      try {
        const { strategy, reasons } = await engine.strategy();
        if (strategy !== last && SHORT.includes(strategy)) log.write('warn', `The machine is short: ${strategy}${reasons.map(({ measure, value, threshold }) => `, ${measure} ${Math.round(value * 100)} % of at most ${Math.round(threshold * 100)} %`).join('')}`);
        last = strategy;
      } catch {
        // Asked again in a while; the engine is being opened anew.
      }
      if (!signal.aborted) this.cancelWatch = clock.after(WATCH_MS, () => void watch());
    };
    void watch();
    const clean = async (): Promise<void> => {
      try {
        const { folders, bytes } = await cleanTemporary(this.home, await activeFolders(engine), clock.now() - OLD_MS);
        if (folders > 0) log.write('info', `Removed ${folders} old temporary folders of runs (${formatBytes(bytes)})`);
      } catch (error) {
        log.write('warn', `Temporary folders could not be cleaned: ${messageOf(error)}`);
      }
      if (!signal.aborted) this.cancel = clock.after(EVERY_MS, () => void clean());
    };
    void clean();
  }

  stop(): void {
    this.cancel();
    this.cancelWatch();
  }
}

async function activeFolders(engine: RoleContext['engine']): Promise<ReadonlySet<string>> {
  const { items } = await engine.query({ group: 'running', roots: [], offset: 0, limit: 100_000 });
  return new Set(items.flatMap(({ run }) => run?.folder ?? []));
}

/** Removes the `tmp` folders of ended runs in which nothing changed since `before`, milliseconds since the epoch. */
export async function cleanTemporary(home: string, active: ReadonlySet<string>, before: number): Promise<{ readonly folders: number; readonly bytes: number }> {
  const root = path.join(home, 'runs');
  let folders = 0;
  let bytes = 0;
  for (const name of await fs.promises.readdir(root).catch(() => [])) {
    const run = path.join(root, name);
    const temp = path.join(run, 'tmp');
    // A run that nobody has ended yet has no result, whoever looks after it.
    if (active.has(run) || !fs.existsSync(path.join(run, 'result'))) continue;
    const size = await sizeIfOld(temp, before);
    if (size === undefined) continue;
    await fs.promises.rm(temp, { recursive: true, force: true });
    folders++;
    bytes += size;
  }
  return { folders, bytes };
}

/** `undefined` when there is nothing in it, or something that is younger. */
async function sizeIfOld(folder: string, before: number): Promise<number | undefined> {
  const entries = await fs.promises.readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  let bytes = 0;
  for (const entry of entries) {
    const stats = await fs.promises.lstat(path.join(entry.parentPath, entry.name)).catch(() => undefined);
    if (stats === undefined || stats.mtimeMs >= before) return undefined;
    bytes += entry.isFile() ? stats.size : 0;
  }
  return entries.length === 0 ? undefined : bytes;
}
