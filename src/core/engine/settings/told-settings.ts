import { isDeepStrictEqual } from 'node:util';
import type { ProjectAgents } from '../../model/agents/project-agents.ts';
import { DEFAULT_LIMITS, type Limits } from '../../model/limits.ts';
import { DEFAULT_MACHINE_SETTINGS, type MachineSettings } from '../../model/machine/machine-settings.ts';
import { readMachine, type ToldSetting } from '../../store/settings-table.ts';
import type { Store } from '../../store/store.ts';
import type { LeaseKeeper } from '../lease-keeper.ts';
import { settledLimits } from './settled-limits.ts';
import { settledMachine } from './settled-machine.ts';

/**
 * What holds on the machine, of all that its engines were told. Each engine's word lasts as long as its lease; while nobody has a word,
 * what was told last holds. An engine without a lease only looks and queues: beside those that have one its word counts for itself alone.
 */
export class ToldSettings {
  private readonly store: Store;
  private readonly lease: Pick<LeaseKeeper, 'idIfAny'>;
  private readonly own: { limits?: Limits; machine?: MachineSettings; agents?: ProjectAgents } = {};
  private readonly settleLimits = remembered((texts) => settledLimits(texts.map((text) => JSON.parse(text) as Limits)));
  private readonly settleMachine = remembered((texts) => settledMachine(texts.map(readMachine)));

  constructor(store: Store, lease: Pick<LeaseKeeper, 'idIfAny'>) {
    this.store = store;
    this.lease = lease;
  }

  limits(): Limits {
    const told = this.told('limits');
    return told.length === 0 ? (this.store.settings.limits() ?? DEFAULT_LIMITS) : this.settleLimits(told);
  }

  machine(): MachineSettings {
    const told = this.told('machine');
    return told.length === 0 ? (this.store.settings.machine() ?? DEFAULT_MACHINE_SETTINGS) : this.settleMachine(told);
  }

  /** True when there was something to write. */
  setLimits(limits: Limits): boolean {
    if (isDeepStrictEqual(this.own.limits ?? this.lastIfAlone('limits'), limits)) return false;
    const before = this.limits();
    this.own.limits = limits;
    return this.write(() => {
      this.store.settings.setLimits(limits);
      if (isDeepStrictEqual(before, this.limits())) return;
      // What was in front may not fit any more.
      this.store.dissolveLines();
      this.store.markChanged();
    });
  }

  setMachine(settings: MachineSettings): boolean {
    if (isDeepStrictEqual(this.own.machine ?? this.lastIfAlone('machine'), settings)) return false;
    const before = this.machine();
    this.own.machine = settings;
    return this.write(() => {
      this.store.settings.setMachine(settings);
      if (!isDeepStrictEqual(before, this.machine())) this.store.markChanged();
    });
  }

  /** What the projects of this engine say of agents: only for as long as it takes part. */
  setProjectAgents(said: ProjectAgents): boolean {
    if (isDeepStrictEqual(this.own.agents ?? {}, said)) return false;
    this.own.agents = said;
    return this.lease.idIfAny !== undefined && this.write(() => this.store.markChanged());
  }

  /** The lease is another one: what was told goes by it. */
  renew(): void {
    this.write(() => this.store.markChanged());
  }

  private write(act: () => void): boolean {
    const engine = this.lease.idIfAny;
    const { settings } = this.store;
    if (engine === undefined && settings.told('limits').length + settings.told('machine').length > 0) return false;
    this.store.write(() => {
      if (engine !== undefined && this.own.limits !== undefined) settings.setTold('limits', engine, this.own.limits);
      if (engine !== undefined && this.own.machine !== undefined) settings.setTold('machine', engine, this.own.machine);
      if (engine !== undefined && this.own.agents !== undefined) settings.setTold('agents', engine, this.own.agents);
      act();
    });
    return true;
  }

  /** What an engine without a lease need not write again. */
  private lastIfAlone(what: ToldSetting): Limits | MachineSettings | undefined {
    return this.lease.idIfAny === undefined && this.told(what).length === 0 ? this.store.settings[what]() : undefined;
  }

  private told(what: ToldSetting): readonly string[] {
    const own = this.lease.idIfAny === undefined ? this.own[what] : undefined;
    return [...this.store.settings.told(what), ...(own === undefined ? [] : [JSON.stringify(own)])];
  }
}

/** A pure function of texts that is asked again and again: worked out anew only when they are others. */
function remembered<T>(work: (texts: readonly string[]) => T): (texts: readonly string[]) => T {
  let last: { readonly texts: readonly string[]; readonly value: T } | undefined;
  return (texts) => {
    if (last === undefined || !isDeepStrictEqual(last.texts, texts)) last = { texts, value: work(texts) };
    return last.value;
  };
}
