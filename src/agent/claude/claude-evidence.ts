import type { AgentEvidence } from '../../core/model/agents/agent-evidence.ts';
import type { ClaudeResult } from './messages.ts';

/** All that a run of Claude Code left behind to tell how it ended. */
export interface ClaudeFacts {
  readonly result: ClaudeResult | undefined;
  /** `error` of the last message that had one. */
  readonly error: string | undefined;
  /** When the limit that was hit is lifted; milliseconds since the epoch. */
  readonly resetsAt: number | undefined;
  readonly model: string | undefined;
  readonly code: number | null;
  readonly signal: string | null;
  /** End of its stderr, for people. */
  readonly complaint: string;
  /** Somebody wanted it to end. */
  readonly isStopped: boolean;
}

const NOT_LOGGED_IN = new Set(['authentication_failed', 'oauth_org_not_allowed', 'cloud_credential_error']);

/** How the turn ended, from typed fields and the exit alone. `subtype` may say `success` of a failure: `is_error` counts. */
export function claudeEvidence(facts: ClaudeFacts): AgentEvidence {
  const { result, isStopped } = facts;
  if (isStopped && result?.is_error !== false) return { type: 'crashed', message: 'it was stopped' };
  if (result === undefined) return { type: 'crashed', message: exitText(facts) };
  if (result.is_error === false && result.subtype === 'success') return endedWell(result);
  if (result.subtype === 'error_max_turns') return { type: 'budget', limit: 'turns' };
  if (result.subtype === 'error_max_budget_usd') return { type: 'budget', limit: 'cost' };
  if (result.stop_reason === 'refusal') return { type: 'refused', why: words(result, 'its safeguards stopped it') };
  return ofService(result, facts) ?? { type: 'failed', message: words(result, result.terminal_reason ?? result.subtype ?? 'it says no more') };
}

function endedWell({ terminal_reason: reason, stop_reason: stop }: ClaudeResult): AgentEvidence {
  if (stop === 'refusal') return { type: 'refused', why: 'its safeguards stopped it' };
  return reason === undefined || reason === 'completed' ? { type: 'completed' } : { type: 'failed', message: `it ended early: ${reason}` };
}

/** What the service answered, when that was the reason. */
function ofService(result: ClaudeResult, { error, resetsAt, model }: ClaudeFacts): AgentEvidence | undefined {
  const status = result.api_error_status ?? undefined;
  if (error === undefined && status === undefined && result.terminal_reason !== 'api_error') return undefined;
  if (status === 401 || (error !== undefined && NOT_LOGGED_IN.has(error))) return { type: 'notLoggedIn' };
  if (status === 429 || error === 'rate_limit') return { type: 'rateLimited', until: resetsAt };
  if (error === 'model_not_found') return { type: 'failed', message: `its service has no model ${model ?? 'of that name'}; choose another one` };
  if (error === 'overloaded' || (status !== undefined && status >= 500)) return { type: 'overloaded', status };
  const isUnreached = status === undefined && (result.api_error === 'connection_failed' || error === 'server_error' || error === undefined);
  return isUnreached && result.terminal_reason === 'api_error' ? { type: 'unreachable' } : undefined;
}

function exitText({ code, signal, complaint }: ClaudeFacts): string {
  const how = signal !== null ? `it was ended by ${signal}` : code === 0 ? 'it ended without a result' : `it ended with code ${code ?? 'unknown'}`;
  return complaint === '' ? how : `${how}: ${complaint}`;
}

function words({ result, errors }: ClaudeResult, otherwise: string): string {
  const text = (errors?.[0] ?? result ?? '').trim();
  return text === '' ? otherwise : (text.split('\n')[0] ?? text).slice(0, 500);
}
