import { isDeepStrictEqual } from 'node:util';
import { dayOf } from '../../agents/calendar-day.ts';
import { checkAgentSettings } from '../../agents/check-agent-settings.ts';
import { decideMode } from '../../agents/execution-mode.ts';
import { settledState } from '../../agents/settled-state.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { UserError } from '../../base/user-error.ts';
import { PROMPT_TYPE } from '../../model/agents/agent.ts';
import { DEFAULT_AGENT_SETTINGS, type AgentSettings } from '../../model/agents/agent-settings.ts';
import type { AgentsView, ForeignSession, WindowModel } from '../../model/agents/agents-view.ts';
import type { ExecutionMode, FileMode } from '../../model/agents/execution-mode.ts';
import type { Store } from '../../store/store.ts';
import type { AgentLooks } from './agent-looks.ts';
import type { AgentPort } from '../engine-port.ts';
import { syncFileMode } from './file-modes.ts';
import type { ForeignClaude } from './foreign-claude.ts';
import { modeFacts } from './mode-facts.ts';
import type { ModeKeeper } from './mode-keeper.ts';
import type { WindowModels } from './window-models.ts';

/** Queued prompts that are counted; nobody needs to know of more. */
const MOST_COUNTED = 5000;

const FOLLOWS = 'Agents: the execution mode follows from the agents again';

interface AgentCallsPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly looks: AgentLooks;
  readonly mode: ModeKeeper;
  readonly foreign: ForeignClaude;
  readonly windowModels: WindowModels;
  readonly onCommitted: () => void;
}

/** The part of the engine's face that is about agents; see `AgentPort` for what its methods mean. */
export class AgentCalls implements AgentPort {
  private readonly ports: AgentCallsPorts;

  constructor(ports: AgentCallsPorts) {
    this.ports = ports;
  }

  agents(options?: { readonly sessions: boolean }): Promise<AgentsView> {
    const { store, looks, foreign } = this.ports;
    // Whoever looks for the first time hears of what was found in a moment.
    if (store.agents.all().length === 0) void looks.lookIfStale();
    return Promise.resolve(this.view(foreign.latest(options?.sessions ?? false)));
  }

  async refreshAgents(): Promise<AgentsView> {
    const { looks, mode, foreign } = this.ports;
    if (!looks.mayLook) throw new UserError('In Restricted Mode no program is started:', 'trust the workspace to have agents looked for.');
    await looks.look(true);
    mode.check();
    return this.view(await foreign.now());
  }

  async setAgentSettings(settings: AgentSettings): Promise<void> {
    const { store, looks } = this.ports;
    checkAgentSettings(settings);
    // Every window tells them at its start; a commit would wake all engines.
    if (isDeepStrictEqual(store.settings.agents(), settings)) return Promise.resolve();
    this.change(() => store.settings.setAgents(settings));
    void looks.look(true);
    return Promise.resolve();
  }

  pinExecutionMode(wanted: ExecutionMode | undefined): Promise<void> {
    const { store, log, mode } = this.ports;
    if (store.settings.pinnedMode() === wanted && store.settings.pinnedBy() === undefined) return Promise.resolve();
    this.change(() => store.settings.setPinnedMode(wanted, undefined));
    log.write('info', wanted === undefined ? FOLLOWS : `Agents: a person pinned the execution mode \`${wanted}\``);
    mode.check();
    return Promise.resolve();
  }

  syncFileMode(roots: readonly string[], written: FileMode | undefined, unclear: readonly string[] = []): Promise<void> {
    const { store, log, mode } = this.ports;
    const before = store.settings.pinnedMode();
    if (!syncFileMode(store, roots, written, unclear, (act) => this.change(act))) return Promise.resolve();
    const now = store.settings.pinnedMode();
    if (now !== before) log.write('info', now === undefined ? FOLLOWS : `Agents: ${store.settings.pinnedBy()} pinned the execution mode \`${now}\``);
    mode.check();
    return Promise.resolve();
  }

  setWindowModels(models: readonly WindowModel[] | undefined): Promise<void> {
    this.ports.windowModels.set(models);
    return Promise.resolve();
  }

  private view(sessions: readonly ForeignSession[]): AgentsView {
    const { store, clock } = this.ports;
    const now = clock.now();
    const settings = store.settings.agents() ?? DEFAULT_AGENT_SETTINGS;
    const active = store.runs.active();
    const queued = store.agents.queuedFor(MOST_COUNTED);
    const spent = store.agents.spentOn(dayOf(now));
    const waitingAs = (name: string): number => queued.reduce((sum, { type, count }) => sum + (type === name ? count : 0), 0);
    const facts = modeFacts(store, now);
    return {
      agents: facts.agents.map((state) => ({
        ...settledState(state, now),
        capacity: settings[state.name].capacity,
        running: active.filter(({ type }) => type === state.name).length,
        waiting: waitingAs(state.name),
        costToday: spent.get(state.name)?.cost ?? 0,
      })),
      ...decideMode(facts),
      pinned: facts.pinned,
      stranded: waitingAs(PROMPT_TYPE),
      sessions,
    };
  }

  private change(act: () => void): void {
    const { store, onCommitted } = this.ports;
    store.write(() => {
      act();
      store.markChanged();
    });
    onCommitted();
  }
}
