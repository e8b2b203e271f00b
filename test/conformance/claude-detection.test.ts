import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { detectClaude } from '../../src/core/agents/detect-claude.ts';
import { DEFAULT_AGENT_SETTINGS } from '../../src/core/model/agents/agent-settings.ts';
import { FakePrograms } from '../support/agents/fake-programs.ts';
import { GENUINE_CLAUDE, WITH_CLAUDE } from '../support/agents/genuine-claude.ts';

const HOUR = 3_600_000;

interface Account {
  readonly env?: Readonly<Record<string, string>>;
  /** Files of the person's `.claude` folder. */
  readonly files?: Readonly<Record<string, object>>;
}

function credentials(expiresAt: number): Account {
  return { files: { '.credentials.json': { claudeAiOauth: { accessToken: 'a', refreshToken: 'r', expiresAt, scopes: ['user:inference'], subscriptionType: 'max' } } } };
}

/** Each way to be logged in, and whether it is one. */
const ACCOUNTS: readonly (readonly [name: string, account: Account, isLoggedIn: boolean])[] = [
  ['nothing', {}, false],
  ['an API key', { env: { ANTHROPIC_API_KEY: 'dummy' } }, true],
  ['a token', { env: { ANTHROPIC_AUTH_TOKEN: 'dummy' } }, true],
  ['a token of a subscription', { env: { CLAUDE_CODE_OAUTH_TOKEN: 'dummy' } }, true],
  ['a cloud', { env: { CLAUDE_CODE_USE_BEDROCK: '1' } }, true],
  ['a login', credentials(Date.now() + HOUR), true],
  ['a login that has expired, which only a turn can tell', credentials(Date.now() - HOUR), true],
  ['a program that has the key', { files: { 'settings.json': { apiKeyHelper: 'echo dummy' } } }, true],
];

for (const [name, { env = {}, files = {} }, isLoggedIn] of ACCOUNTS) {
  void test(`the genuine program with ${name} is ${isLoggedIn ? 'logged in' : 'installed, and no more'}`, WITH_CLAUDE, async (t) => {
    const programs = new FakePrograms(t);
    symlinkSync(GENUINE_CLAUDE, path.join(programs.bin, 'claude'));
    for (const [file, content] of Object.entries(files)) {
      mkdirSync(path.join(programs.home, '.claude'), { recursive: true });
      writeFileSync(path.join(programs.home, '.claude', file), JSON.stringify(content), { mode: 0o600 });
    }
    const around = programs.surroundings({ env });
    const { state: found } = await detectClaude(DEFAULT_AGENT_SETTINGS.claude, around, around.now() + around.limits.allMs, new AbortController().signal);
    assert.deepEqual({ status: found.status, version: found.version }, { status: isLoggedIn ? 'credentials' : 'installed', version: '2.1.329' }, JSON.stringify(found));
  });
}
