import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { messageOf } from '../../base/user-error.ts';
import type { RunId } from '../../model/ids.ts';
import type { ExitRecord } from '../../model/run.ts';
import type { StopCause } from '../../model/task.ts';
import type { ProcessTable } from '../../process/process-table.ts';
import { RunFolder } from '../../process/run-folder.ts';
import { VOIDED_STATUS } from '../../process/shim.ts';
import type { Spawn } from '../../process/spawn-detached.ts';
import { isGone } from '../../process/is-gone.ts';
import { pauseTree } from '../../process/pause-tree.ts';
import { stopTree } from '../../process/stop-tree.ts';
import type { StoredRun } from '../../store/run-table.ts';
import type { StoredTask } from '../../store/task-row.ts';
import type { Checkpoint } from '../checkpoint.ts';
import type { TerminalRequest } from '../engine-port.ts';
import { lookUntilOver, pause } from './look-until-over.ts';
import { prepareRun, type PrepareRunPorts } from './prepare-run.ts';
import type { RunEnd } from './run-end.ts';
import { treeOf, type RunInHand } from './run-in-hand.ts';
import { spawnMessage } from './spawn-message.ts';

/** How often a child's result is looked for, in case whoever is to tell of its end stands still. */
const RESULT_LOOK_MS = 5000;
/** How long a terminal may take to start an interactive run before it goes back to the queue. */
const TERMINAL_START_MS = 30_000;

export interface RunsInHandPorts extends PrepareRunPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly table: ProcessTable;
  readonly spawn: Spawn;
  readonly graceMs: number;
  readonly checkpoint: Checkpoint;
}

export interface RunsInHandEvents {
  started(run: RunInHand, argv: readonly string[], pid: number | undefined, pidStart: string | undefined): void;
  ended(run: RunInHand, end: RunEnd): void;
  /** Its ticket was voided: nothing was started and nothing will be. */
  voided(run: RunInHand): void;
  /** Why the engine itself wants a run stopped. */
  stopWanted(run: RunInHand, cause: StopCause): void;
  terminalWanted(request: TerminalRequest): void;
}

/** The runs that this engine looks after: it starts them, watches them to their end, and stops them. It writes nothing into the store. */
export class RunsInHand {
  private readonly runs = new Map<RunId, RunInHand>();
  private readonly ports: RunsInHandPorts;
  private readonly events: RunsInHandEvents;

  constructor(ports: RunsInHandPorts, events: RunsInHandEvents) {
    this.ports = ports;
    this.events = events;
  }

  all(): readonly RunInHand[] {
    return [...this.runs.values()];
  }

  has(id: RunId): boolean {
    return this.runs.has(id);
  }

  /** Starts a claimed run. */
  async start(task: StoredTask, run: StoredRun): Promise<void> {
    const inHand = this.take(task, run);
    try {
      await this.launch(inHand);
    } catch (error) {
      this.end(inHand, { type: 'spawn-failed', message: spawnMessage(error, task) });
    }
  }

  /** Takes over a run that another engine began: finds out whether it was started, lives, or has ended. */
  adopt(task: StoredTask, run: StoredRun): void {
    const folder = new RunFolder(run.folder);
    // A recorded pid tells that it was started, even if somebody has since removed its folder.
    const voided = run.pid === undefined && folder.void();
    const inHand = this.take(task, run, true);
    if (!voided) {
      const record = folder.readPid() ?? (run.pid === undefined ? undefined : { pid: run.pid, start: run.pidStart });
      if (record !== undefined) inHand.process = { pid: record.pid, start: record.start ?? run.pidStart };
      inHand.startedAt ??= folder.startedAt();
      this.ports.log.write('info', `#${task.id} ${task.spec.name}: adopted run ${run.id} (pid ${record?.pid ?? 'unknown'})`);
      this.events.started(inHand, run.argv, record?.pid, inHand.process?.start);
      void this.watch(inHand);
      return;
    }
    this.forget(inHand);
    this.ports.log.write('info', `#${task.id} ${task.spec.name}: run ${run.id} was claimed and never started; it is queued again`);
    this.events.voided(inHand);
  }

  /** Ends a run's process tree; the end itself is reported as any other. */
  stop(id: RunId): void {
    const inHand = this.runs.get(id);
    if (inHand === undefined || inHand.stopping) return;
    inHand.stopping = true;
    void this.stopNow(inHand);
  }

