/**
 * What Claude Code writes, one JSON object a line, with `--output-format stream-json`, as far as it is used here; after the
 * types of npm's `@anthropic-ai/claude-agent-sdk` 0.3.329. Every field may be missing in another version, and messages of
 * other types are to be ignored.
 */
export type ClaudeMessage =
  | { readonly type: 'system'; readonly subtype: 'init'; readonly session_id?: string; readonly model?: string; readonly claude_code_version?: string }
  | { readonly type: 'system'; readonly subtype: 'api_retry'; readonly error?: string; readonly error_status?: number | null; readonly retry_delay_ms?: number }
  | { readonly type: 'assistant'; readonly error?: string; readonly message?: { readonly content?: readonly ContentBlock[] }; readonly parent_tool_use_id?: string | null }
  | { readonly type: 'user'; readonly message?: { readonly content?: string | readonly ContentBlock[] } }
  | { readonly type: 'rate_limit_event'; readonly rate_limit_info?: RateLimit }
  | ClaudeResult
  | ControlRequest
  | { readonly type: 'control_response'; readonly response?: ControlReply }
  | { readonly type: 'control_cancel_request'; readonly request_id?: string };

export interface RateLimit {
  readonly status?: 'allowed' | 'allowed_warning' | 'rejected';
  /** Seconds since the epoch. */
  readonly resetsAt?: number;
}

/** A part of what the model or a tool said. */
export interface ContentBlock {
  readonly type?: string;
  readonly text?: string;
  readonly id?: string;
  readonly name?: string;
  readonly input?: ToolInput;
  readonly tool_use_id?: string;
  readonly is_error?: boolean;
  readonly content?: string | readonly { readonly text?: string }[];
}

export type ToolInput = Readonly<Record<string, unknown>>;

/** How a turn ended. */
export interface ClaudeResult {
  readonly type: 'result';
  readonly subtype?: string;
  readonly is_error?: boolean;
  readonly api_error_status?: number | null;
  readonly api_error?: string;
  readonly terminal_reason?: string;
  readonly stop_reason?: string | null;
  readonly num_turns?: number;
  readonly total_cost_usd?: number;
  readonly modelUsage?: Readonly<Record<string, ModelUsage>>;
  /** Since the last result of this process; `modelUsage` and the cost go on from those of a resumed session. */
  readonly model_usage_since_last_result?: Readonly<Record<string, ModelUsage>>;
  readonly result?: string;
  readonly errors?: readonly string[];
  readonly session_id?: string;
  /** Turns that follow without further input. */
  readonly queued_turn_count?: number;
}

export interface ModelUsage {
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly cacheReadInputTokens?: number;
  readonly cacheCreationInputTokens?: number;
  readonly costUSD?: number;
}

/** A question of the program to whoever started it. */
export interface ControlRequest {
  readonly type: 'control_request';
  readonly request_id: string;
  readonly request?: {
    readonly subtype?: string;
    readonly callback_id?: string;
    readonly tool_name?: string;
    readonly tool_use_id?: string;
    readonly input?: ToolInput;
  };
}

export interface ControlReply {
  readonly subtype?: 'success' | 'error';
  readonly request_id?: string;
  readonly response?: Readonly<Record<string, unknown>>;
  readonly error?: string;
}

/** What a hook is told of a tool call. */
export interface HookInput {
  readonly hook_event_name?: string;
  readonly tool_name?: string;
  readonly tool_input?: ToolInput;
  readonly tool_use_id?: string;
  readonly cwd?: string;
}

export function isMessage(value: unknown): value is ClaudeMessage {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}
