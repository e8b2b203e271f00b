import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { messageOf } from '../../base/user-error.ts';
import { retryAt } from '../../model/retry.ts';
import { stoppedOutcome } from '../../model/transition.ts';
import { isAsExpected, type Outcome } from '../../model/outcome.ts';
import type { Store } from '../../store/store.ts';
import type { RunEnd as StoredEnd, StoredRun } from '../../store/run-table.ts';
import type { StoredTask } from '../../store/task-row.ts';
import { readCapacity } from '../machine/capacity.ts';
import { isSetAside } from './crash-count.ts';
import { collectOutputs, outputFolder, type RunSummary } from './agent-outputs.ts';
import type { EngineOptions } from '../engine-options.ts';
import type { LeaseKeeper } from '../lease-keeper.ts';
import { memoryWanted } from '../needs/memory-wanted.ts';
import { outcomeInLog } from './outcome-in-log.ts';
import { endPrompt, keepReport } from '../agents/prompt-end.ts';
import { outcomeOf, signalOf, type RunEnd } from './run-end.ts';
import type { RunInHand } from './run-in-hand.ts';
import { scriptIdentity } from '../needs/script-identity.ts';
import type { TaskLedger } from '../tasks/task-ledger.ts';
import type { Usage } from './usage-sampler.ts';

interface RunRecorderPorts {
  readonly store: Store;
  readonly ledger: TaskLedger;
  readonly lease: LeaseKeeper;
  readonly clock: Clock;
  readonly log: Log;
}

/** Writes what happened to runs. Each method runs inside `store.write()`, and does nothing for a run that another engine has taken over. */
export class RunRecorder {
  private readonly ports: RunRecorderPorts;
  private readonly agentOutputs: string;

  constructor(ports: RunRecorderPorts, options: EngineOptions) {
    this.ports = ports;
    this.agentOutputs = options.agentOutputs;
  }

  started(inHand: RunInHand, argv: readonly string[], pid: number | undefined, pidStart: string | undefined, at: number): void {
    const run = this.own(inHand);
    if (run === undefined) return;
    const startedAt = run.startedAt ?? Math.max(run.claimedAt, inHand.startedAt ?? at);
    this.ports.store.runs.setStarted(run.id, argv, pid, pidStart, startedAt);
    // An adopted run may be known as running already; a stop that was asked for meanwhile stays.
    if (this.ports.store.tasks.get(run.task)?.state.status === 'starting') this.ports.ledger.apply(run.task, { type: 'started', at: startedAt }, at);
  }

  used(inHand: RunInHand, usage: Usage): void {
    const run = this.own(inHand);
    if (run === undefined) return;
    this.ports.store.runs.setUsage(run.id, usage.cores, usage.memory, inHand.peakMemory, usage.wanted);
    if (inHand.task.spec.work.kind === 'prompt') keepReport(this.ports.store, run);
    this.ports.store.tasks.touch(run.task);
  }

  voided(inHand: RunInHand): void {
    const run = this.own(inHand);
    const task = run === undefined ? undefined : this.ports.store.tasks.get(run.task);
    if (run === undefined || task === undefined) return;
    const now = this.ports.clock.now();
    this.ports.store.runs.delete(run.id);
    this.ports.store.tasks.setAttempts(task.id, task.attempts - 1, Math.max(0, task.tries - 1));
    // It was ready, so it is, though the clock was set back since.
    this.ports.ledger.applyTo(task, { type: 'voided', at: now, readyAt: Math.min(now, run.readyAt ?? run.claimedAt) }, now);
    this.setAside(task, now);
  }

  ended(inHand: RunInHand, end: RunEnd, noticedAt: number): void {
    const run = this.own(inHand);
    const task = run === undefined ? undefined : this.ports.store.tasks.get(run.task);
    if (run === undefined || task === undefined) return;
    const began = run.startedAt ?? run.claimedAt;
    // Times of files are coarser than the clock: what was stopped when its time was over did not end before.
    const least = task.state.status === 'stopping' && task.state.cause.type === 'timeout' ? began + task.state.cause.afterMs : began;
    const at = endOf(inHand, end, least, noticedAt);
    const { work } = task.spec;
    const stopped = task.state.status === 'stopping' ? stoppedOutcome(task.state.cause) : undefined;
    const prompt = work.kind === 'prompt' ? endPrompt(this.ports.store, task, work, run, end, stopped !== undefined, at) : undefined;
    const peakMemory = Math.max(inHand.peakMemory, run.peakMemory ?? 0) || undefined;
    const told = stopped ?? prompt?.outcome ?? outcomeOf(end);
    const wanted = memoryWanted(task.spec, run, { outcome: told, peakMemory });
    const outcome = wanted !== undefined && peakMemory !== undefined && told.type === 'failed' && told.reason === 'signal' ? { ...told, grownTo: peakMemory } : told;
    const isForLater = stopped === undefined && prompt?.isForLater === true;
    const exit = end.type === 'exited' ? end.exit : undefined;
    const ended = {
      at,
      outcome,
      exitCode: exit?.code,
      signal: exit === undefined ? undefined : signalOf(exit.code),
      userMs: exit?.userMs,
      systemMs: exit?.systemMs,
      peakMemory,
    };
    this.ports.store.runs.setEnded(run.id, ended);
    if (!isForLater) this.learn(task, run, ended, inHand.waitedMs);
    if (wanted !== undefined) this.ports.store.tasks.setMemoryWanted(task.id, Math.min(wanted, readCapacity().memoryTotal));
    if (!inHand.adopted && task.crashes > 0) this.ports.store.tasks.setCrashes(task.id, 0);
    if (isForLater) this.putBack(task, run, outcome, at);
    else this.settle(task, outcome, at);
    if (inHand.adopted) this.setAside(task, at);
  }