  /** Makes a run's processes stand still, or go on; its timeout stands still with them. */
  setPaused(id: RunId, paused: boolean, pausedMs: () => number): void {
    const inHand = this.runs.get(id);
    if (inHand === undefined || inHand.stopping || inHand.paused === paused) return;
    inHand.paused = paused;
    inHand.cancelTimeout();
    if (!paused) this.armTimeout(inHand, pausedMs());
    void pauseTree(treeOf(inHand), this.ports.table, paused).catch((error: unknown) => this.ports.log.write('error', `#${inHand.task.id} ${inHand.task.spec.name}: could not be ${paused ? 'paused' : 'resumed'}: ${messageOf(error)}`));
  }

  /** Lets go of all runs; they go on. */
  dispose(): void {
    for (const inHand of this.runs.values()) this.forget(inHand);
  }

  private take(task: StoredTask, run: StoredRun, adopted = false): RunInHand {
    const inHand: RunInHand = { task, run, folder: new RunFolder(run.folder), process: undefined, startedAt: run.startedAt, adopted, stopping: false, paused: adopted ? undefined : false, gone: false, cancelTimeout: () => undefined, wakes: new Set(), peakMemory: run.peakMemory ?? 0, waitedMs: 0, cpu: undefined };
    this.runs.set(run.id, inHand);
    return inHand;
  }

  private async launch(inHand: RunInHand): Promise<void> {
    const { ports } = this;
    const { spec, id } = inHand.task;
    const prepared = prepareRun(inHand, ports);
    if (!prepared.ok) {
      const { program, wayOut } = prepared.error;
      return this.end(inHand, { type: 'missing-program', program, message: `${program} was not found. ${wayOut}`, skip: spec.ifMissing === 'skip' });
    }
    const { command, argv, env } = prepared.value;
    ports.checkpoint('spawn');
    if (spec.interactive) {
      this.events.terminalWanted({ task: id, name: spec.name, argv, cwd: spec.cwd, env });
      void this.awaitTerminal(inHand, command);
      return;
    }
    const launched = await ports.spawn(argv, { cwd: spec.cwd, env });
    ports.checkpoint('spawned');
    // A busy engine may hear of a start when the command has long begun, or ended.
    inHand.startedAt = Math.min(ports.clock.now(), inHand.folder.startedAt() ?? Number.POSITIVE_INFINITY);
    // A system that does not tell this just now must not make it pass for one that could not be started.
    const start = await ports.table.startOf(launched.pid).catch(() => undefined);
    inHand.process = { pid: launched.pid, start };
    if (inHand.gone) return;
    this.events.started(inHand, command, launched.pid, start);
    this.armTimeout(inHand);
    void this.lookForResult(inHand);
    // Where the system does not answer just now, it is asked again.
    void launched.ended.then((status) => this.childEnded(inHand, status)).catch(() => this.watch(inHand));
  }

  private async lookForResult(inHand: RunInHand): Promise<void> {
    await pause(inHand, this.ports.clock, RESULT_LOOK_MS);
    await lookUntilOver(
      inHand,
      this.ports,
      async () => {
        const exit = inHand.folder.readResult();
        if (exit !== undefined) await this.exited(inHand, exit);
        return inHand.gone;
      },
      RESULT_LOOK_MS,
    );
  }

  private async awaitTerminal(inHand: RunInHand, argv: readonly string[]): Promise<void> {
    const { clock, table, log } = this.ports;
    let isLate = false;
    // Whatever the clock is set to meanwhile.
    const stopTimer = clock.after(TERMINAL_START_MS, () => (isLate = true));
    await lookUntilOver(inHand, this.ports, async () => {
      const record = inHand.folder.readPid();
      if (record !== undefined) {
        inHand.process = { pid: record.pid, start: record.start ?? (await table.startOf(record.pid)) };
        inHand.startedAt = inHand.folder.startedAt() ?? clock.now();
        this.events.started(inHand, argv, record.pid, inHand.process.start);
        void this.watch(inHand);
        return true;
      }
      if (!isLate || !inHand.folder.void()) return false;
      log.write('warn', `#${inHand.task.id} ${inHand.task.spec.name}: no terminal started it in ${TERMINAL_START_MS / 1000} s; it is queued again`);
      this.forget(inHand);
      this.events.voided(inHand);
      return true;
    });
    stopTimer();
  }

  /** Watches a process that is not our child. */
  private async watch(inHand: RunInHand): Promise<void> {
    this.armTimeout(inHand);
    await lookUntilOver(inHand, this.ports, async () => {
      const exit = inHand.folder.readResult();
      if (exit !== undefined) await this.exited(inHand, exit);
      else if (!(await this.lives(inHand))) await this.processGone(inHand);
      return inHand.gone;
    });
  }

