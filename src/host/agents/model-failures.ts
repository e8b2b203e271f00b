import type { ChatFailure } from '../../agent/window/bridge-message.ts';

/** What an error of VS Code's models is known by: `LanguageModelError.code`, and the names that Copilot's errors have. */
interface TypedError {
  readonly code?: unknown;
  readonly name?: unknown;
  readonly cause?: unknown;
  readonly message?: unknown;
}

const UNREACHABLE = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH']);

/** How a model failed, by codes and names of its error and of what caused it. */
export function failureOf(error: unknown, model: string): ChatFailure {
  for (let each = error as TypedError | undefined, depth = 0; each !== undefined && each !== null && depth < 5; each = each.cause as TypedError | undefined, depth++) {
    const found = byCode(each, model);
    if (found !== undefined) return found;
  }
  const { message } = (error ?? {}) as TypedError;
  return { type: 'failed', message: typeof message === 'string' && message !== '' ? message : String(error) };
}

function byCode({ code, name }: TypedError, model: string): ChatFailure | undefined {
  // Who asks too often is blocked for a while.
  if (code === 'Blocked' || name === 'ChatQuotaExceeded' || name === 'ChatRateLimited') return { type: 'rateLimited', until: undefined };
  if (code === 'NoPermissions') return { type: 'refused', why: `nobody has allowed Parallel Workflow to use the model ${model}` };
  if (code === 'NotFound') return { type: 'notInstalled', program: `the model ${model}` };
  return typeof code === 'string' && UNREACHABLE.has(code) ? { type: 'unreachable' } : undefined;
}
