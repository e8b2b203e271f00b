import { UserError } from '../base/user-error.ts';
import type { MachineSample } from '../model/machine-sample.ts';
import type { MachineSettings } from '../model/machine-settings.ts';
import type { MachinePoint, TimeSpan } from '../model/machine-point.ts';
import type { Recommendation } from '../model/recommendation.ts';
import type { RunBar } from '../model/run-bar.ts';
import type { ScriptStats } from '../model/script-stats.ts';
import type { Decision, Strategy, StrategyView } from '../model/strategy.ts';
import type { MachinePort } from './engine-port.ts';
import type { MachineMonitor } from './machine-monitor.ts';

interface MachineCallsPorts {
  readonly monitor: MachineMonitor;
}

/** The part of the engine's face that is about the machine; see `MachinePort` for what its methods mean. */
export class MachineCalls implements MachinePort {
  private readonly ports: MachineCallsPorts;

  constructor(ports: MachineCallsPorts) {
    this.ports = ports;
  }

  machine(): Promise<MachineSample> {
    return this.ports.monitor.sample();
  }

  machineHistory(_span: TimeSpan): Promise<readonly MachinePoint[]> {
    return Promise.resolve([]);
  }

  setMachineSettings(_settings: MachineSettings): Promise<void> {
    return Promise.reject(new UserError('These settings cannot be stored yet.'));
  }

  strategy(): Promise<StrategyView> {
    return Promise.resolve({ strategy: 'normal', since: 0, reasons: [], pinned: undefined, growth: 1 });
  }

  pinStrategy(_strategy: Strategy | undefined): Promise<void> {
    return Promise.reject(new UserError('A strategy cannot be pinned yet.'));
  }

  decisions(_span: TimeSpan): Promise<readonly Decision[]> {
    return Promise.resolve([]);
  }

  runsBetween(_span: TimeSpan, _roots: readonly string[]): Promise<readonly RunBar[]> {
    return Promise.resolve([]);
  }

  scripts(_roots: readonly string[]): Promise<readonly ScriptStats[]> {
    return Promise.resolve([]);
  }

  recommendations(_roots: readonly string[]): Promise<readonly Recommendation[]> {
    return Promise.resolve([]);
  }

  setPersonAtWork(_isAtWork: boolean): Promise<void> {
    return Promise.resolve();
  }
}
