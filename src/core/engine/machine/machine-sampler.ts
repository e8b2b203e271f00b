import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import type { Log } from '../../base/log.ts';
import { messageOf } from '../../base/user-error.ts';
import { grainFor, GRAINS } from '../../machine/grains.ts';
import { gatherTallies, tallyOf, type MachineTally } from '../../machine/machine-tally.ts';
import type { MachineSettings } from '../../model/machine/machine-settings.ts';
import type { MachinePoint, TimeSpan } from '../../model/machine/machine-point.ts';
import type { MachineSample } from '../../model/machine/machine-sample.ts';
import type { Strategy } from '../../model/machine/strategy.ts';
import type { Store } from '../../store/store.ts';
import { guarded } from '../guarded.ts';
import type { MachineMonitor } from './machine-monitor.ts';
import type { SamplerRole } from './sampler-role.ts';

/** Between two looks while nothing runs and nobody looks. */
const IDLE_MS = 10_000;
/** For so long after they asked somebody counts as looking. */
const LOOKING_MS = 10_000;
/** How often other engines are told that somebody looks here. */
const TELL_MS = 4000;
/** A commit wakes all engines, so samples are gathered: while somebody looks at them, while something runs, while nothing does. */
const GATHER_MS = { watched: 1000, busy: 5000, idle: 60_000 } as const;
const PRUNE_MS = 60_000;

export interface MachineSamplerPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly monitor: MachineMonitor;
  readonly role: SamplerRole;
  readonly settings: () => MachineSettings;
  /** Hears of each sample before it is written down. */
  readonly onSample: (sample: MachineSample) => void;
  /** Another engine watches the machine from now on. */
  readonly onLost: () => void;
  /** What is in force, to be written beside the figures. */
  readonly strategy: () => Strategy;
}

/** Watches the machine on a clock and keeps its history, in one engine for all; see `SamplerRole`. */
export class MachineSampler implements Disposable {
  private readonly ports: MachineSamplerPorts;
  private readonly looking: () => void;
  private periodMs = IDLE_MS;
  private cancelTimer: (() => void) | undefined;
  private isLooking = false;
  private isDisposed = false;
  private isHolder = false;
  private lookedAt = Number.NEGATIVE_INFINITY;
  private askedAt = Number.NEGATIVE_INFINITY;
  private askedEveryMs = IDLE_MS;
  private watchedAt = Number.NEGATIVE_INFINITY;
  private toldAt = Number.NEGATIVE_INFINITY;
  private flushedAt = Number.NEGATIVE_INFINITY;
  private prunedAt = Number.NEGATIVE_INFINITY;
  private last: MachineSample | undefined;
  private gathered: MachineTally[] = [];

  constructor(ports: MachineSamplerPorts) {
    this.ports = ports;
    // Each heartbeat arms it again.
    this.looking = guarded(ports.log, 'The machine could not be watched', () => this.look());
  }

  /** With each heartbeat of the engine: takes the role if it is free, and notices that there is more or less to watch. */
  beat(): void {
    if (this.isDisposed) return;
    const wasHolder = this.isHolder;
    this.isHolder = this.ports.role.take();
    if (!this.isHolder) this.gathered = [];
    if (wasHolder && !this.isHolder) this.ports.onLost();
    this.arm();
  }

  /** Somebody wants to see the machine now, and perhaps again. */
  asked(): void {
    const now = this.ports.clock.now();
    this.askedEveryMs = now > this.askedAt ? now - this.askedAt : IDLE_MS;
    this.askedAt = now;
  }

  /** The past as finely as it is known for the whole span; from now on somebody looks at it. */
  history(span: TimeSpan): readonly MachinePoint[] {
    const { store, clock } = this.ports;
    const now = clock.now();
    this.watchedAt = now;
    this.tellOthers(now);
    if (this.isHolder && !within(this.flushedAt, now, GATHER_MS.watched)) this.flush(now);
    return store.machine.between(grainFor(span, now).lasts, span);
  }

