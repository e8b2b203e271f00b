import type { Clock } from '../../core/base/clock.ts';
import type { Disposable } from '../../core/base/disposable.ts';
import { Emitter, type Event } from '../../core/base/emitter.ts';
import type { AgentsView } from '../../core/model/agents/agents-view.ts';
import { presentAgent, presentAgentModel, presentAgentNeed } from '../../core/present/agents/present-agent.ts';
import { presentForeignSession } from '../../core/present/agents/present-foreign-session.ts';
import { presentMode } from '../../core/present/agents/present-mode.ts';
import type { AgentModelNode, AgentNeedNode, AgentNode, AgentsNode } from './agents-node.ts';
import { Ticker } from '../ticker.ts';

/** Models shown below an agent; of more nobody reads. */
const MOST_MODELS = 50;
/** How often ages are looked at; they are told no finer. */
const TICK_MS = 10_000;

export interface AgentsModelOptions {
  readonly watch: { readonly view: AgentsView | undefined; readonly onDidChange: Event<void> };
  /** The folders of this window. */
  readonly roots: () => readonly string[];
  readonly clock: Clock;
}

export type AgentsRedraw = 'all' | readonly AgentsNode[];

/** The view *Agents* without VS Code: the execution mode, the agents, sessions of others, and which have to be drawn again. */
export class AgentsModel implements Disposable {
  private readonly options: AgentsModelOptions;
  private readonly redrawn = new Emitter<AgentsRedraw>();
  private readonly ticker: Ticker;
  private readonly subscription: Disposable;
  private nodes: readonly AgentsNode[];

  readonly onDidRedraw = this.redrawn.event;

  constructor(options: AgentsModelOptions) {
    this.options = options;
    this.nodes = this.grow([]);
    this.ticker = new Ticker(options.clock, () => this.update());
    this.subscription = options.watch.onDidChange(() => this.update());
  }

  /** None until agents were looked for: a welcome stands there then. */
  get rows(): readonly AgentsNode[] {
    return this.nodes;
  }

  /** While nobody sees it, ages are let be. */
  setVisible(isVisible: boolean): void {
    this.ticker.setPeriod(isVisible ? TICK_MS : undefined);
    if (isVisible) this.update();
  }

  children(node: AgentsNode): readonly AgentsNode[] {
    if (node.kind !== 'agent') return [];
    const { agent, id } = node;
    const need = presentAgentNeed(agent);
    const needs: readonly AgentNeedNode[] = need === undefined ? [] : [{ kind: 'agentNeed', id: `${id}/need`, parent: node, face: need }];
    const models = agent.models.slice(0, MOST_MODELS).map((model): AgentModelNode => ({ kind: 'agentModel', id: `${id}/${model}`, parent: node, face: presentAgentModel(model) }));
    return [...needs, ...models];
  }

  dispose(): void {
    this.subscription.dispose();
    this.ticker.dispose();
    this.redrawn.dispose();
  }

  private update(): void {
    const before = this.nodes;
    const looks = before.map(lookOf);
    this.nodes = this.grow(before);
    const isMoved = before.length !== this.nodes.length || this.nodes.some((node, index) => node !== before[index]);
    const changed = isMoved ? [] : this.nodes.filter((node, index) => lookOf(node) !== looks[index]);
    if (isMoved) this.redrawn.fire('all');
    else if (changed.length > 0) this.redrawn.fire(changed);
  }

  private grow(before: readonly AgentsNode[]): readonly AgentsNode[] {
    const { view } = this.options.watch;
    if (view === undefined || view.agents.length === 0) return [];
    const now = this.options.clock.now();
    const roots = this.options.roots();
    const kept = <T extends AgentsNode>(fresh: T): T => {
      const old = before.find((node) => node.id === fresh.id);
      return old === undefined ? fresh : Object.assign(old, fresh);
    };
    return [
      kept({ kind: 'mode', id: 'mode', face: presentMode(view) }),
      ...view.agents.map((agent): AgentNode => kept({ kind: 'agent', id: agent.name, name: agent.name, agent, face: presentAgent(agent, now) })),
      ...view.sessions.map((session) => kept({ kind: 'session' as const, id: `session-${session.pid}`, session, face: presentForeignSession(session, roots, now) })),
    ];
  }
}

/** What is drawn of a node, with what is below it. */
function lookOf(node: AgentsNode): string {
  return JSON.stringify(node.kind === 'agent' ? [node.face, node.agent.why, node.agent.next, node.agent.need, node.agent.models] : node.face);
}
