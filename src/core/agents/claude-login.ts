import type { ProgramAnswer } from '../process/run-program.ts';

/** What Claude Code says about who is logged in. */
export type ClaudeLogin = { readonly type: 'loggedIn'; readonly how: string } | { readonly type: 'loggedOut' } | { readonly type: 'unknown'; readonly why: string };

const METHODS: Readonly<Record<string, string>> = { api_key: 'API key', oauth_token: 'token', api_key_helper: 'API key helper', 'claude.ai': 'claude.ai' };
/** Only what looks like a name is repeated. */
const NAME = /^[a-z][\w .-]{0,30}$/i;

/**
 * Reads the answer to `claude auth status`: a JSON object, with exit code 1 when nobody is logged in. It asks no service, so
 * a login that has expired counts as one. Secrets are not in it, and only names of methods and plans are taken from it.
 */
export function readClaudeLogin(answer: ProgramAnswer): ClaudeLogin {
  if (answer.type === 'tooLong') return { type: 'unknown', why: 'it did not say in time whether somebody is logged in' };
  if (answer.type === 'notStarted') return { type: 'unknown', why: answer.why };
  const status = parsed(answer.output);
  if (status === undefined || typeof status.loggedIn !== 'boolean') return { type: 'unknown', why: 'it does not say whether somebody is logged in' };
  if (!status.loggedIn || answer.code !== 0) return { type: 'loggedOut' };
  return { type: 'loggedIn', how: method(status) };
}

function method({ authMethod, apiProvider, subscriptionType }: Readonly<Record<string, unknown>>): string {
  if (authMethod === 'third_party') return name(apiProvider) ?? 'another provider';
  const plan = name(subscriptionType);
  const how = METHODS[String(authMethod)] ?? name(authMethod) ?? 'unknown';
  return plan === undefined ? how : `${how} (${plan})`;
}

function name(value: unknown): string | undefined {
  return typeof value === 'string' && NAME.test(value) ? value : undefined;
}

function parsed(output: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(output);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