  /** Writes down what was gathered. */
  dispose(): void {
    if (this.isDisposed) return;
    this.flush(this.ports.clock.now());
    this.isDisposed = true;
    this.cancelTimer?.();
  }

  settings(): MachineSettings {
    return this.ports.settings();
  }

  private arm(): void {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
    if (this.isDisposed || !this.isHolder || this.isLooking) return;
    const { clock } = this.ports;
    this.periodMs = this.period(clock.now());
    // A clock that was set back must not put the next look off.
    const wait = Math.min(Math.max(0, this.lookedAt + this.periodMs - clock.now()), this.periodMs);
    this.cancelTimer = clock.after(wait, this.looking);
  }

  private async look(): Promise<void> {
    const { monitor, log, clock, role } = this.ports;
    this.isLooking = true;
    this.lookedAt = clock.now();
    try {
      const sample = await monitor.sample(this.periodMs / 2);
      if (!this.isDisposed && role.isMine() && sample !== this.last) monitor.cost.measure(() => this.take(sample));
    } catch (error) {
      if (!this.isDisposed) log.write('warn', `The machine could not be watched: ${messageOf(error)}`);
    } finally {
      this.isLooking = false;
      this.arm();
    }
  }

  private take(sample: MachineSample): void {
    const { onSample, strategy, clock } = this.ports;
    this.last = sample;
    onSample(sample);
    const inForce = strategy();
    for (const { lasts } of GRAINS) this.gathered.push(tallyOf(sample, inForce, lasts));
    const now = clock.now();
    if (!within(this.flushedAt, now, this.gatherMs(now))) this.flush(now);
  }

  private flush(now: number): void {
    const { store, role, log } = this.ports;
    if (this.gathered.length === 0) return;
    const tallies = gatherTallies(this.gathered.splice(0));
    this.flushedAt = now;
    try {
      store.write(() => {
        // Another engine may have taken this one for dead.
        if (!role.isMine()) return;
        store.machine.add(tallies);
        if (within(this.prunedAt, now, PRUNE_MS)) return;
        this.prunedAt = now;
        store.machine.prune(now);
      });
    } catch (error) {
      // A gap of a few seconds in the history is better than what a full disk would have grow in memory.
      log.write('warn', `The machine's history could not be written: ${messageOf(error)}`);
    }
  }

  private tellOthers(now: number): void {
    const { store, role } = this.ports;
    if (this.isHolder || !role.isTakingPart() || within(this.toldAt, now, TELL_MS)) return;
    this.toldAt = now;
    store.write(() => store.settings.setWatchedAt(now));
  }

  private period(now: number): number {
    const { periodMs } = this.settings();
    if (this.isWatched(now) || this.isBusy()) return periodMs;
    // Whoever asks now and then needs no more looks than that.
    const idleMs = within(this.askedAt, now, LOOKING_MS) ? Math.min(this.askedEveryMs, IDLE_MS) : IDLE_MS;
    return Math.max(periodMs, idleMs);
  }

  private gatherMs(now: number): number {
    if (this.isWatched(now)) return GATHER_MS.watched;
    return this.isBusy() ? GATHER_MS.busy : GATHER_MS.idle;
  }

  /** Somebody looks at the history, here or in another engine's window. */
  private isWatched(now: number): boolean {
    return within(this.watchedAt, now, LOOKING_MS) || within(this.ports.store.settings.watchedAt(), now, LOOKING_MS);
  }

  /** Something runs, or is kept from running by the machine's state. */
  private isBusy(): boolean {
    const { store, strategy } = this.ports;
    return store.counts.isAnyActive() || strategy() !== 'normal' || store.settings.giveWayFrom() !== undefined;
  }
}

/** Whether `then` lies less than a while back. What lies ahead was written before the clock was set back. */
function within(then: number, now: number, ms: number): boolean {
  return then <= now && now - then < ms;
}
