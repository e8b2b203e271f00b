import { randomUUID } from 'node:crypto';
import type { Clock } from '../../core/base/clock.ts';
import type { AgentEvidence } from '../../core/model/agents/agent-evidence.ts';
import { RUN_MARK, type ProcessTable } from '../../core/process/process-table.ts';
import type { AgentDriver, Turn } from '../agent-driver.ts';
import { sessionToResume } from '../turn-prompt.ts';
import { ClaudeTurn, type TurnEnd } from './claude-turn.ts';

export interface ClaudeDriverPorts {
  readonly clock: Clock;
  readonly table: ProcessTable;
  readonly env: NodeJS.ProcessEnv;
}

/** Speaks with Claude Code over its control protocol. */
export class ClaudeDriver implements AgentDriver {
  private readonly ports: ClaudeDriverPorts;

  constructor(ports: ClaudeDriverPorts) {
    this.ports = ports;
  }

  async run(turn: Turn): Promise<AgentEvidence> {
    const resumed = sessionToResume(turn.request)?.session;
    if (resumed !== undefined) {
      const { evidence, isUnknownSession } = await this.once(turn, { resume: resumed });
      if (!isUnknownSession || turn.signal.aborted) return evidence;
      turn.conversation.note('Claude Code has forgotten this conversation; it begins a new one');
    }
    return (await this.once(turn, { begin: randomUUID() })).evidence;
  }

  private once(turn: Turn, session: { readonly begin: string } | { readonly resume: string }): Promise<TurnEnd> {
    const { env } = this.ports;
    return new ClaudeTurn(turn, { ...this.ports, session, mark: env[RUN_MARK] ?? '' }).run();
  }
}
