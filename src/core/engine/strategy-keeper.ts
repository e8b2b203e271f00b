import type { Log } from '../base/log.ts';
import type { MachineSample } from '../model/machine-sample.ts';
import type { MachineSettings } from '../model/machine-settings.ts';
import type { Strategy, StrategyReason, StrategyView } from '../model/strategy.ts';
import type { StoredStrategy } from '../store/settings-table.ts';
import type { Store } from '../store/store.ts';
import type { StoredTask } from '../store/task-row.ts';
import { nextGrowth } from '../strategy/next-growth.ts';
import { nextStrategy } from '../strategy/next-strategy.ts';
import { MEASURES, resumedState, type StrategyState } from '../strategy/strategy-state.ts';
import { choosePause, chooseResume, type RunAtWork } from '../strategy/choose-pause.ts';
import { GivingWay } from './giving-way.ts';
import type { TaskLedger } from './task-ledger.ts';

/** Between two tasks that are paused or resumed: what the first one changed must be seen before. */
const BETWEEN_MS = 5000;

interface StrategyKeeperPorts {
  readonly store: Store;
  readonly ledger: TaskLedger;
  readonly log: Log;
  readonly settings: () => MachineSettings;
  readonly canPause: boolean;
  readonly onCommitted: () => void;
}

/** Turns samples into the strategy that all engines go by. Only the engine that samples the machine calls it. */
export class StrategyKeeper {
  private readonly ports: StrategyKeeperPorts;
  private readonly givingWay: GivingWay;
  private state: StrategyState | undefined;
  private movedAt = 0;

  constructor(ports: StrategyKeeperPorts) {
    this.ports = ports;
    this.givingWay = new GivingWay(ports);
  }

  onSample(sample: MachineSample): void {
    const { store, settings } = this.ports;
    const stored = store.settings.strategy();
    const before = this.state ?? resumedState(stored.asks, stored.growth, sample.at);
    const isLimited = settings().adaptive && before.strategy === 'normal' && this.workWaits();
    this.state = nextGrowth(nextStrategy(before, this.withoutPlanned(sample), settings()), sample, settings(), isLimited);
    this.enact(sample);
  }

  pin(strategy: Strategy | undefined, now: number): void {
    const { store } = this.ports;
    const stored = store.settings.strategy();
    const wanted = strategy ?? this.state?.strategy ?? 'normal';
    this.write({ ...stored, strategy: wanted, since: wanted === stored.strategy ? stored.since : now, reasons: [], pinned: strategy }, now, strategy === undefined ? 'a person lets the machine decide again' : `a person pinned \`${strategy}\``);
  }

  view(): StrategyView {
    const { strategy, since, reasons, pinned, growth } = this.ports.store.settings.strategy();
    return { strategy, since, reasons, pinned, growth };
  }

  /** Cores that our tasks were given and use are well used: what counts is what others take, and what tasks take beyond. */
  private withoutPlanned(sample: MachineSample): MachineSample {
    const planned = this.ports.store.runs.active().reduce((sum, run) => sum + Math.min(run.cores ?? 0, run.reservedCpu), 0);
    return { ...sample, cpu: Math.max(0, sample.cpu - planned / sample.cores) };
  }

  /** With the machine idle, what still could start waits for nothing but limits. */
  private workWaits(): boolean {
    const { store } = this.ports;
    return store.workspacesUnder([]).some((workspace) => store.tasks.startableTypes(workspace).length > 0);
  }

  private enact(sample: MachineSample): void {
    const { store, settings } = this.ports;
    const state = this.state!;
    const stored = store.settings.strategy();
    const strategy = stored.pinned ?? state.strategy;
    const reasons = stored.pinned === undefined ? state.reasons : [];
    const isShadow = settings().shadow;
    const asks = asksOf(state);
    if (strategy !== stored.strategy || state.growth !== stored.growth || isShadow !== stored.isShadow) {
      const next: StoredStrategy = { asks, strategy, since: strategy === stored.strategy ? stored.since : sample.at, reasons, pinned: stored.pinned, growth: state.growth, isShadow };
      this.write(next, sample.at, whatChanged(stored, next));
    } else if (MEASURES.some((name) => asks[name] !== stored.asks[name])) {
      store.write(() => store.settings.setStrategy({ ...stored, reasons, asks }));
    }
    this.givingWay.onStrategy(strategy, reasons, sample.at);
    if (!isShadow) this.pauseOrResume(strategy, sample);
  }

