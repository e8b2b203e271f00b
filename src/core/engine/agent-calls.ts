import { executionMode } from '../agents/execution-mode.ts';
import type { Clock } from '../base/clock.ts';
import { AGENT_NAMES, PROMPT_TYPE, type AgentName, type AgentState } from '../model/agent.ts';
import { DEFAULT_AGENT_SETTINGS, type AgentSettings } from '../model/agent-settings.ts';
import type { AgentsView, WindowModel } from '../model/agents-view.ts';
import type { ExecutionMode } from '../model/execution-mode.ts';
import type { Store } from '../store/store.ts';
import type { AgentPort } from './engine-port.ts';
import type { LeaseKeeper } from './lease-keeper.ts';

interface AgentCallsPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly lease: LeaseKeeper;
  /** Looks for the programs of agents; VS Code's models are told by the windows that have them. */
  readonly detect: (settings: AgentSettings) => Promise<readonly AgentState[]>;
  readonly onCommitted: () => void;
}

/** Prompts of the queue that are looked at to tell who is asked for. */
const MOST_PROMPTS = 200;

/** See `AgentPort` for what the methods mean. */
export class AgentCalls implements AgentPort {
  private readonly ports: AgentCallsPorts;

  constructor(ports: AgentCallsPorts) {
    this.ports = ports;
  }

  agents(): Promise<AgentsView> {
    const { store, clock } = this.ports;
    const settings = store.settings.agents() ?? DEFAULT_AGENT_SETTINGS;
    const now = clock.now();
    const states = store.agents.all().map(({ state }) => state);
    const active = store.runs.active();
    const waiting = store.tasks.queuedPrompts(MOST_PROMPTS);
    const spent = store.agents.spentOn(dayOf(now));
    const pinned = store.settings.pinnedMode();
    const mode = executionMode({ agents: states, wanted: wantedBy(waiting.map(({ spec }) => spec.work)), pinned, now });
    return Promise.resolve({
      agents: states.map((state) => ({
        ...state,
        capacity: settings[state.name].capacity,
        running: active.filter(({ type }) => type === state.name).length,
        waiting: waiting.filter(({ spec }) => spec.type === state.name).length,
        costToday: spent.get(state.name)?.cost ?? 0,
      })),
      mode,
      reason: '',
      pinned,
      stranded: waiting.filter(({ spec }) => spec.type === PROMPT_TYPE).length,
      sessions: [],
    });
  }

  async refreshAgents(): Promise<AgentsView> {
    const { store, detect } = this.ports;
    const found = await detect(store.settings.agents() ?? DEFAULT_AGENT_SETTINGS);
    store.write(() => {
      for (const state of found) store.agents.set(state);
      store.markChanged();
    });
    this.ports.onCommitted();
    return this.agents();
  }

  setAgentSettings(settings: AgentSettings): Promise<void> {
    return this.change(({ settings: table }) => table.setAgents(settings));
  }

  pinExecutionMode(mode: ExecutionMode | undefined): Promise<void> {
    return this.change(({ settings }) => settings.setPinnedMode(mode));
  }

  setWindowModels(models: readonly WindowModel[] | undefined): Promise<void> {
    const { clock, lease } = this.ports;
    const checkedAt = clock.now();
    const state: AgentState = models === undefined || models.length === 0
      ? { name: 'vscode', status: 'notInstalled', models: [], checkedAt }
      : { name: 'vscode', status: 'credentials', models: models.map(({ id }) => id), checkedAt };
    return this.change(({ agents }) => agents.set(state, lease.idIfAny));
  }

  private change(act: (store: Store) => void): Promise<void> {
    const { store, onCommitted } = this.ports;
    store.write(() => {
      act(store);
      store.markChanged();
    });
    onCommitted();
    return Promise.resolve();
  }
}

function wantedBy(work: readonly { readonly kind: string; readonly agent?: string }[]): readonly AgentName[] {
  return AGENT_NAMES.filter((name) => work.some(({ kind, agent }) => kind === 'prompt' && agent === name));
}

/** The date of the calendar, where this machine is. */
export function dayOf(now: number): string {
  const date = new Date(now);
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
}
