import fs from 'node:fs';
import type { ProcessInfo, ProcessTable } from './process-table.ts';

/** Both are fixed in the kernel's interface to user space: USER_HZ, and the page size of all common Linux machines. */
const MS_PER_TICK = 10;
const PAGE = 4096;
const DELETED = ' (deleted)';
/** O_ACCMODE of open(2): the two bits that say read, write or both. */
const ACCESS_MODE = 3;

/** `/proc`, read directly: see proc(5). */
export const linuxProcessTable: ProcessTable = {
  list() {
    const infos: ProcessInfo[] = [];
    for (const pid of pids()) {
      const info = readInfo(pid);
      if (info !== undefined) infos.push(info);
    }
    return Promise.resolve(infos);
  },

  startOf: (pid) => Promise.resolve(readInfo(pid)?.start),

  marked(name, value) {
    const mark = Buffer.from(`${name}=${value}\0`);
    return Promise.resolve(
      pids().filter((pid) => {
        try {
          return fs.readFileSync(`/proc/${pid}/environ`).includes(mark);
        } catch {
          return false;
        }
      }),
    );
  },

  peakMemory(pid) {
    try {
      const match = /^VmHWM:\s+(\d+) kB$/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'));
      return match === null ? undefined : Number(match[1]) * 1024;
    } catch {
      return undefined;
    }
  },

  waited(pid) {
    try {
      // https://docs.kernel.org/scheduler/sched-stats.html: time on a core, time ready without one, in nanoseconds; turns.
      const waited = Number(fs.readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[1]);
      return Number.isFinite(waited) ? waited / 1e6 : undefined;
    } catch {
      return undefined;
    }
  },

  openForWriting(pid, below) {
    const prefix = `${below}/`;
    try {
      return fs.readdirSync(`/proc/${pid}/fd`).flatMap((descriptor) => {
        const file = fs.readlinkSync(`/proc/${pid}/fd/${descriptor}`);
        return file.startsWith(prefix) && !file.endsWith(DELETED) && isForWriting(pid, descriptor) ? [file] : [];
      });
    } catch {
      // The process is gone, or somebody else's.
      return [];
    }
  },

  bootId() {
    return `${fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${fs.readlinkSync('/proc/self/ns/pid')}`;
  },

  signal(pid, signal) {
    try {
      return Promise.resolve(process.kill(pid, signal));
    } catch {
      return Promise.resolve(false);
    }
  },
};

function isForWriting(pid: number, descriptor: string): boolean {
  const flags = /^flags:\s+([0-7]+)$/m.exec(fs.readFileSync(`/proc/${pid}/fdinfo/${descriptor}`, 'utf8'))?.[1] ?? '0';
  return (Number.parseInt(flags, 8) & ACCESS_MODE) !== 0;
}

function pids(): number[] {
  return fs.readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
}

function readInfo(pid: number): ProcessInfo | undefined {
  let text: string;
  try {
    text = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The name, in brackets, may itself hold spaces and brackets.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const field = (number: number): string => fields[number - 3] ?? '';
  if (field(3) === 'Z' || field(3) === 'X') return undefined;
  return {
    pid,
    parent: Number(field(4)),
    group: Number(field(5)),
    start: field(22),
    memory: Number(field(24)) * PAGE,
    cpuMs: (Number(field(14)) + Number(field(15)) + Number(field(16)) + Number(field(17))) * MS_PER_TICK,
  };
}