  private async lives({ process: known, run }: RunInHand): Promise<boolean> {
    const { table } = this.ports;
    return known !== undefined && run.boot === table.bootId() && !(await isGone(known, table));
  }

  private async childEnded(inHand: RunInHand, status: number | undefined): Promise<void> {
    if (inHand.gone) return;
    const exit = inHand.folder.readResult();
    if (exit !== undefined) return this.exited(inHand, exit);
    const record = inHand.folder.readPid();
    if (record !== undefined && record.pid !== inHand.process?.pid) {
      // It was started twice, and this was the shim that came second and started nothing.
      inHand.process = record;
      return this.watch(inHand);
    }
    if (status === VOIDED_STATUS && isVoid(inHand.folder)) {
      // Either the folder could not be written, or another engine took this one for dead; then the run is no longer ours to record.
      return this.end(inHand, { type: 'spawn-failed', message: `its folder ${inHand.run.folder} could not be written; is the disk full?` });
    }
    // A full disk keeps the shim from writing, but not from passing the status on.
    if (status !== undefined) return this.end(inHand, { type: 'exited', exit: { code: status, userMs: 0, systemMs: 0 } });
    await this.watch(inHand);
  }

  /** The command ended. A prompt's runner that was killed leaves its agent behind, which would go on writing unguarded. */
  private async exited(inHand: RunInHand, exit: ExitRecord): Promise<void> {
    const { table, graceMs } = this.ports;
    if (inHand.task.spec.work.kind === 'prompt' && inHand.run.boot === table.bootId()) await stopTree(treeOf(inHand), table, graceMs);
    this.end(inHand, { type: 'exited', exit });
  }

  /** The shim is gone without a word: what is left of the tree is ended, then the run is called lost. */
  private async processGone(inHand: RunInHand): Promise<void> {
    const exit = inHand.folder.readResult();
    if (exit !== undefined) return this.end(inHand, { type: 'exited', exit });
    if (inHand.run.boot === this.ports.table.bootId()) await stopTree(treeOf(inHand), this.ports.table, 0);
    if (inHand.gone) return;
    const rebooted = inHand.run.boot !== this.ports.table.bootId();
    this.end(inHand, { type: 'lost', message: rebooted ? 'the machine was restarted while it ran' : 'its process ended without leaving a result' });
  }

  private armTimeout(inHand: RunInHand, pausedMs = inHand.run.pausedMs): void {
    const { timeoutMs } = inHand.task.spec;
    inHand.cancelTimeout();
    if (timeoutMs === undefined) return;
    const left = (inHand.startedAt ?? this.ports.clock.now()) + pausedMs + timeoutMs - this.ports.clock.now();
    inHand.cancelTimeout = this.ports.clock.after(left, () => this.events.stopWanted(inHand, { type: 'timeout', afterMs: timeoutMs }));
  }

  private async stopNow(inHand: RunInHand): Promise<void> {
    const { log, table, graceMs } = this.ports;
    try {
      // A claim that has no process yet is voided; if its shim was faster, there is a process to stop.
      if (inHand.process === undefined && inHand.folder.void()) {
        this.forget(inHand);
        this.events.voided(inHand);
        return;
      }
      inHand.process ??= toProcess(inHand.folder);
      const forced = await stopTree(treeOf(inHand), table, graceMs);
      // How the task ended is told with its end.
      if (forced > 0) log.write('info', `#${inHand.task.id} ${inHand.task.spec.name}: ${forced} ${forced === 1 ? 'process' : 'processes'} ended by force`);
    } catch (error) {
      inHand.stopping = false;
      log.write('error', `#${inHand.task.id} ${inHand.task.spec.name}: could not be stopped: ${messageOf(error)}`);
    }
  }

  private end(inHand: RunInHand, end: RunEnd): void {
    if (inHand.gone) return;
    this.forget(inHand);
    this.events.ended(inHand, end);
  }

  private forget(inHand: RunInHand): void {
    inHand.gone = true;
    inHand.cancelTimeout();
    for (const wake of inHand.wakes) wake();
    this.runs.delete(inHand.run.id);
  }
}

/** Whether a shim that is over started nothing. A disk that takes no ticket of ours took none of its. */
function isVoid(folder: RunFolder): boolean {
  try {
    return folder.void();
  } catch {
    return folder.startedAt() === undefined;
  }
}

function toProcess(folder: RunFolder): RunInHand['process'] {
  const record = folder.readPid();
  return record === undefined ? undefined : { pid: record.pid, start: record.start };
}
