import type { Log } from '../../base/log.ts';
import { unknownRole } from '../../model/roles/built-in-roles.ts';
import type { MachineSettings } from '../../model/machine/machine-settings.ts';
import type { Role } from '../../model/roles/role.ts';
import type { Strategy, StrategyReason } from '../../model/machine/strategy.ts';
import type { Store } from '../../store/store.ts';
import { nextGiveWay, NOBODY_GIVES_WAY, type GiveWay } from '../../strategy/next-give-way.ts';
import { knownRole, settleRole } from '../roles/role-queues.ts';

interface GivingWayPorts {
  readonly store: Store;
  readonly log: Log;
  readonly settings: () => MachineSettings;
  readonly onCommitted: () => void;
}

/** Shuts the queues of the least urgent roles while the machine is short, and opens them again. */
export class GivingWay {
  private readonly ports: GivingWayPorts;
  private state: GiveWay | undefined;

  constructor(ports: GivingWayPorts) {
    this.ports = ports;
  }

  /** Another engine watches the machine from now on. */
  onLost(): void {
    this.state = undefined;
  }

  /** With each look at the machine; `strategy` is the one in force. */
  onStrategy(strategy: Strategy, reasons: readonly StrategyReason[], at: number): void {
    const { store, settings, log, onCommitted } = this.ports;
    const from = store.settings.giveWayFrom();
    const inForce = settings().shadow ? 'normal' : strategy;
    if (inForce === 'normal' && from === undefined) return;
    const before = this.state !== undefined && this.state.from === from ? this.state : { ...NOBODY_GIVES_WAY, from };
    const roles = this.rolesAtWork();
    const next = nextGiveWay(before, inForce, roles.map(({ priority }) => priority), at, settings());
    this.state = next;
    if (next === before) return;
    const what = inWords(roles, from, next.from);
    store.write(() => {
      store.settings.setGiveWayFrom(next.from);
      for (const { workspace, name } of store.roles.all()) settleRole(store, workspace, name);
      store.decisions.add({ at, strategy, what, reasons });
      store.markChanged();
    });
    log.write('info', `Strategy: ${what}`);
    onCommitted();
  }

  /** Those that could run now, but for this. */
  private rolesAtWork(): readonly Role[] {
    const { store } = this.ports;
    return store.roles.atWork().flatMap(({ workspace, name }) => {
      const role = knownRole(store, workspace, name) ?? unknownRole(name);
      return role.enabled && (store.roles.get(workspace, name)?.ordered ?? 'running') === 'running' ? [role] : [];
    });
  }
}

function inWords(roles: readonly Role[], from: number | undefined, to: number | undefined): string {
  const [lower, upper] = [from ?? Number.POSITIVE_INFINITY, to ?? Number.POSITIVE_INFINITY];
  const isShut = upper < lower;
  const moved = [...new Set(roles.filter(({ priority }) => priority >= Math.min(lower, upper) && priority < Math.max(lower, upper)).map(({ label }) => label))];
  const who = moved.length === 0 ? (isShut ? 'all roles' : 'the other roles') : moved.join(', ');
  return isShut ? `${who}: give way to more urgent work` : `${who}: may go on`;
}
