import type { DetectAgents } from '../../agents/detect-agents.ts';
import { settledState } from '../../agents/settled-state.ts';
import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import type { Log } from '../../base/log.ts';
import { messageOf } from '../../base/user-error.ts';
import { AGENT_LABELS, isAvailable } from '../../model/agents/agent.ts';
import { DEFAULT_AGENT_SETTINGS } from '../../model/agents/agent-settings.ts';
import type { Store } from '../../store/store.ts';
import { guarded } from '../guarded.ts';
import { keepLooked } from './looked-agents.ts';

/** A window has better things to do when it opens. */
const FIRST_LOOK_MS = 2000;
/** What another engine saw so shortly ago is not looked at again by itself. */
const FRESH_MS = 60_000;
/** After these times those that did not answer are asked again. */
const AGAIN_MS = [10_000, 30_000, 90_000];

export interface AgentLooksPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly detect: DetectAgents;
  /** False where nothing may be started, as in Restricted Mode. */
  readonly mayLook: boolean;
  readonly onCommitted: () => void;
}

/** Keeps what is known of the agents fresh: looks when it is time or somebody asks, and ends limits that are over. */
export class AgentLooks implements Disposable {
  private readonly ports: AgentLooksPorts;
  private readonly stop = new AbortController();
  private looking: Promise<void> | undefined;
  private cancelTimer: (() => void) | undefined;
  private unsure = 0;

  constructor(ports: AgentLooksPorts) {
    this.ports = ports;
  }

  get mayLook(): boolean {
    return this.ports.mayLook;
  }

  /** Looks in a moment, out of the way of what happens at the start. */
  start(): void {
    this.after(FIRST_LOOK_MS);
  }

  /** When it is known anyway, nothing is looked at. */
  lookIfStale(): Promise<void> {
    const { store, clock } = this.ports;
    const looked = store.agents.all();
    const isFresh = looked.length > 0 && looked.every(({ state }) => Math.abs(clock.now() - state.checkedAt) < FRESH_MS);
    return isFresh ? Promise.resolve() : this.look(false);
  }

  /** Resolves when the agents have been looked at; `isAsked` when a person wants to know. */
  async look(isAsked: boolean): Promise<void> {
    if (!this.ports.mayLook || this.stop.signal.aborted) return;
    // A look that is under way has begun before the question.
    if (isAsked) await this.looking;
    this.looking ??= this.take(isAsked).finally(() => (this.looking = undefined));
    await this.looking;
  }

  /** To be called now and then. */
  beat(): void {
    const { store, clock, log, onCommitted } = this.ports;
    const now = clock.now();
    const states = store.agents.all().map(({ state }) => state);
    const isOver = states.some((state) => settledState(state, now) !== state);
    if (isOver) {
      const over = store.write(() => {
        const settled = store.agents.all().flatMap(({ state }) => (settledState(state, now) === state ? [] : [settledState(state, now)]));
        for (const state of settled) store.agents.set(state);
        if (settled.length > 0) store.markChanged();
        return settled;
      });
      for (const { name } of over) log.write('info', `Agents: the limit of ${AGENT_LABELS[name]} is over`);
      if (over.length > 0) onCommitted();
    }
    // Somebody may have installed one, or logged in, outside of VS Code.
    if (this.cancelTimer === undefined && !states.some((state) => isAvailable(state, now)) && store.agents.queuedFor(1).length > 0) this.after(states.length === 0 ? 0 : FRESH_MS);
  }

  dispose(): void {
    this.stop.abort();
    this.cancelTimer?.();
  }

  private async take(isAsked: boolean): Promise<void> {
    const { store, clock, log, detect, onCommitted } = this.ports;
    try {
      const looked = await detect(store.settings.agents() ?? DEFAULT_AGENT_SETTINGS, this.stop.signal);
      if (this.stop.signal.aborted) return;
      const changes = store.write(() => {
        store.markChanged();
        return keepLooked(store, looked, isAsked, clock.now());
      });
      for (const change of changes) log.write('info', `Agents: ${change}`);
      onCommitted();
      this.unsure = looked.every(({ isSure }) => isSure) ? 0 : this.unsure + 1;
      const again = this.unsure === 0 ? undefined : AGAIN_MS[this.unsure - 1];
      if (again !== undefined) this.after(again, () => this.look(false));
    } catch (error) {
      if (!this.stop.signal.aborted) log.write('warn', `The agents could not be looked for: ${messageOf(error)}`);
    }
  }

  private after(delayMs: number, act = (): Promise<void> => this.lookIfStale()): void {
    if (!this.ports.mayLook || this.stop.signal.aborted) return;
    this.cancelTimer?.();
    const look = guarded(this.ports.log, 'The agents could not be looked for', act, () => this.after(AGAIN_MS[0]!, act));
    this.cancelTimer = this.ports.clock.after(delayMs, () => {
      this.cancelTimer = undefined;
      look();
    });
  }
}
