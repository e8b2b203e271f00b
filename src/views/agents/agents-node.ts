import type { ForeignSession } from '../../core/model/agents/agents-view.ts';
import type { AgentName } from '../../core/model/agents/agent.ts';
import type { Face } from '../../core/present/face.ts';
import type { ShownAgent } from '../../core/present/agents/present-agent.ts';

/** The execution mode, above the agents. */
export interface ModeNode {
  readonly kind: 'mode';
  readonly id: string;
  face: Face;
}

/** An agent. The node stays while the agent changes, so that what is expanded below it stays. */
export interface AgentNode {
  readonly kind: 'agent';
  readonly id: string;
  readonly name: AgentName;
  agent: ShownAgent;
  face: Face;
}

/** What stands in the way of the agent above. */
export interface AgentNeedNode {
  readonly kind: 'agentNeed';
  readonly id: string;
  readonly parent: AgentNode;
  readonly face: Face;
}

/** A model of the agent above. */
export interface AgentModelNode {
  readonly kind: 'agentModel';
  readonly id: string;
  readonly parent: AgentNode;
  readonly face: Face;
}

/** A session of Claude Code that is none of ours. */
export interface SessionNode {
  readonly kind: 'session';
  readonly id: string;
  session: ForeignSession;
  face: Face;
}

/** Everything that has a row in *Agents*. Commands get these as arguments. */
export type AgentsNode = ModeNode | AgentNode | AgentNeedNode | AgentModelNode | SessionNode;
