import type { AgentRefusal } from '../../../src/core/model/agents/agent-evidence.ts';
import type { AgentRequest } from '../../../src/core/model/agents/agent-request.ts';
import { DEFAULT_AGENT_SETTINGS, type AgentSettings } from '../../../src/core/model/agents/agent-settings.ts';
import type { AgentName } from '../../../src/core/model/agents/agent.ts';
import type { Turn, WriteIntent } from '../../../src/agent/agent-driver.ts';

export interface RecordedTurnOptions {
  readonly workspace: string;
  readonly agent?: AgentName;
  readonly prompt?: string;
  readonly settings?: AgentSettings;
  readonly request?: Partial<AgentRequest>;
  /** Why a write to these is kept from the agent, if it is. */
  readonly refuse?: (writes: WriteIntent) => string | undefined;
}

/** A turn whose conversation, record and files are kept in memory, to be looked at. */
export class RecordedTurn implements Turn {
  readonly request: AgentRequest;
  readonly prompt: string;
  readonly lines: string[] = [];
  readonly events: unknown[] = [];
  readonly refusals: AgentRefusal[] = [];
  /** Calls that asked for files, in their order; `after` gives them back. */
  readonly guarded: string[] = [];
  readonly usage = { turns: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 };
  model: string | undefined;
  session: string | undefined;
  answer: string | undefined;
  said = '';
  private readonly ending = new AbortController();
  private readonly refuse: (writes: WriteIntent) => string | undefined;

  constructor({ workspace, agent = 'vscode', prompt = 'Do it.', settings = DEFAULT_AGENT_SETTINGS, request = {}, refuse = () => undefined }: RecordedTurnOptions) {
    this.prompt = prompt;
    this.refuse = refuse;
    this.request = { task: 1, name: 'prompt', home: workspace, workspace, cwd: workspace, agent, prompt, context: [], files: [], earlier: [], resume: false, isTrusted: true, settings, ...request };
  }

  readonly conversation: Turn['conversation'] = {
    say: (text) => {
      this.said += text;
    },
    call: (tool, about) => void this.lines.push(`${tool} ${about}`),
    result: (text, isError) => void this.lines.push(`${isError ? '! ' : '= '}${text}`),
    refuse: ({ tool, why }) => void this.lines.push(`refused ${tool}: ${why}`),
    note: (text) => void this.lines.push(`(${text})`),
  };

  readonly record: Turn['record'] = {
    event: (event) => void this.events.push(event),
    setModel: (model) => (this.model = model),
    setSession: (session) => (this.session = session),
    setUsage: (usage) => void Object.assign(this.usage, usage),
    refused: (refusal) => void this.refusals.push(refusal),
    changed: () => undefined,
    setAnswer: (text) => (this.answer = text),
  };

  readonly files: Turn['files'] = {
    before: ({ id, tool, writes, command }) => {
      const why = this.refuse(writes);
      if (why !== undefined) return Promise.resolve({ granted: false, refusal: { tool, why } });
      this.guarded.push(`before ${id} ${writes === 'unknown' ? `${writes} ${command}` : writes.join(' ')}`);
      return Promise.resolve({ granted: true });
    },
    after: (id) => {
      this.guarded.push(`after ${id}`);
      return Promise.resolve('');
    },
  };

  get signal(): AbortSignal {
    return this.ending.signal;
  }

  end(): void {
    this.ending.abort();
  }
}
