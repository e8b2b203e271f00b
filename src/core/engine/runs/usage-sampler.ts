import type { Clock } from '../../base/clock.ts';
import type { ProcessInfo, ProcessTable } from '../../process/process-table.ts';
import { treeOf } from '../../process/process-table.ts';
import type { RunInHand } from './run-in-hand.ts';
import { wantedCores } from '../needs/wanted-cores.ts';

/** Ages of a run at which it is looked at, milliseconds; then once a second. Short-lived peaks come soon after the start. */
const EARLY_LOOKS_MS = [30, 100, 300, 650];
const STEADY_MS = 1000;
/** While tasks wait for room: what a run has taken since the last look is counted twice, as used and as set aside. */
const SHORT_MS = 250;
/** Looks take no more of the time than this. */
const MOST_OF_TIME = 0.05;

export interface Usage {
  readonly cores: number;
  /** On a machine that nobody else uses. */
  readonly wanted: number;
  readonly memory: number;
  /** Files of the workspace that the tree has open for writing, where the system tells. */
  readonly writing: readonly string[];
}

/** Measures the process trees of the runs in hand: one look at the process table serves all. */
export class UsageSampler {
  private readonly clock: Clock;
  private readonly table: ProcessTable;
  private readonly runs: () => readonly RunInHand[];
  private readonly onUsage: (run: RunInHand, usage: Usage) => void;
  private readonly looks = new WeakMap<RunInHand, { count: number; dueAt: number }>();
  private armed: { readonly dueAt: number; readonly cancel: () => void } | undefined;
  private busy = false;
  private isShort = false;
  private lookMs = 0;
  private disposed = false;

  constructor(clock: Clock, table: ProcessTable, runs: () => readonly RunInHand[], onUsage: (run: RunInHand, usage: Usage) => void) {
    this.clock = clock;
    this.table = table;
    this.runs = runs;
    this.onUsage = onUsage;
  }

  /** Call when runs came in hand. */
  wake(): void {
    if (this.disposed || this.busy) return;
    const dueAt = Math.min(...this.runs().map((run) => this.lookOf(run).dueAt));
    if (dueAt >= (this.armed?.dueAt ?? Number.POSITIVE_INFINITY)) return;
    this.armed?.cancel();
    const cancel = this.clock.after(Math.max(0, dueAt - this.clock.now()), () => {
      this.armed = undefined;
      void this.look();
    });
    this.armed = { dueAt, cancel };
  }

  /** Whether tasks wait for cores or memory, so that it matters what runs use by now. */
  setShort(isShort: boolean): void {
    const wasShort = this.isShort;
    this.isShort = isShort;
    if (!isShort || wasShort) return;
    const soon = this.clock.now() + this.steadyMs();
    for (const run of this.runs()) {
      const look = this.lookOf(run);
      look.dueAt = Math.min(look.dueAt, soon);
    }
    this.wake();
  }

  dispose(): void {
    this.disposed = true;
    this.armed?.cancel();
  }

  private async look(): Promise<void> {
    const now = this.clock.now();
    // A clock that was set back must not put looks off.
    for (const run of this.runs()) this.lookOf(run).dueAt = Math.min(this.lookOf(run).dueAt, now + STEADY_MS);
    const due = this.runs().filter((run) => run.process !== undefined && this.lookOf(run).dueAt <= now);
    this.busy = true;
    try {
      if (due.length > 0) {
        const processes = await this.table.list();
        for (const run of due) if (!run.gone) this.measure(run, processes, now);
      }
    } catch {
      // A look that fails is made up for by the next one.
    } finally {
      this.busy = false;
      this.lookMs = Math.max(0, this.clock.now() - now);
      for (const run of this.runs()) this.scheduleNext(run, now);
      this.wake();
    }
  }

  private measure(inHand: RunInHand, processes: readonly ProcessInfo[], now: number): void {
    const root = inHand.process!.pid;
    const members = treeOf(root, processes);
    const memory = members.reduce((sum, info) => sum + info.memory, 0);
    const cpuMs = [...members, ...processes.filter((info) => info.pid === root)].reduce((sum, info) => sum + info.cpuMs, 0);
    const before = inHand.cpu;
    const waitedMs = members.reduce((sum, info) => sum + (this.table.waited(info.pid) ?? 0), 0);
    inHand.cpu = { at: now, ms: cpuMs, waitedMs };
    inHand.peakMemory = Math.max(inHand.peakMemory, memory, ...members.map((info) => this.table.peakMemory(info.pid) ?? 0));
    const lasted = before === undefined ? 0 : now - before.at;
    const used = Math.max(0, cpuMs - (before?.ms ?? 0));
    const waited = Math.max(0, waitedMs - (before?.waitedMs ?? 0));
    inHand.waitedMs += waited;
    const writing = [...new Set([root, ...members.map(({ pid }) => pid)].flatMap((pid) => this.table.openForWriting(pid, inHand.task.workspace)))];
    this.onUsage(inHand, { cores: lasted <= 0 ? 0 : used / lasted, wanted: wantedCores(used, waited, lasted), memory, writing });
  }

  private lookOf(run: RunInHand): { count: number; dueAt: number } {
    let look = this.looks.get(run);
    if (look === undefined) {
      look = { count: 0, dueAt: this.clock.now() + EARLY_LOOKS_MS[0]! };
      this.looks.set(run, look);
    }
    return look;
  }

  private scheduleNext(run: RunInHand, now: number): void {
    const look = this.lookOf(run);
    if (look.dueAt > now) return;
    look.count++;
    const early = EARLY_LOOKS_MS[look.count];
    look.dueAt = now + (early === undefined ? this.steadyMs() : early - EARLY_LOOKS_MS[look.count - 1]!);
  }

  private steadyMs(): number {
    return this.isShort ? Math.min(STEADY_MS, Math.max(SHORT_MS, this.lookMs / MOST_OF_TIME)) : STEADY_MS;
  }
}
