import { decideMode } from '../../agents/execution-mode.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Store } from '../../store/store.ts';
import { modeFacts } from './mode-facts.ts';

interface ModeKeeperPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly onCommitted: () => void;
}

const LOOKED_FOR = ['claude', 'autogen'] as const;

/** Tells each change of the execution mode, once on the machine, with its reason: in the log and among the decisions. */
export class ModeKeeper {
  private readonly ports: ModeKeeperPorts;
  private seen = -1;

  constructor(ports: ModeKeeperPorts) {
    this.ports = ports;
  }

  check(): void {
    const { store, clock, log, onCommitted } = this.ports;
    const now = clock.now();
    const facts = modeFacts(store, now);
    // Until all programs were looked for the mode is a guess; windows tell of their models in their own time.
    if (facts.pinned === undefined && !LOOKED_FOR.every((program) => facts.agents.some(({ name }) => name === program))) return;
    const { mode, reason } = decideMode(facts);
    if (mode === store.settings.lastMode()) return;
    const what = store.write(() => {
      const last = store.settings.lastMode();
      // Another engine was first.
      if (last === mode) return undefined;
      const change = last === undefined ? `execution mode \`${mode}\`` : `execution mode \`${last}\` → \`${mode}\``;
      store.settings.setLastMode(mode);
      store.decisions.add({ at: now, strategy: store.settings.strategy().strategy, what: `${change}: ${reason}`, reasons: [] });
      store.markChanged();
      return change;
    });
    if (what === undefined) return;
    log.write('info', `Agents: ${what}: ${reason}`);
    onCommitted();
  }

  /** To be called now and then. */
  checkIfChanged(): void {
    const revision = this.ports.store.revision();
    if (revision === this.seen) return;
    this.seen = revision;
    this.check();
  }
}
