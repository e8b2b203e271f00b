import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { linuxProcessTable } from '../../../src/core/process/linux-process-table.ts';
import { RUN_MARK } from '../../../src/core/process/process-table.ts';
import { RunFolder } from '../../../src/core/process/run-folder.ts';
import { shShim, type Shim } from '../../../src/core/process/shim.ts';
import { spawnDetached } from '../../../src/core/process/spawn-detached.ts';
import { tempFolder } from '../temp-folder.ts';
import { until } from '../until.ts';

interface Owner {
  after(clean: () => Promise<void> | void): void;
}

/** A command under a shim, in a folder of its own; whatever is left of it when the test has ended is killed. */
export class ShimmedRun {
  readonly folder: RunFolder;
  readonly pid: number;
  /** The shim's own status. */
  readonly ended: Promise<number | undefined>;

  private constructor(folder: RunFolder, pid: number, ended: Promise<number | undefined>) {
    this.folder = folder;
    this.pid = pid;
    this.ended = ended;
  }

  static async start(t: Owner, argv: readonly string[], shim: Shim = shShim, parent: string = tempFolder(t)): Promise<ShimmedRun> {
    const folder = new RunFolder(path.join(parent, 'a run'));
    folder.create();
    const env = { ...inherited(), [RUN_MARK]: folder.path };
    const { pid, ended } = await spawnDetached(shim.wrap(folder.path, argv, false), { cwd: parent, env });
    const run = new ShimmedRun(folder, pid, ended);
    t.after(() => run.killAll());
    return run;
  }

  /** Runs a command to its end. */
  static async finish(t: Owner, argv: readonly string[], shim: Shim = shShim): Promise<ShimmedRun> {
    const run = await ShimmedRun.start(t, argv, shim);
    await run.ended;
    return run;
  }

  get stdout(): string {
    return readFileSync(this.folder.stdout, 'utf8');
  }

  get stderr(): string {
    return readFileSync(this.folder.stderr, 'utf8');
  }

  /** Resolves when the command has printed a text. */
  async printed(text: string): Promise<void> {
    await until(`${text} on stdout`, () => existsSync(this.folder.stdout) && this.stdout.includes(text));
  }

  /** Every living process of the run, the shim among them. */
  async living(): Promise<number[]> {
    const marked = new Set(await linuxProcessTable.marked(RUN_MARK, this.folder.path));
    return (await linuxProcessTable.list()).map(({ pid }) => pid).filter((pid) => marked.has(pid));
  }

  private async killAll(): Promise<void> {
    for (let pids = await this.living(); pids.length > 0; pids = await this.living()) {
      for (const pid of pids) await linuxProcessTable.signal(pid, 'SIGKILL');
    }
    await this.ended;
  }
}

export function inherited(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
