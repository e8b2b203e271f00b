import type { EngineId } from '../../model/ids.ts';
import type { Store } from '../../store/store.ts';

/** Which of the machine's engines watches it. The role is free when the lease of whoever had it is gone. */
export class SamplerRole {
  private readonly store: Store;
  private readonly engine: () => EngineId | undefined;

  constructor(store: Store, engine: () => EngineId | undefined) {
    this.store = store;
    this.engine = engine;
  }

  /** Whether this engine has a lease at all. */
  isTakingPart(): boolean {
    return this.engine() !== undefined;
  }

  isMine(): boolean {
    const own = this.engine();
    return own !== undefined && this.store.settings.sampler() === own;
  }

  /** Takes the role if nobody has it; true when it is this engine's then. */
  take(): boolean {
    const own = this.engine();
    if (own === undefined) return false;
    if (!this.isFree()) return this.isMine();
    return this.store.write(() => {
      if (this.isFree()) this.store.settings.setSampler(own);
      return this.isMine();
    });
  }

  private isFree(): boolean {
    const holder = this.store.settings.sampler();
    return holder === undefined || !this.store.engines.has(holder);
  }
}
