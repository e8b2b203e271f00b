import assert from 'node:assert/strict';
import { test } from 'node:test';
import { claudeEnvironment } from '../../../../src/agent/claude/claude-environment.ts';

function kept(env: Readonly<Record<string, string>>, ofTask: readonly string[] = []): readonly string[] {
  const ours = Object.keys(claudeEnvironment({}, new Set()));
  return Object.keys(claudeEnvironment(env, new Set(ofTask))).filter((name) => !ours.includes(name)).sort();
}

const ALL = {
  PATH: '/bin', HOME: '/home/me', PARALLEL_WORKFLOW_RUN: '/run', PARALLEL_WORKFLOW_TASK: '1',
  ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: 'u', CLAUDE_CODE_OAUTH_TOKEN: 't', CLAUDE_CONFIG_DIR: '/c',
  CLAUDECODE: '1', CLAUDE_CODE_ENTRYPOINT: 'cli', CLAUDE_CODE_SSE_PORT: '1', CLAUDE_CODE_SESSION_ID: 's', ENABLE_IDE_INTEGRATION: 'true',
  ELECTRON_RUN_AS_NODE: '1', VSCODE_PID: '1', NODE_OPTIONS: '--inspect', FORCE_COLOR: '1',
  OPENAI_API_KEY: 'k', GITHUB_TOKEN: 't', DB_PASSWORD: 'p', AWS_SECRET_ACCESS_KEY: 's', MY_SECRET: 's', TOKENIZERS_PARALLELISM: 'false', SSH_AUTH_SOCK: '/s',
};

void test('it gets its own account and nothing of a session around it, of our host, or of other accounts', () => {
  assert.deepEqual(kept(ALL), ['ANTHROPIC_API_KEY', 'ANTHROPIC_BASE_URL', 'CLAUDE_CODE_OAUTH_TOKEN', 'CLAUDE_CONFIG_DIR', 'HOME', 'PARALLEL_WORKFLOW_RUN', 'PARALLEL_WORKFLOW_TASK', 'PATH', 'SSH_AUTH_SOCK', 'TOKENIZERS_PARALLELISM']);
});

void test('a secret that the task itself sets is meant for it', () => {
  assert.ok(kept(ALL, ['GITHUB_TOKEN']).includes('GITHUB_TOKEN'));
});

void test('keys of a cloud are handed over when Claude Code works there', () => {
  assert.ok(!kept(ALL).includes('AWS_SECRET_ACCESS_KEY'));
  assert.ok(kept({ ...ALL, CLAUDE_CODE_USE_BEDROCK: '1' }).includes('AWS_SECRET_ACCESS_KEY'));
});

void test('limits come back soon, nothing goes on behind a call, nobody updates himself', () => {
  const { CLAUDE_CODE_MAX_RETRIES, CLAUDE_CODE_DISABLE_BACKGROUND_TASKS, DISABLE_AUTOUPDATER } = claudeEnvironment({ CLAUDE_CODE_MAX_RETRIES: '10' }, new Set());
  assert.deepEqual([CLAUDE_CODE_MAX_RETRIES, CLAUDE_CODE_DISABLE_BACKGROUND_TASKS, DISABLE_AUTOUPDATER], ['2', '1', '1']);
});
