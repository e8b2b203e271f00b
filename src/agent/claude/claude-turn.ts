import { OLDEST_CLAUDE } from '../../core/agents/detect-claude.ts';
import type { Clock } from '../../core/base/clock.ts';
import { messageOf } from '../../core/base/user-error.ts';
import type { AgentEvidence } from '../../core/model/agents/agent-evidence.ts';
import type { ProcessTable } from '../../core/process/process-table.ts';
import type { Turn } from '../agent-driver.ts';
import { claudeArguments, isModelWanted, modelWanted, type ClaudeSession } from './claude-arguments.ts';
import { claudeEnvironment } from './claude-environment.ts';
import { claudeEvidence } from './claude-evidence.ts';
import { ClaudeProcess, type ClaudeExit } from './claude-process.ts';
import { ClaudeReader } from './claude-reader.ts';
import { ControlChannel } from './control-channel.ts';
import { isMessage, type ClaudeMessage, type ControlReply, type ControlRequest, type HookInput } from './messages.ts';
import { HOOK_TIMEOUT_S, ToolGate } from './tool-gate.ts';
import { WRITING_TOOLS } from './writing-call.ts';

export interface ClaudeTurnPorts {
  readonly clock: Clock;
  readonly table: ProcessTable;
  readonly env: NodeJS.ProcessEnv;
  readonly session: ClaudeSession;
  readonly mark: string;
}

export interface TurnEnd {
  readonly evidence: AgentEvidence;
  /** There is no such session to go on with; nothing was done. */
  readonly isUnknownSession: boolean;
}

/** The program gets ready within so long, also on a machine that is busy starting sixteen of them. */
const READY_MS = 120_000;
/** From the last word of its turn to its end. */
const LEAVING_MS = 10_000;
/** From an interrupt to the result that it leads to. */
const INTERRUPT_MS = 1500;

/** One conversation with one process of Claude Code. */
export class ClaudeTurn {
  private readonly turn: Turn;
  private readonly ports: ClaudeTurnPorts;
  private readonly gate: ToolGate;
  private readonly reader: ClaudeReader;
  private readonly program: ClaudeProcess;
  private readonly control: ControlChannel;
  /** Messages are read one after another, for a tool's end has to be noted before the next begins. */
  private reading: Promise<void> = Promise.resolve();
  /** Why we ended it, unless its own result says better. */
  private verdict: AgentEvidence | undefined;
  private isStopped = false;

  constructor(turn: Turn, ports: ClaudeTurnPorts) {
    const { request } = turn;
    this.turn = turn;
    this.ports = ports;
    this.gate = new ToolGate(turn, ports.clock);
    this.reader = new ClaudeReader(turn, this.gate, ports.clock);
    this.reader.onHopeless = (why) => this.giveUp(why);
    this.program = new ClaudeProcess({
      program: this.name,
      args: claudeArguments(request, ports.session),
      cwd: request.cwd,
      env: claudeEnvironment(ports.env, new Set(request.variables)),
      table: ports.table,
      mark: ports.mark,
      onMessage: (value) => this.receive(value),
      onGarbage: (text) => turn.record.event({ type: 'garbage', text }),
    });
    this.control = new ControlChannel((message) => this.program.send(message), (asked, cancelled) => this.answer(asked, cancelled));
  }

