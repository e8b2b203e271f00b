import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

export interface Bounds {
  readonly memory: number;
  readonly cores: number;
}

interface Owner {
  after(clean: () => void): void;
}

const MOUNT = '/sys/fs/cgroup';
const PERIOD_US = 100_000;

/**
 * A real control group with limits, of whichever version this system has, below the one that this process is in; gone with
 * the test. Making one takes the rights of an administrator.
 */
export class Container {
  private readonly folders: readonly string[];

  private constructor(folders: readonly string[]) {
    this.folders = folders;
  }

  /** The container, or why there can be none here. */
  static open(t: Owner, { memory, cores }: Bounds): Container | string {
    if (process.platform !== 'linux') return 'there are no control groups';
    const name = `parallel-workflow-test-${randomBytes(4).toString('hex')}`;
    const isFirst = fs.existsSync(`${MOUNT}/memory/memory.limit_in_bytes`);
    const quota = Math.round(cores * PERIOD_US);
    const files = isFirst
      ? [[`${groupOf('memory')}/${name}`, 'memory.limit_in_bytes', String(memory)], [`${groupOf('cpu')}/${name}`, 'cpu.cfs_quota_us', String(quota)]] as const
      : [[`${groupOf('')}/${name}`, 'memory.max', String(memory)], [`${groupOf('')}/${name}`, 'cpu.max', `${quota} ${PERIOD_US}`]] as const;
    const folders = [...new Set(files.map(([folder]) => folder))];
    t.after(() => folders.forEach((folder) => fs.existsSync(folder) && fs.rmdirSync(folder)));
    try {
      for (const folder of folders) fs.mkdirSync(folder);
      for (const [folder, file, value] of files) fs.writeFileSync(path.join(folder, file), value);
    } catch (error) {
      return `this person may not make a control group (${(error as NodeJS.ErrnoException).code})`;
    }
    return new Container(folders);
  }

  /** What has to be run so that `argv` is inside from its first moment. */
  around(argv: readonly string[]): readonly string[] {
    const enter = this.folders.map((_, index) => `echo $$ > "$${index + 1}/cgroup.procs"`).join(' && ');
    return ['/bin/sh', '-c', `${enter} && shift ${this.folders.length} && exec "$@"`, 'enter', ...this.folders, ...argv];
  }

  /** How many of its processes the system has killed for lack of memory. */
  killed(): number {
    const text = ['memory.oom_control', 'memory.events'].map((file) => path.join(this.folders[0]!, file)).find((file) => fs.existsSync(file));
    return Number(/^oom_kill (\d+)$/m.exec(text === undefined ? '' : fs.readFileSync(text, 'utf8'))?.[1] ?? Number.NaN);
  }
}

function groupOf(controller: string): string {
  const lines = fs.readFileSync('/proc/self/cgroup', 'utf8').trimEnd().split('\n').map((line) => line.split(':'));
  const own = lines.find(([, controllers]) => controllers!.split(',').includes(controller))?.slice(2).join(':') ?? '/';
  return path.join(MOUNT, controller, own);
}
