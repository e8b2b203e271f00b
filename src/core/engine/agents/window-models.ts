import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../base/clock.ts';
import type { WindowModel } from '../../model/agents/agents-view.ts';
import type { EngineId } from '../../model/ids.ts';
import type { Store } from '../../store/store.ts';
import { keepLooked } from './looked-agents.ts';

interface WindowModelsPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly engine: () => EngineId | undefined;
  readonly onCommitted: () => void;
}

/** What this engine's window offers; the engine's lease vouches for it. */
export class WindowModels {
  private readonly ports: WindowModelsPorts;
  private offered: readonly WindowModel[] | undefined;

  constructor(ports: WindowModelsPorts) {
    this.ports = ports;
  }

  /** `undefined` when the window cannot tell: what it offered before stands. */
  set(models: readonly WindowModel[] | undefined): void {
    if (models === undefined || isDeepStrictEqual(models, this.offered)) return;
    this.offered = models;
    this.renew();
  }

  /** Tells it again, as after a new lease. */
  renew(): void {
    const { store, clock, engine, onCommitted } = this.ports;
    const [id, offered] = [engine(), this.offered];
    if (id === undefined || offered === undefined) return;
    store.write(() => {
      store.windowModels.set(id, offered);
      keepLooked(store, [], false, clock.now());
      store.markChanged();
    });
    onCommitted();
  }
}

/** Part of a writing transaction: the models of a window go with its engine. */
export function withdrawModels(store: Store, engine: EngineId, now: number): void {
  if (!store.windowModels.delete(engine)) return;
  keepLooked(store, [], false, now);
  store.markChanged();
}
