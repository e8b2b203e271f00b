import type { Clock } from '../../core/base/clock.ts';
import type { Disposable } from '../../core/base/disposable.ts';
import { Emitter } from '../../core/base/emitter.ts';
import { Coalesced } from '../../core/engine/changes/coalesced.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import type { AgentsView } from '../../core/model/agents/agents-view.ts';

/** Between two readings. */
const GATHER_MS = 1000;
/** How often sessions of others are asked for while somebody sees them. */
const SESSIONS_MS = 15_000;

interface AgentWatchPorts {
  readonly engine: Pick<EnginePort, 'agents' | 'refreshAgents' | 'onDidChange'>;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

/** Follows what is known of the agents. */
export class AgentWatch implements Disposable {
  private readonly ports: AgentWatchPorts;
  private readonly emitter = new Emitter<void>();
  private readonly gathered: Coalesced;
  private readonly subscription: Disposable;
  private current: AgentsView | undefined;
  private isSeen = false;
  private cancelPoll: (() => void) | undefined;

  /** What is known is not what it was. */
  readonly onDidChange = this.emitter.event;

  constructor(ports: AgentWatchPorts) {
    this.ports = ports;
    this.gathered = new Coalesced(ports.clock, () => void this.read().catch(ports.onError));
    this.subscription = ports.engine.onDidChange(() => this.gathered.request(GATHER_MS));
  }

  /** `undefined` until the engine has told. */
  get view(): AgentsView | undefined {
    return this.current;
  }

  async read(): Promise<void> {
    this.take(await this.ports.engine.agents({ sessions: this.isSeen }));
  }

  /** Looks again at what is installed and who is logged in. */
  async refresh(): Promise<void> {
    this.take(await this.ports.engine.refreshAgents());
  }

  /** Whether somebody sees them in their view; sessions of others are asked for only then. */
  setSeen(isSeen: boolean): void {
    this.isSeen = isSeen;
    this.cancelPoll?.();
    this.cancelPoll = undefined;
    if (isSeen) this.poll();
  }

  dispose(): void {
    this.cancelPoll?.();
    this.gathered.dispose();
    this.subscription.dispose();
    this.emitter.dispose();
  }

  private poll(): void {
    void this.read().catch(this.ports.onError);
    this.cancelPoll = this.ports.clock.after(SESSIONS_MS, () => this.poll());
  }

  private take(view: AgentsView): void {
    const isSame = JSON.stringify(view) === JSON.stringify(this.current);
    this.current = view;
    if (!isSame) this.emitter.fire();
  }
}
