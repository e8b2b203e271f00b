/** A process as the system shows it. */
export interface ProcessInfo {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** Tells this process from a later one with the same pid. */
  readonly start: string;
  /** Resident memory, bytes. */
  readonly memory: number;
  /** CPU time so far, milliseconds. */
  readonly cpuMs: number;
}

/** What an engine must know of the machine's processes. One implementation for each kind of system. */
export interface ProcessTable {
  list(): Promise<readonly ProcessInfo[]>;
  /** Start of a process, `undefined` when there is none with that pid or it is a zombie. @throws when the system does not answer. */
  startOf(pid: number): Promise<string | undefined>;
  /** Processes whose environment carries `NAME=value`, also those that left their parent and group. */
  marked(name: string, value: string): Promise<readonly number[]>;
  /** The most memory a process ever had resident, bytes, where the system keeps it. */
  peakMemory(pid: number): number | undefined;
  /** How long a process has been ready and waited for a core so far, of its first thread; milliseconds, where the system keeps it. */
  waited(pid: number): number | undefined;
  /** Files below a folder that a process has open for writing; none where the system does not tell. */
  openForWriting(pid: number, below: string): readonly string[];
  /** Identity of the boot and of the space that pids belong to. */
  bootId(): string;
  /** Sends a signal to a process; false when it is gone. */
  signal(pid: number, signal: 'SIGTERM' | 'SIGKILL' | 'SIGCONT' | 'SIGSTOP'): Promise<boolean>;
}

/** The variable that marks every process of a run with the run's folder. */
export const RUN_MARK = 'PARALLEL_WORKFLOW_RUN';

/** All processes that descend from `root` or share its group, without `root`. */
export function treeOf(root: number, processes: readonly ProcessInfo[]): readonly ProcessInfo[] {
  const children = new Map<number, ProcessInfo[]>();
  for (const info of processes) {
    const siblings = children.get(info.parent);
    if (siblings === undefined) children.set(info.parent, [info]);
    else siblings.push(info);
  }
  const found = new Map<number, ProcessInfo>();
  const visit = (pid: number): void => {
    for (const child of children.get(pid) ?? []) {
      if (found.has(child.pid) || child.pid === root) continue;
      found.set(child.pid, child);
      visit(child.pid);
    }
  };
  visit(root);
  for (const info of processes) {
    if (info.group !== root || info.pid === root || found.has(info.pid)) continue;
    found.set(info.pid, info);
    visit(info.pid);
  }
  return [...found.values()];
}