  async run(): Promise<TurnEnd> {
    const { signal } = this.turn;
    const stop = (): void => {
      this.isStopped = true;
      void this.interrupt();
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
    try {
      await this.begin();
      const exit = await this.program.ended;
      await this.reading;
      return this.endOf(exit);
    } finally {
      signal.removeEventListener('abort', stop);
      await this.program.end();
      await this.gate.closeAll();
    }
  }

  private get name(): string {
    const { request } = this.turn;
    return request.settings.claude.program ?? request.program ?? 'claude';
  }

  /** Sets up the hooks first; the prompt goes only to a program that has them in force. */
  private async begin(): Promise<void> {
    const hook = (id: string): object => ({ matcher: WRITING_TOOLS, hookCallbackIds: [id], timeout: HOOK_TIMEOUT_S, onFailure: 'block' });
    const ready = this.control.request('initialize', { hooks: { PreToolUse: [hook('before')], PostToolUse: [hook('after')], PostToolUseFailure: [hook('after')] } });
    const late = this.ports.clock.after(READY_MS, () => this.end({ type: 'crashed', message: `it was not ready after ${READY_MS / 1000} s` }));
    const reply = await Promise.race([ready, this.program.ended.then(() => undefined)]);
    late();
    if (reply === undefined || this.isStopped) return;
    if (!areHooksInForce(reply)) {
      const version = reply.response?.claude_code_version;
      return this.end({ type: 'failed', message: `${typeof version === 'string' ? `version ${version}` : 'this version'} of Claude Code cannot be kept off files in use; update it to ${OLDEST_CLAUDE} or later with \`claude update\`` });
    }
    this.program.send({ type: 'user', message: { role: 'user', content: this.turn.prompt } });
  }

  private receive(value: unknown): void {
    if (!isMessage(value)) return;
    if (value.type === 'control_response') this.control.replied(value.response);
    else if (value.type === 'control_request') this.afterReading(() => void this.control.requested(value));
    else if (value.type === 'control_cancel_request') this.afterReading(() => this.control.cancelled(value.request_id));
    else this.reading = this.reading.then(() => this.read(value)).catch((error: unknown) => this.end({ type: 'crashed', message: messageOf(error) }));
  }

  /** A call is told before it is refused. */
  private afterReading(act: () => void): void {
    void this.reading.then(act);
  }

  private async read(message: Exclude<ClaudeMessage, { type: `control_${string}` }>): Promise<void> {
    await this.reader.read(message);
    if (message.type === 'system' && message.subtype === 'init') this.checkModel();
    if (message.type !== 'result' || (message.queued_turn_count ?? 0) > 0) return;
    void this.leave();
  }

  private async leave(): Promise<void> {
    this.program.closeInput();
    if (!(await this.program.endsWithin(LEAVING_MS))) await this.program.end();
  }

  private async answer(asked: NonNullable<ControlRequest['request']>, cancelled: AbortSignal): Promise<Readonly<Record<string, unknown>> | undefined> {
    if (asked.subtype === 'hook_callback') {
      const input = (asked.input ?? {}) as HookInput;
      const call: HookInput = { ...input, ...(asked.tool_use_id !== undefined && { tool_use_id: asked.tool_use_id }) };
      if (asked.callback_id === 'before') return this.gate.before(call, cancelled);
      await this.gate.after(call.tool_use_id ?? '');
      return {};
    }
    if (asked.subtype === 'can_use_tool') return this.deny(asked);
    return undefined;
  }

  /** Nobody is there who could be asked: what edits and the person's own rules do not cover is not done. */
  private async deny({ tool_name: tool = 'tool', tool_use_id: id = '', input = {} }: NonNullable<ControlRequest['request']>): Promise<Readonly<Record<string, unknown>>> {
    await this.gate.after(id);
    const rule = typeof input.command === 'string' ? `${tool}(${input.command.split('\n')[0]!.slice(0, 80)})` : tool;
    const why = `This needs a person's consent, and nobody is there to give it. Go on without it, or say at the end what is needed. A rule such as ${rule} in the setting parallelWorkflow.agents.claude.allow, or in permissions.allow of Claude Code's own settings, allows it from then on.`;
    this.gate.refuse(id, { tool, why });
    return { behavior: 'deny', message: why };
  }

  private checkModel(): void {
    const wanted = modelWanted(this.turn.request);
    const chosen = this.reader.model;
    if (wanted === undefined || chosen === undefined || isModelWanted(chosen, wanted)) return;
    this.end({ type: 'failed', message: `it chose the model ${chosen} though ${wanted} was wanted; correct the name` });
  }

  private giveUp(why: 'limited' | 'unguarded'): void {
    if (why === 'limited') this.end({ type: 'rateLimited', until: this.reader.resetsAt });
    else this.end({ type: 'failed', message: 'it wrote a file without asking for it; its settings may forbid hooks' });
  }

  private end(verdict: AgentEvidence): void {
    if (this.verdict !== undefined) return;
    this.verdict = verdict;
    void this.interrupt();
  }

  /** An orderly end: it stops what it does and says how far it came. */
  private async interrupt(): Promise<void> {
    void this.control.request('interrupt');
    if (await this.program.endsWithin(INTERRUPT_MS)) return;
    await this.program.end();
  }

  private endOf(exit: ClaudeExit): TurnEnd {
    const { code, signal, notStarted } = exit;
    if (notStarted !== undefined) return { evidence: notStarted === 'ENOENT' ? { type: 'notInstalled', program: this.name } : { type: 'crashed', message: `${this.name} cannot be started (${notStarted})` }, isUnknownSession: false };
    const facts = this.reader.facts();
    const { result } = facts;
    return {
      evidence: this.verdict ?? claudeEvidence({ ...facts, code, signal, complaint: this.program.complaint.trim(), isStopped: this.isStopped }),
      isUnknownSession: 'resume' in this.ports.session && result?.subtype === 'error_during_execution' && result.num_turns === 0 && this.reader.model === undefined,
    };
  }
}

function areHooksInForce({ subtype, response }: ControlReply): boolean {
  return subtype === 'success' && response?.hook_on_failure_supported === true && response.hooks_applied !== false;
}
