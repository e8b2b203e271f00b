import type { MachineSample } from '../../model/machine/machine-sample.ts';
import type { Strategy, StrategyReason, StrategyView } from '../../model/machine/strategy.ts';
import type { StoredStrategy } from '../../store/settings-table.ts';
import { nextGrowth } from '../../strategy/next-growth.ts';
import { nextStrategy } from '../../strategy/next-strategy.ts';
import { askedBy, MEASURES, resumedState, type StrategyState } from '../../strategy/strategy-state.ts';
import { GivingWay } from './giving-way.ts';
import { Pausing, type PausingPorts } from './pausing.ts';

type StrategyKeeperPorts = PausingPorts;

/** What becomes of the strategy in force, and what is said of it; without words it is only kept. */
interface Change {
  readonly next: StoredStrategy;
  readonly what: string | undefined;
}

/** Turns samples into the strategy that all engines go by. Only the engine that watches the machine gives it samples. */
export class StrategyKeeper {
  private readonly ports: StrategyKeeperPorts;
  private readonly givingWay: GivingWay;
  private readonly pausing: Pausing;
  private state: StrategyState | undefined;

  constructor(ports: StrategyKeeperPorts) {
    this.ports = ports;
    this.givingWay = new GivingWay(ports);
    this.pausing = new Pausing(ports);
  }

  onSample(sample: MachineSample): void {
    const { store, settings } = this.ports;
    const memory = this.state;
    const look = (stored: StoredStrategy): StoredStrategy => {
      this.state = this.stateAfter(memory !== undefined && isOf(memory, stored) ? memory : resumedState(stored.asks, stored.growth, sample.at), sample);
      return inForce(stored, this.state, settings().shadow, sample.at);
    };
    const stored = store.settings.strategy();
    const changed = isSame(look(stored), stored) ? stored : this.change(sample.at, (latest) => changeTo(latest, look(latest)));
    this.givingWay.onStrategy(changed.strategy, changed.reasons, sample.at);
    const { memory: ofMemory, pressure } = this.state!.measures;
    this.pausing.onSample(sample, { strategy: changed.isShadow ? 'normal' : changed.strategy, ofMemory: ofMemory.asks === 'critical' || pressure.asks === 'critical', isPinned: changed.pinned !== undefined });
  }

  /** Another engine watches the machine from now on: what was building up here says nothing any more. */
  onLost(): void {
    this.state = undefined;
    this.givingWay.onLost();
  }

  pin(strategy: Strategy | undefined, now: number): void {
    this.change(now, (stored) => {
      const wanted = strategy ?? askedBy(stored.asks);
      const next = { ...stored, strategy: wanted, since: wanted === stored.strategy ? stored.since : now, reasons: [], pinned: strategy };
      return { next, what: strategy === undefined ? 'a person lets the machine decide again' : `a person pinned \`${strategy}\`` };
    });
  }

  view(): StrategyView {
    const { strategy, since, reasons, pinned, growth } = this.ports.store.settings.strategy();
    return { strategy, since, reasons, pinned, growth };
  }

  private stateAfter(before: StrategyState, sample: MachineSample): StrategyState {
    const settings = this.ports.settings();
    const isLimited = settings.adaptive && before.strategy === 'normal' && this.workWaits();
    return nextGrowth(nextStrategy(before, this.withoutPlanned(sample), settings), sample, settings, isLimited);
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

  /** Decides by what is stored at that moment: in another window a person may have pinned one just now. */
  private change(at: number, decide: (stored: StoredStrategy) => Change): StoredStrategy {
    const { store, log, onCommitted } = this.ports;
    const { next, what } = store.write(() => {
      const change = decide(store.settings.strategy());
      store.settings.setStrategy(change.next);
      if (change.what === undefined) return change;
      store.decisions.add({ at, strategy: change.next.strategy, what: change.what, reasons: change.next.reasons, isShadow: change.next.isShadow });
      // What was in front may not be started in this state.
      store.dissolveLines();
      store.markChanged();
      return change;
    });
    if (what === undefined) return next;
    log.write('info', `Strategy: ${what}${inWords(next.reasons)}`);
    onCommitted();
    return next;
  }
}

/** What holds from now on: what the machine asks for, unless a person has pinned a strategy. */
function inForce(stored: StoredStrategy, state: StrategyState, isShadow: boolean, at: number): StoredStrategy {
  const strategy = stored.pinned ?? state.strategy;
  const { cpu, memory, disk, pressure } = state.measures;
  return {
    asks: { cpu: cpu.asks, memory: memory.asks, disk: disk.asks, pressure: pressure.asks },
    strategy, since: strategy === stored.strategy ? stored.since : at, reasons: stored.pinned === undefined ? state.reasons : [],
    pinned: stored.pinned, growth: state.growth, isShadow,
  };
}

/** A write that failed leaves this engine ahead of the store. */
function isOf({ measures, growth }: StrategyState, stored: StoredStrategy): boolean {
  return growth === stored.growth && MEASURES.every((name) => measures[name].asks === stored.asks[name]);
}

/** Figures behind a strategy change with each sample; those of its beginning are kept. */
function isSame(a: StoredStrategy, b: StoredStrategy): boolean {
  return a.strategy === b.strategy && a.growth === b.growth && a.isShadow === b.isShadow && a.reasons.length === b.reasons.length && MEASURES.every((name) => a.asks[name] === b.asks[name]);
}

function changeTo(before: StoredStrategy, next: StoredStrategy): Change {
  const parts = [
    ...(next.strategy === before.strategy ? [] : [`\`${before.strategy}\` → \`${next.strategy}\``]),
    ...(next.growth === before.growth ? [] : [`limits × ${next.growth}`]),
  ].map((part) => (next.isShadow ? `would be: ${part}` : part));
  const mode = next.isShadow === before.isShadow ? [] : [next.isShadow ? 'strategies are only written down from now on' : 'strategies are applied again'];
  const words = [...mode, ...parts];
  return { next, what: words.length === 0 ? undefined : words.join(', ') };
}

function inWords(reasons: readonly StrategyReason[]): string {
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  return reasons.length === 0 ? '' : `: ${reasons.map(({ measure, value, threshold }) => `${measure} at ${percent(value)}, limit ${percent(threshold)}`).join(', ')}`;
}
