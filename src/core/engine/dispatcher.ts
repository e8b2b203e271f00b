import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { nextReturn } from '../agents/agents-now.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { messageOf } from '../base/user-error.ts';
import type { RunId } from '../model/ids.ts';
import type { Limits } from '../model/limits.ts';
import { currentRun, type StopCause } from '../model/task.ts';
import type { SetQuiet } from '../process/process-quiet.ts';
import type { ProcessTable } from '../process/process-table.ts';
import type { Store } from '../store/store.ts';
import type { StoredTask } from '../store/task-row.ts';
import { isStoreError } from '../store/store-error.ts';
import { agentRequestOf } from './agents/agent-request-of.ts';
import { readCapacity } from './machine/capacity.ts';
import type { Checkpoint } from './checkpoint.ts';
import { claimRunnable, type Claims } from './claiming.ts';
import { Coalesced } from './changes/coalesced.ts';
import type { EngineOptions } from './engine-options.ts';
import type { TerminalRequest } from './engine-port.ts';
import { Estimates } from './needs/estimates.ts';
import type { FileLocks } from './files/file-locks.ts';
import { guarded } from './guarded.ts';
import type { LeftRun } from './home-watch.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import { PersonYield } from './machine/person-yield.ts';
import { agentsForQueue, noteHandovers } from './agents/prompt-routing.ts';
import type { RunInHand } from './runs/run-in-hand.ts';
import { RunRecorder } from './runs/run-recorder.ts';
import { RunsInHand, type RunsInHandPorts } from './runs/runs-in-hand.ts';
import type { TaskLedger } from './tasks/task-ledger.ts';
import type { UndeclaredWrites } from './runs/undeclared-writes.ts';
import { UsageSampler } from './runs/usage-sampler.ts';

export interface DispatcherPorts {
  readonly store: Store;
  readonly ledger: TaskLedger;
  readonly lease: LeaseKeeper;
  readonly clock: Clock;
  readonly log: Log;
  readonly table: ProcessTable;
  readonly checkpoint: Checkpoint;
  readonly locks: FileLocks;
  readonly writes: UndeclaredWrites;
  readonly process: Pick<RunsInHandPorts, 'spawn' | 'shim' | 'launch'>;
  readonly limits: () => Limits;
  readonly setQuiet: SetQuiet;
  /** Tasks of this priority or a less urgent one give way to a person at work. */
  readonly yieldFrom: () => number | undefined;
  /** After each commit of ours. */
  readonly onCommitted: () => void;
  readonly onTerminalWanted: (request: TerminalRequest) => void;
}

/** Facts that nobody waits for are written together with others, within this time. */
const LAZY_MS = 20;
const RETRY_MS = 1000;
/** The store's clock has millisecond steps: look again just after a due time, not just before. */
const DUE_SLACK_MS = 1;

/**
 * The engine's loop: writes down what happened and claims what may start, in one transaction; then starts it. Facts wait in
 * memory only until the next transaction; should this process die before, the runs' folders still tell them.
 */
export class Dispatcher {
  /** Ends, pauses or resumes the runs in hand whose tasks somebody, here or in another process, wants so. */
  readonly stopWhatShould: () => void;
  private readonly ports: DispatcherPorts;
  private readonly options: EngineOptions;
  private readonly facts: (() => void)[] = [];
  private readonly pumping: Coalesced;
  private readonly runs: RunsInHand;
  private readonly recorder: RunRecorder;
  private readonly sampler: UsageSampler;
  private readonly yielding: PersonYield;
  private readonly estimates: Estimates;
  private unadopted: RunId[] = [];
  private cancelDue = (): void => undefined;
  private closed = false;

