import { availableParallelism } from 'node:os';
import type { Clock } from '../../base/clock.ts';
import { checkMachineSettings } from '../../machine/check-settings.ts';
import { grainFor } from '../../machine/grains.ts';
import type { MachineSample } from '../../model/machine/machine-sample.ts';
import type { MachineSettings } from '../../model/machine/machine-settings.ts';
import type { MachinePoint, TimeSpan } from '../../model/machine/machine-point.ts';
import type { Recommendation } from '../../model/recommendation.ts';
import type { RunBar } from '../../model/run-bar.ts';
import type { ScriptStats } from '../../model/script-stats.ts';
import type { ShadowReport } from '../../model/machine/shadow-report.ts';
import type { Decision, Strategy, StrategyView } from '../../model/machine/strategy.ts';
import type { Store } from '../../store/store.ts';
import { URGENT } from '../../store/task-table.ts';
import type { MachinePort } from '../engine-port.ts';
import type { MachineMonitor } from './machine-monitor.ts';
import type { MachineSampler } from './machine-sampler.ts';
import { scriptStats } from '../needs/script-stats.ts';
import type { StrategyKeeper } from './strategy-keeper.ts';
import type { ToldSettings } from '../settings/told-settings.ts';

const MOST_DECISIONS = 500;
const MOST_RUNS = 3000;
const DAY_MS = 86_400_000;
/** Enough to tell the hours of a day apart. */
const WEEKS_MS = 14 * DAY_MS;

interface MachineCallsPorts {
  readonly store: Store;
  readonly told: ToldSettings;
  readonly monitor: MachineMonitor;
  readonly sampler: MachineSampler;
  readonly keeper: StrategyKeeper;
  readonly clock: Clock;
  readonly setPersonAtWork: (isAtWork: boolean) => void;
  readonly onCommitted: () => void;
}

/** The part of the engine's face that is about the machine; see `MachinePort` for what its methods mean. */
export class MachineCalls implements MachinePort {
  private readonly ports: MachineCallsPorts;

  constructor(ports: MachineCallsPorts) {
    this.ports = ports;
  }

  machine(): Promise<MachineSample> {
    this.ports.sampler.asked();
    return this.ports.monitor.sample();
  }

  async machineHistory(span: TimeSpan): Promise<readonly MachinePoint[]> {
    return Promise.resolve(this.ports.sampler.history(span));
  }

  async setMachineSettings(settings: MachineSettings): Promise<void> {
    const { told, onCommitted } = this.ports;
    checkMachineSettings(settings);
    if (told.setMachine(settings)) onCommitted();
    return Promise.resolve();
  }

  strategy(): Promise<StrategyView> {
    return Promise.resolve(this.ports.keeper.view());
  }

  pinStrategy(strategy: Strategy | undefined): Promise<void> {
    this.ports.keeper.pin(strategy, this.ports.clock.now());
    return Promise.resolve();
  }

  decisions(span: TimeSpan): Promise<readonly Decision[]> {
    return Promise.resolve(this.ports.store.decisions.between(span, MOST_DECISIONS));
  }

  async shadow(span: TimeSpan): Promise<ShadowReport> {
    const { store, sampler, clock } = this.ports;
    const { isShadow } = store.settings.strategy();
    const course = store.decisions.course(span);
    const isEmpty = !course.some((decision) => decision.isShadow === true);
    // Loaded on use, and seldom used.
    const { shadowReport } = await import('../../strategy/shadow-report.ts');
    return shadowReport({
      isOn: isShadow, course, urgent: URGENT, thresholds: sampler.settings().thresholds,
      span: { from: span.from, to: Math.min(span.to, clock.now()) },
      runs: isEmpty ? [] : store.runs.timesBetween(span),
      points: isEmpty ? [] : store.machine.between(grainFor(span, clock.now()).lasts, span),
    });
  }

  runsBetween(span: TimeSpan, roots: readonly string[]): Promise<readonly RunBar[]> {
    const { store } = this.ports;
    return Promise.resolve(store.runsBetween(span, store.workspacesUnder(roots), MOST_RUNS));
  }

  scripts(roots: readonly string[]): Promise<readonly ScriptStats[]> {
    const { store } = this.ports;
    return Promise.resolve(scriptStats(store.scriptRuns.ofWorkspaces(store.workspacesUnder(roots))));
  }

  async recommendations(roots: readonly string[]): Promise<readonly Recommendation[]> {
    // Loaded on use: only a dashboard asks.
    const { recommendations } = await import('../advice/recommendations.ts');
    const { store, sampler, clock, told } = this.ports;
    const [to, all] = [clock.now(), store.workspacesUnder([])];
    const span = { from: to - DAY_MS, to };
    return recommendations({
      scriptRuns: store.scriptRuns.ofWorkspaces(store.workspacesUnder(roots)),
      allRuns: store.scriptRuns.ofWorkspaces(all),
      bars: store.runsBetween(span, all, MOST_RUNS),
      points: sampler.history(span),
      weeks: sampler.history({ from: to - WEEKS_MS, to }),
      schedules: store.schedules.ofWorkspaces(store.workspacesUnder(roots)),
      cores: availableParallelism(),
      limits: told.limits(),
    });
  }

  setPersonAtWork(isAtWork: boolean): Promise<void> {
    this.ports.setPersonAtWork(isAtWork);
    return Promise.resolve();
  }
}