  /** Brings an agent's outputs together, before the end is recorded: should this process die in between, the next engine does it again. */
  collect(inHand: RunInHand, end: RunEnd, at: number): Promise<void> | undefined {
    const { task, run, folder } = inHand;
    const { agent, name } = task.spec;
    if (agent === undefined || end.type === 'missing-program') return undefined;
    const exit = end.type === 'exited' ? end.exit : undefined;
    const summary: RunSummary = {
      task: task.id,
      name,
      agent,
      attempt: run.attempt,
      outcome: outcomeOf(end).type,
      exitCode: exit?.code ?? null,
      startedAt: new Date(inHand.startedAt ?? run.claimedAt).toISOString(),
      endedAt: new Date(endOf(inHand, end, run.claimedAt, at)).toISOString(),
      cpuSeconds: exit === undefined ? null : (exit.userMs + exit.systemMs) / 1000,
      peakMemoryBytes: inHand.peakMemory || null,
    };
    return collectOutputs(task, folder, outputFolder(task, run, this.agentOutputs), summary).then(
      (missing) => {
        for (const pattern of missing) this.ports.log.write('warn', `#${task.id} ${name}: declared the artifact ${pattern}, and nothing matches it`);
      },
      (error: unknown) => this.ports.log.write('error', `#${task.id} ${name}: its outputs could not be brought to ${agent}'s folder: ${messageOf(error)}`),
    );
  }

  /** What was called off or never ran tells nothing of what a script needs. */
  private learn({ spec, workspace }: StoredTask, { id, startedAt, pausedMs }: StoredRun, { at, outcome, userMs, systemMs, peakMemory }: StoredEnd, waitedMs: number): void {
    if (startedAt === undefined || !['succeeded', 'failed', 'timedOut'].includes(outcome.type)) return;
    const { key, shown, args } = scriptIdentity(spec);
    this.ports.store.scriptRuns.add({
      run: id, workspace, script: key, path: shown, args, type: spec.type, startedAt,
      wallMs: Math.max(0, at - startedAt - pausedMs),
      cpuMs: userMs === undefined ? undefined : userMs + (systemMs ?? 0),
      waitedMs,
      peakMemory,
      memoryLimit: spec.memoryLimit,
      asExpected: isAsExpected(outcome, spec.expect),
    });
  }

  /** Its agent could not take it: it has its place in the queue again, as if it had not been tried. */
  private putBack(task: StoredTask, run: StoredRun, outcome: Outcome, at: number): void {
    const { ledger, log, store } = this.ports;
    store.tasks.setAttempts(task.id, task.attempts, Math.max(0, task.tries - 1));
    ledger.applyTo(task, { type: 'ended', outcome, at, retryAt: run.readyAt ?? run.claimedAt }, at);
    log.write('warn', `#${task.id} ${task.spec.name}: ${outcomeInLog(outcome)}; it waits for its agent, or another one`);
  }

  private settle(task: StoredTask, outcome: Outcome, at: number): void {
    const { ledger, log } = this.ports;
    const next = retryAt(task.spec, task.tries, outcome, at);
    const applied = ledger.applyTo(task, { type: 'ended', outcome, at, ...(next !== undefined && { retryAt: next }) }, at);
    if ('refused' in applied) {
      log.write('error', `#${task.id} ${task.spec.name}: its end could not be recorded: ${applied.refused}`);
      return;
    }
    const again = next !== undefined && applied.state.status === 'queued' ? `; attempt ${task.attempts + 1} in ${Math.round((next - at) / 100) / 10} s` : '';
    log.write(outcome.type === 'succeeded' ? 'info' : 'warn', `#${task.id} ${task.spec.name}: ${outcomeInLog(outcome)}${again}`);
  }

  /** A task that takes engines down is not started again until somebody says so. */
  private setAside(task: StoredTask, at: number): void {
    if (!isSetAside(task) || 'refused' in this.ports.ledger.apply(task.id, { type: 'held' }, at)) return;
    this.ports.log.write('warn', `#${task.id} ${task.spec.name}: set aside: three engines ended while it ran; release it to start it again`);
  }

  private own(inHand: RunInHand): StoredRun | undefined {
    const run = this.ports.store.runs.get(inHand.run.id);
    return run !== undefined && run.endedAt === undefined && run.engine === this.ports.lease.id ? run : undefined;
  }
}

/** A command may have ended long before an engine noticed. Times of files are a little coarser than the clock. */
function endOf(inHand: RunInHand, end: RunEnd, startedAt: number, noticedAt: number): number {
  const written = end.type === 'exited' ? inHand.folder.endedAt() : undefined;
  return written === undefined ? noticedAt : Math.min(noticedAt, Math.max(startedAt, written));
}