  constructor(ports: DispatcherPorts, options: EngineOptions) {
    this.ports = ports;
    this.options = options;
    this.estimates = new Estimates(ports.store);
    const { clock, log, table, checkpoint } = ports;
    this.pumping = new Coalesced(clock, guarded(log, 'The queue could not be read', () => this.pump(), () => this.pumping.request(RETRY_MS)));
    // Each heartbeat looks again.
    this.stopWhatShould = guarded(log, 'What is to be stopped could not be read', () => this.stopOrPause());
    this.recorder = new RunRecorder(ports, options);
    this.runs = new RunsInHand(
      {
        clock, log, table, checkpoint, ...ports.process, agentOutputs: options.agentOutputs, graceMs: options.graceMs,
        agentRequest: (task, work, run) => agentRequestOf(ports.store, options.home, task, work, run, clock.now()),
      },
      {
        started: (run, argv, pid, pidStart) => {
          checkpoint('running');
          const at = clock.now();
          this.note(() => this.recorder.started(run, argv, pid, pidStart, at), LAZY_MS);
        },
        ended: (run, end) => {
          checkpoint('ended');
          const at = clock.now();
          const pending = this.recorder.collect(run, end, at);
          if (pending === undefined) this.note(() => this.recorder.ended(run, end, at));
          else void pending.then(() => this.note(() => this.recorder.ended(run, end, at)));
        },
        voided: (run) => this.note(() => this.recorder.voided(run)),
        stopWanted: (run, cause) => this.requestStop(run, cause),
        terminalWanted: ports.onTerminalWanted,
      },
    );
    this.yielding = new PersonYield({ runs: () => this.runs.all(), table, setQuiet: ports.setQuiet, yieldFrom: ports.yieldFrom, log });
    this.sampler = new UsageSampler(clock, table, () => this.runs.all(), (run, usage) => {
      this.note(() => this.recorder.used(run, usage), LAZY_MS);
      const undeclared = usage.writing.length === 0 ? undefined : ports.writes.seen(run.task, run.run.id, usage.writing);
      if (undeclared !== undefined) this.note(undeclared, LAZY_MS);
      this.yielding.apply();
      const limit = run.task.spec.memoryLimit;
      if (limit !== undefined && usage.memory > limit) this.requestStop(run, { type: 'memory-limit', limit, used: usage.memory });
    });
  }

  /** Looks for something to start, soon. */
  wake(): void {
    this.pumping.request(0);
  }

  /** Looks after runs that were taken over, and tries again those whose folder could not be read or written before. */
  adopt(ids: readonly RunId[]): void {
    const due = [...this.unadopted, ...ids];
    this.unadopted = [];
    for (const id of due) {
      try {
        const run = this.ports.store.runs.get(id);
        const task = run === undefined ? undefined : this.ports.store.tasks.get(run.task);
        if (run !== undefined && task !== undefined && !this.runs.has(id)) this.runs.adopt(task, run);
      } catch (error) {
        this.unadopted.push(id);
        this.ports.log.write('error', `Run ${id} cannot be adopted yet: ${messageOf(error)}`);
      }
    }
    this.sampler.wake();
    this.stopWhatShould();
  }

  /** What is in hand now, for people. */
  inHand(): readonly LeftRun[] {
    return this.runs.all().map(({ task, process: shim }) => ({ title: `#${task.id} ${task.spec.name}`, pid: shim?.pid }));
  }

  /** Background tasks give way while a person is at work in this engine's window. */
  setPersonAtWork(isAtWork: boolean): void {
    this.yielding.setAtWork(isAtWork);
  }

  /** Writes down what is known and lets go of all runs. */
  close(): void {
    this.closed = true;
    this.pumping.dispose();
    this.cancelDue();
    this.sampler.dispose();
    this.runs.dispose();
    try {
      this.ports.store.write(() => this.writeFacts());
    } catch (error) {
      this.ports.log.write('error', `The last facts could not be written (${messageOf(error)}); the next engine finds them in the runs' folders`);
    }
  }

  private note(fact: () => void, delayMs = 0): void {
    if (this.closed) return;
    this.facts.push(fact);
    this.pumping.request(delayMs);
  }

  private requestStop({ task: { id }, run }: RunInHand, cause: StopCause): void {
    this.note(() => {
      const { store, ledger, clock } = this.ports;
      const task = store.tasks.get(id);
      // Another engine may have taken the run over, and the task be at its next one.
      if (task === undefined || currentRun(task.state) !== run.id) return;
      const now = clock.now();
      const applied = ledger.applyTo(task, { type: 'stopRequested', cause, at: now }, now);
      if ('state' in applied) setImmediate(() => this.stopWhatShould());
    });
  }

