import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { Emitter } from '../base/emitter.ts';
import { Coalesced } from '../engine/changes/coalesced.ts';
import type { EnginePort } from '../engine/engine-port.ts';
import type { RoleView } from '../model/roles/role-view.ts';

const GATHER_MS = 100;

interface RoleWatchPorts {
  readonly engine: Pick<EnginePort, 'roles' | 'onDidChange'>;
  readonly roots: () => readonly string[];
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

/** Follows the roles of some workspaces, with their states and counts. */
export class RoleWatch implements Disposable {
  private readonly ports: RoleWatchPorts;
  private readonly subscription: Disposable;
  private readonly gathered: Coalesced;
  private readonly emitter = new Emitter<readonly RoleView[]>();
  private views: readonly RoleView[] | undefined;
  private reading: Promise<void> = Promise.resolve();

  /** Something of the roles is not what it was. */
  readonly onDidChange = this.emitter.event;

  constructor(ports: RoleWatchPorts) {
    this.ports = ports;
    this.gathered = new Coalesced(ports.clock, () => void this.read().catch(ports.onError));
    this.subscription = ports.engine.onDidChange(() => this.gathered.request(GATHER_MS));
    this.gathered.request(0);
  }

  /** As they were last seen; empty until the engine has answered for the first time. */
  get roles(): readonly RoleView[] {
    return this.views ?? [];
  }

  /** Resolves with the roles of now. */
  async read(): Promise<readonly RoleView[]> {
    const { engine, roots } = this.ports;
    // No roots would mean the whole machine.
    const turn = this.reading.then(async () => this.take(roots().length === 0 ? [] : await engine.roles(roots())));
    this.reading = turn.catch(() => undefined);
    await turn;
    return this.roles;
  }

  dispose(): void {
    this.subscription.dispose();
    this.gathered.dispose();
    this.emitter.dispose();
  }

  private take(views: readonly RoleView[]): void {
    if (isDeepStrictEqual(views, this.views)) return;
    this.views = views;
    this.emitter.fire(views);
  }
}
