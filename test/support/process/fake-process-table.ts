import type { ProcessInfo, ProcessTable } from '../../../src/core/process/process-table.ts';

type Signal = Parameters<ProcessTable['signal']>[1];

/** Processes that exist on paper only. A signal does what `onSignal` says; without it, it ends the process. */
export class FakeProcessTable implements ProcessTable {
  readonly processes = new Map<number, ProcessInfo>();
  readonly signals: string[] = [];
  readonly marks = new Map<number, string>();
  readonly peaks = new Map<number, number>();
  /** Milliseconds that processes have waited for a core. */
  readonly waits = new Map<number, number>();
  /** Files that processes have open for writing. */
  readonly open = new Map<number, readonly string[]>();
  boot = 'boot-1';
  /** A system that does not answer. */
  isSilent = false;
  onSignal: (pid: number, signal: Signal) => void = (pid, signal) => {
    if (signal !== 'SIGCONT') this.end(pid);
  };

  add(pid: number, given: Partial<ProcessInfo> = {}): this {
    this.processes.set(pid, { parent: 1, group: pid, start: String(pid * 10), memory: 0, cpuMs: 0, ...given, pid });
    return this;
  }

  end(pid: number): void {
    this.processes.delete(pid);
    this.marks.delete(pid);
  }

  list(): Promise<readonly ProcessInfo[]> {
    return this.answer([...this.processes.values()]);
  }

  startOf(pid: number): Promise<string | undefined> {
    return this.answer(this.processes.get(pid)?.start);
  }

  marked(name: string, value: string): Promise<readonly number[]> {
    return Promise.resolve([...this.marks].flatMap(([pid, mark]) => (mark === `${name}=${value}` ? [pid] : [])));
  }

  peakMemory(pid: number): number | undefined {
    return this.peaks.get(pid);
  }

  waited(pid: number): number | undefined {
    return this.waits.get(pid);
  }

  openForWriting(pid: number, below: string): readonly string[] {
    return (this.open.get(pid) ?? []).filter((file) => file.startsWith(`${below}/`));
  }

  bootId(): string {
    return this.boot;
  }

  signal(pid: number, signal: Signal): Promise<boolean> {
    this.signals.push(`${signal} ${pid}`);
    const exists = this.processes.has(pid);
    if (exists) this.onSignal(pid, signal);
    return Promise.resolve(exists);
  }

  private answer<T>(value: T): Promise<T> {
    return this.isSilent ? Promise.reject(new Error('ps took too long')) : Promise.resolve(value);
  }
}