  private stopOrPause(): void {
    for (const { task, run } of this.runs.all()) {
      const state = this.ports.store.tasks.get(task.id)?.state;
      if (state?.status === 'stopping') this.runs.stop(run.id);
      else if (state?.status === 'paused' || state?.status === 'running') this.runs.setPaused(run.id, state.status === 'paused', () => this.ports.store.runs.get(run.id)?.pausedMs ?? 0);
    }
  }

  private pump(): void {
    const { store, log, checkpoint } = this.ports;
    if (this.closed) return;
    if (this.facts.length === 0 && !this.mayStart()) return this.armDue();
    const noted = this.facts.slice();
    let claims: Claims;
    try {
      claims = store.write(() => {
        this.writeFacts();
        const taken = this.claim();
        this.ports.locks.advanceAll();
        return taken;
      });
    } catch (error) {
      // Taken back as a whole. What the store refused is written at the next try; a fact that is itself at fault must not hold up the others.
      this.facts.splice(0, this.facts.length, ...(isStoreError(error) ? noted : noted.filter((fact) => !this.writeAlone(fact))));
      log.write('error', `The store could not be written: ${messageOf(error)}; trying again`);
      this.pumping.request(RETRY_MS);
      return;
    }
    const { claimed, unfinished, isShort } = claims;
    if (noted.length > 0) checkpoint('recorded');
    if (claimed.length > 0) checkpoint('claim');
    for (const { task, run } of claimed) {
      log.write('debug', `#${task.id} ${task.spec.name}: claimed as run ${run.id} (${task.spec.type}, ${run.reservedCpu} cores, ${run.reservedMemory} bytes)`);
      void this.runs.start(task, run);
    }
    this.sampler.setShort(isShort);
    if (claimed.length > 0) this.sampler.wake();
    this.ports.onCommitted();
    this.armDue();
    if (unfinished) this.pumping.request(0);
  }

  /** True when nothing is left to do for the fact: it is written, or it never can be. */
  private writeAlone(fact: () => void): boolean {
    try {
      this.ports.store.write(fact);
      return true;
    } catch (error) {
      if (isStoreError(error)) return false;
      this.ports.log.write('error', `A fact was dropped: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return true;
    }
  }

  private writeFacts(): void {
    for (const fact of this.facts.splice(0)) fact();
  }

  /** A look without a lock, so that an idle engine does not write. */
  private mayStart(): boolean {
    const { store, clock, locks } = this.ports;
    if (locks.hasWaiting) return true;
    if (!this.options.runsTasks || this.options.roots.length === 0) return false;
    const due = store.tasks.nextTimed();
    if (due !== undefined && due <= clock.now()) return true;
    return store.workspacesUnder(this.options.roots).some((workspace) => store.tasks.startableTypes(workspace).length > 0);
  }

  private claim(): Claims {
    const { store, ledger, lease, clock, limits, table } = this.ports;
    if (!this.options.runsTasks) return { claimed: [], unfinished: false, isShort: false };
    const now = clock.now();
    store.tasks.openTimed(now);
    const claimant = {
      engine: lease.id,
      roots: this.options.roots,
      hasTerminals: this.options.hasTerminals,
      jobs: this.options.jobs,
      boot: table.bootId(),
      folderFor: (task: StoredTask) => path.join(this.options.home, 'runs', `${task.id}.${task.attempts + 1}-${randomBytes(3).toString('hex')}`),
    };
    const claims = claimRunnable(store, ledger, this.estimates, claimant, limits(), readCapacity(), now);
    noteHandovers(store, claims.claimed, now, this.ports.log);
    return claims;
  }

  private armDue(): void {
    this.cancelDue();
    const { store, clock } = this.ports;
    const now = clock.now();
    const agents = agentsForQueue(store, now);
    const dues = [store.tasks.nextTimed(), agents === undefined ? undefined : nextReturn(agents, now)].filter((due) => due !== undefined);
    if (dues.length > 0) this.cancelDue = clock.after(Math.min(...dues) - now + DUE_SLACK_MS, () => this.wake());
  }
}
