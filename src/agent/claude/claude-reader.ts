import type { Clock } from '../../core/base/clock.ts';
import type { Turn } from '../agent-driver.ts';
import type { ClaudeFacts } from './claude-evidence.ts';
import type { ClaudeMessage, ClaudeResult, ContentBlock, ModelUsage } from './messages.ts';
import { aboutCall, diffLines, resultText } from './short-texts.ts';
import type { ToolGate } from './tool-gate.ts';
import { isWritingTool } from './writing-call.ts';

/** With a longer wait the program only holds a place that others could use; milliseconds. */
const LONGEST_RETRY_MS = 10_000;

/** Reads what Claude Code says: for people, for the record, and for the evidence of how it ended. */
export class ClaudeReader {
  result: ClaudeResult | undefined;
  error: string | undefined;
  resetsAt: number | undefined;
  model: string | undefined;
  version: string | undefined;
  /** Called when it is to be ended at once, and why. */
  onHopeless: (why: 'limited' | 'unguarded') => void = () => undefined;
  private readonly turn: Turn;
  private readonly gate: ToolGate;
  private readonly clock: Clock;
  private readonly calls = new Map<string, string>();
  private readonly usage = { turns: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 };

  constructor(turn: Turn, gate: ToolGate, clock: Clock) {
    this.turn = turn;
    this.gate = gate;
    this.clock = clock;
  }

  async read(message: Exclude<ClaudeMessage, { type: `control_${string}` }>): Promise<void> {
    const { record } = this.turn;
    record.event(message);
    switch (message.type) {
      case 'system':
        if (message.subtype === 'init') this.began(message);
        else if (message.subtype === 'api_retry') this.retries(message);
        return;
      case 'assistant':
        this.error = message.error ?? this.error;
        for (const block of message.message?.content ?? []) this.said(block, message.error !== undefined);
        return;
      case 'user': {
        const content = message.message?.content;
        if (Array.isArray(content)) for (const block of content as readonly ContentBlock[]) await this.toolEnded(block);
        return;
      }
      case 'rate_limit_event':
        if (message.rate_limit_info?.status === 'rejected' && message.rate_limit_info.resetsAt !== undefined) this.resetsAt = message.rate_limit_info.resetsAt * 1000;
        return;
      case 'result':
        this.ended(message);
        return;
      default:
        assertUnknown(message);
    }
  }

  facts(): Pick<ClaudeFacts, 'result' | 'error' | 'resetsAt' | 'model'> {
    const { result, error, resetsAt, model } = this;
    return { result, error, resetsAt, model };
  }

  private began({ session_id: session, model, claude_code_version: version }: Extract<ClaudeMessage, { subtype: 'init' }>): void {
    const { record, conversation } = this.turn;
    if (session !== undefined) record.setSession(session);
    // Each turn of a session begins so.
    if (model === undefined || model === this.model) return;
    this.model = model;
    this.version = version;
    record.setModel(model);
    conversation.note(`${model}, Claude Code ${version ?? 'of an unknown version'}`);
  }

  private retries({ error, error_status: status, retry_delay_ms: delay = 0 }: Extract<ClaudeMessage, { subtype: 'api_retry' }>): void {
    if (error !== 'rate_limit' && status !== 429) return;
    this.error = 'rate_limit';
    this.resetsAt ??= this.clock.now() + delay;
    if (delay > LONGEST_RETRY_MS) this.onHopeless('limited');
  }

  private said(block: ContentBlock, isError: boolean): void {
    const { conversation, request } = this.turn;
    if (block.type === 'text' && block.text !== undefined && block.text !== '') {
      if (isError) conversation.result(block.text, true);
      else conversation.say(`${block.text}\n`);
    } else if (block.type === 'tool_use' && block.id !== undefined) {
      this.calls.set(block.id, block.name ?? '');
      conversation.call(block.name ?? 'tool', aboutCall(block.input ?? {}, request.cwd));
    }
  }

  private async toolEnded(block: ContentBlock): Promise<void> {
    const id = block.tool_use_id;
    if (block.type !== 'tool_result' || id === undefined) return;
    const tool = this.calls.get(id) ?? '';
    this.calls.delete(id);
    // Normally its hook said so already.
    await this.gate.after(id);
    if (this.gate.refused.has(id)) return;
    const isError = block.is_error === true;
    if (!isError && isWritingTool(tool) && !this.gate.asked.has(id)) this.onHopeless('unguarded');
    const diff = this.gate.diffOf(id);
    const text = diff === '' ? resultText(block) : diffLines(diff);
    if (isError || diff !== '' || tool === 'Bash' || tool === 'PowerShell') this.turn.conversation.result(text, isError);
  }

  private ended(result: ClaudeResult): void {
    const { record } = this.turn;
    this.result = result;
    if (result.session_id !== undefined && result.subtype === 'success') record.setSession(result.session_id);
    if (result.is_error === false && result.result !== undefined) record.setAnswer(result.result);
    this.count(result);
    record.setUsage(this.usage);
  }

  /** Counts of a resumed session go on from its past; where the program tells those since the last result, they are ours. */
  private count({ num_turns: turns = 0, total_cost_usd: cost = 0, modelUsage, model_usage_since_last_result: news }: ClaudeResult): void {
    const { usage } = this;
    usage.turns += turns;
    if (news !== undefined) {
      const sum = sumOf(news);
      usage.inputTokens += sum.inputTokens;
      usage.outputTokens += sum.outputTokens;
      usage.costUsd += sum.costUsd;
    } else {
      Object.assign(usage, sumOf(modelUsage ?? {}), { costUsd: cost });
    }
  }
}

function sumOf(usage: Readonly<Record<string, ModelUsage>>): { inputTokens: number; outputTokens: number; costUsd: number } {
  const sum = { inputTokens: 0, outputTokens: 0, costUsd: 0 };
  for (const model of Object.values(usage)) {
    sum.inputTokens += (model.inputTokens ?? 0) + (model.cacheReadInputTokens ?? 0) + (model.cacheCreationInputTokens ?? 0);
    sum.outputTokens += model.outputTokens ?? 0;
    sum.costUsd += model.costUSD ?? 0;
  }
  return sum;
}

/** All we know are read above; a newer program may say more. */
function assertUnknown(message: never): void {
  void message;
}
