import type { AgentEvidence, AgentRefusal } from '../core/model/agents/agent-evidence.ts';
import type { AgentRequest } from '../core/model/agents/agent-request.ts';

/** Speaks with one kind of agent. */
export interface AgentDriver {
  /** Carries out the turn's prompt. Resolves with how it ended; what the agent does wrong is evidence, not a rejection. */
  run(turn: Turn): Promise<AgentEvidence>;
}

/** One prompt in an agent's hands, and all that a driver may do with it. */
export interface Turn {
  readonly request: AgentRequest;
  /** The prompt with what goes before it: context files, or the conversation and the changes of another agent. */
  readonly prompt: string;
  readonly conversation: Conversation;
  readonly record: TurnRecord;
  readonly files: FileGuard;
  /** Aborted when the run is to end; the driver interrupts its agent, then resolves. */
  readonly signal: AbortSignal;
}

/** What people read in the terminal and in the log. */
export interface Conversation {
  /** Text of the agent, as it comes; a part of a line or many. */
  say(text: string): void;
  /** A tool call in short: `Edit src/a.py`. */
  call(tool: string, about: string): void;
  /** What came of it, in a line or a short diff. */
  result(text: string, isError: boolean): void;
  /** A write that was kept from the agent. */
  refuse(refusal: AgentRefusal): void;
  /** A word of ours, such as which model it is. */
  note(text: string): void;
}

/** What the report of the run is made of. Written to the run's folder as it grows. */
export interface TurnRecord {
  /** Keeps a raw event of the agent. Secrets are not to be in it. */
  event(event: unknown): void;
  setModel(model: string): void;
  setSession(session: string): void;
  /** Totals of the run so far; costs in US dollars. */
  setUsage(usage: { readonly turns?: number; readonly inputTokens?: number; readonly outputTokens?: number; readonly costUsd?: number }): void;
  refused(refusal: AgentRefusal): void;
  /** An absolute path. */
  changed(file: string): void;
  setAnswer(text: string): void;
}

/** What a tool call is about to write: files by absolute path, or `unknown` for a command that may write anything. */
export type WriteIntent = readonly string[] | 'unknown';

/** Stands between an agent's tool calls and the files: every write passes it. */
export interface FileGuard {
  /**
   * Asks for the files of a call before it. Granted, they are held until `after`; refused, it says who has them and until
   * when, so that the agent does something else and comes back. A file with unsaved changes is refused at once; one that
   * another run holds for a moment is waited for, some seconds.
   */
  before(call: WritingCall): Promise<Permission>;
  /**
   * Gives the files of a call back and notes what it changed; after one that may have written anything, what was not its to write is reported.
   * Resolves with the change as a unified diff, empty when there is none.
   */
  after(id: string): Promise<string>;
}

/** A tool call that is about to be made. */
export interface WritingCall {
  readonly id: string;
  readonly tool: string;
  readonly writes: WriteIntent;
  /** Text of a shell's command: the files it visibly writes are asked for. */
  readonly command?: string;
  /** Files that a call of `unknown` writes may be meant for, absolute: they are asked for as well. */
  readonly named?: readonly string[];
  /** The folder it starts in; the task's otherwise. */
  readonly cwd?: string;
}

export type Permission = { readonly granted: true } | { readonly granted: false; readonly refusal: AgentRefusal };