  private write(next: StoredStrategy, at: number, what: string): void {
    const { store, log, onCommitted } = this.ports;
    store.write(() => {
      store.settings.setStrategy(next);
      store.decisions.add({ at, strategy: next.strategy, what, reasons: next.reasons, isShadow: next.isShadow });
      // What was in front may not be started in this state.
      store.dissolveLines();
      store.markChanged();
    });
    log.write('info', `Strategy: ${what}${inWords(next.reasons)}`);
    onCommitted();
  }

  /** In `critical` for want of memory one task after the other is paused, or ended if a person wants that; when there is room they go on, the most urgent first. */
  private pauseOrResume(strategy: Strategy, sample: MachineSample): void {
    const { settings, canPause } = this.ports;
    if (sample.at >= this.movedAt && sample.at - this.movedAt < BETWEEN_MS) return;
    const runs = this.runsAtWork();
    const { whenCritical, thresholds } = settings();
    const memory = this.state!.measures.memory.asks === 'critical' || this.state!.measures.pressure.asks === 'critical';
    if (strategy === 'critical' && memory && whenCritical !== 'wait') {
      const victim = choosePause(runs);
      if (victim !== undefined && (whenCritical === 'kill' || canPause)) this.move(victim, whenCritical, sample, strategy);
      return;
    }
    const back = strategy === 'critical' ? undefined : chooseResume(runs, sample, thresholds.memory);
    if (back !== undefined) this.move(back, 'resume', sample, strategy);
  }

  private move({ id }: RunAtWork, how: 'suspend' | 'kill' | 'resume', sample: MachineSample, strategy: Strategy): void {
    const { store, ledger, log, onCommitted } = this.ports;
    const at = sample.at;
    const available = sample.memoryTotal - sample.memoryUsed;
    const done = store.write(() => {
      const task = store.tasks.get(id);
      if (task === undefined) return undefined;
      const event =
        how === 'suspend' ? ({ type: 'suspended', at } as const)
        : how === 'resume' ? ({ type: 'resumed', at } as const)
        : ({ type: 'stopRequested', cause: { type: 'memory-pressure', available }, at } as const);
      if ('refused' in ledger.applyTo(task, event, at)) return undefined;
      store.decisions.add({ at, strategy, what: `${WORDS[how]} #${id} ${task.spec.name}`, reasons: [{ measure: 'memory', value: sample.memory, threshold: this.ports.settings().thresholds.memory.critical }] });
      return task;
    });
    if (done === undefined) return;
    this.movedAt = at;
    log.write('warn', `Strategy: ${WORDS[how]} #${id} ${done.spec.name}; memory is at ${Math.round(sample.memory * 100)} %`);
    onCommitted();
  }

  private runsAtWork(): readonly RunAtWork[] {
    const { store } = this.ports;
    return store.runs.active().flatMap((run) => {
      const task: StoredTask | undefined = store.tasks.get(run.task);
      if (task === undefined || (task.state.status !== 'running' && task.state.status !== 'paused')) return [];
      return [{ id: task.id, priority: task.spec.priority, startedAt: task.state.startedAt, memory: run.memory ?? run.reservedMemory, isPaused: task.state.status === 'paused' }];
    });
  }
}

const WORDS = { suspend: 'paused', kill: 'ended', resume: 'resumed' } as const;

function asksOf({ measures }: StrategyState): StoredStrategy['asks'] {
  return { cpu: measures.cpu.asks, memory: measures.memory.asks, disk: measures.disk.asks, pressure: measures.pressure.asks };
}

function whatChanged(before: StoredStrategy, next: StoredStrategy): string {
  const parts = [
    ...(next.strategy === before.strategy ? [] : [`\`${before.strategy}\` → \`${next.strategy}\``]),
    ...(next.growth === before.growth ? [] : [`limits × ${next.growth}`]),
  ].map((part) => (next.isShadow ? `would be: ${part}` : part));
  const mode = next.isShadow === before.isShadow ? [] : [next.isShadow ? 'strategies are only written down from now on' : 'strategies are applied again'];
  return [...mode, ...parts].join(', ');
}

function inWords(reasons: readonly StrategyReason[]): string {
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  return reasons.length === 0 ? '' : `: ${reasons.map(({ measure, value, threshold }) => `${measure} at ${percent(value)}, limit ${percent(threshold)}`).join(', ')}`;
}
