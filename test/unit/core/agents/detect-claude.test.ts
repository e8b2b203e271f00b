import assert from 'node:assert/strict';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { detectClaude } from '../../../../src/core/agents/detect-claude.ts';
import type { Looked } from '../../../../src/core/agents/state-after-look.ts';
import type { Surroundings } from '../../../../src/core/agents/surroundings.ts';
import { DEFAULT_AGENT_SETTINGS } from '../../../../src/core/model/agents/agent-settings.ts';
import type { ProgramCall } from '../../../../src/core/process/run-program.ts';
import { FakePrograms, LOGGED_OUT, PATIENT } from '../../../support/agents/fake-programs.ts';

const skip = process.platform === 'win32' && 'shell scripts';
const PATIENCE_MS = 60_000;
const never = new AbortController().signal;

async function detect(programs: FakePrograms, more: Partial<Surroundings> = {}, program?: string): Promise<Looked> {
  const around = programs.surroundings(more);
  return detectClaude({ ...DEFAULT_AGENT_SETTINGS.claude, ...(program !== undefined && { program }) }, around, around.now() + PATIENCE_MS, never);
}

const summary = ({ state, isSure }: Looked): readonly unknown[] => [state.status, state.version, state.login, state.need, isSure];

void test('without a program it is not installed, and what to do about it is said', { skip }, async (t) => {
  const { state, isSure } = await detect(new FakePrograms(t));
  assert.deepEqual([state.status, state.why, state.need, isSure], ['notInstalled', 'it was not found', 'install', true]);
  assert.match(state.next!, /Install Claude Code/);
});

void test('with its login it has credentials, with version, place and how somebody is logged in', { skip }, async (t) => {
  const programs = new FakePrograms(t);
  const file = programs.addClaude('bin/claude');
  const { state } = await detect(programs);
  assert.deepEqual({ ...state, checkedAt: 0 }, { name: 'claude', status: 'credentials', program: file, version: '2.1.329', login: 'claude.ai (max)', models: [], checkedAt: 0 });
});

void test('each answer about the login is told apart', { skip }, async (t) => {
  const programs = new FakePrograms(t);
  const rows: readonly (readonly [auth: string, code: number, status: string, login: string | undefined, isSure: boolean])[] = [
    [LOGGED_OUT, 1, 'installed', undefined, true],
    [JSON.stringify({ loggedIn: true, authMethod: 'api_key', apiKeySource: 'ANTHROPIC_API_KEY' }), 0, 'credentials', 'API key', true],
    [JSON.stringify({ loggedIn: true, authMethod: 'oauth_token' }), 0, 'credentials', 'token', true],
    [JSON.stringify({ loggedIn: true, authMethod: 'api_key_helper' }), 0, 'credentials', 'API key helper', true],
    [JSON.stringify({ loggedIn: true, authMethod: 'third_party', apiProvider: 'bedrock' }), 0, 'credentials', 'bedrock', true],
    [JSON.stringify({ loggedIn: true, authMethod: { odd: true } }), 0, 'credentials', 'unknown', true],
    [JSON.stringify({ loggedIn: true, authMethod: 'sk-ant-api03-0123456789012345678901234567890' }), 0, 'credentials', 'unknown', true],
    ['Not a JSON text', 0, 'installed', undefined, false],
    ['[true]', 0, 'installed', undefined, false],
    ['{}', 1, 'installed', undefined, false],
  ];
  for (const [auth, code, status, login, isSure] of rows) {
    programs.addClaude('bin/claude', { auth, code });
    const found = await detect(programs);
    assert.deepEqual([found.state.status, found.state.login, found.isSure], [status, login, isSure], auth);
  }
});

void test('one that is too old says from which version on it may be used', { skip }, async (t) => {
  const programs = new FakePrograms(t);
  programs.addClaude('bin/claude', { version: '2.1.294' });
  const found = await detect(programs);
  assert.deepEqual(summary(found), ['installed', '2.1.294', undefined, 'update', true]);
  assert.match(found.state.why!, /older than 2\.1\.295/);
  programs.addClaude('bin/claude', { version: '2.1.295' });
  assert.equal((await detect(programs)).state.status, 'credentials');
});

void test('a program of that name that is something else does not count, and the next place is looked at', { skip }, async (t) => {
  const programs = new FakePrograms(t);
  const other = programs.add('bin/claude', 'echo "claude the CAD tool 2.1.329 (Claude Code)"');
  const found = await detect(programs);
  assert.deepEqual([found.state.status, found.state.why], ['notInstalled', `${other} does not answer as Claude Code does`]);
  const real = programs.addClaude('home/.local/bin/claude');
  assert.equal((await detect(programs)).state.program, real);
});

void test('an old one on the PATH gives way to a newer one elsewhere', { skip }, async (t) => {
  const programs = new FakePrograms(t);
  programs.addClaude('bin/claude', { version: '1.0.9' });
  const newer = programs.addClaude('home/.claude/local/claude', { version: '2.2.0' });
  assert.equal((await detect(programs)).state.program, newer);
});

void test('it is found in all the places where installers put it, the likeliest first', { skip }, async (t) => {
  const places = [
    'bin/claude',
    'home/.local/bin/claude',
    'home/.claude/local/claude',
    'prefix/bin/claude',
    'home/.npm-global/bin/claude',
    'home/.nvm/versions/node/v24.10.0/bin/claude',
    'home/.nvm/versions/node/v24.9.0/bin/claude',
    'system/bin/claude',
    'home/.bun/bin/claude',
    'prefix/lib/node_modules/@anthropic-ai/claude-code/node_modules/@anthropic-ai/claude-code-linux-x64/claude',
    'system/lib/node_modules/@anthropic-ai/claude-code-linux-x64/claude',
    'given/resources/native-binary/claude',
    'home/.vscode/extensions/anthropic.claude-code-2.1.100-linux-x64/resources/native-binary/claude',
    'home/.vscode/extensions/anthropic.claude-code-2.1.99-linux-x64/resources/native-binary/claude',
    'home/.vscode-server/extensions/anthropic.claude-code-2.2.0/resources/native-binary/claude',
  ];
  const programs = new FakePrograms(t);
  const more = { env: { NPM_CONFIG_PREFIX: path.join(programs.root, 'prefix') }, claudeExtension: path.join(programs.root, 'given') };
  const found: string[] = [];
  for (const place of [...places].reverse()) {
    programs.addClaude(place);
    found.unshift(path.relative(programs.root, (await detect(programs, more)).state.program!));
  }
  assert.deepEqual(found, places);
});

void test('a link to it is not asked twice, and keeps its own path, which an update moves on', { skip }, async (t) => {
  const programs = new FakePrograms(t);
  const version = programs.addClaude('home/.local/share/claude/versions/2.1.329');
  mkdirSync(path.join(programs.home, '.local', 'bin'));
  const link = path.join(programs.home, '.local', 'bin', 'claude');
  symlinkSync(version, link);
  symlinkSync(version, path.join(programs.bin, 'claude'));
  const asked: string[] = [];
  const around = programs.surroundings();
  const run = (call: ProgramCall) => {
    asked.push(`${call.file} ${call.args.join(' ')}`);
    return around.run(call);
  };
  const onPath = path.join(programs.bin, 'claude');
  assert.equal((await detect(programs, { run })).state.program, onPath);
  assert.deepEqual(asked, [`${onPath} --version`, `${onPath} auth status`]);
});

void test('the program that a setting names is the only one', { skip }, async (t) => {
  const programs = new FakePrograms(t);
  programs.addClaude('bin/claude');
  const own = programs.addClaude('own/claude-next', { version: '3.0.0' });
  assert.equal((await detect(programs, {}, own)).state.version, '3.0.0');
  const missing = await detect(programs, {}, '/none/claude');
  assert.deepEqual([missing.state.status, missing.state.why], ['notInstalled', 'there is no program `/none/claude`']);
});

void test('on macOS a login shell’s PATH is asked for where one’s own has none', { skip }, async (t) => {
  const programs = new FakePrograms(t);
  const there = programs.addClaude('shell/claude');
  const shell = programs.add('zsh', `echo 'Welcome!'; PATH=${path.dirname(there)}:/nowhere; eval "$2"`);
  const env = { SHELL: shell };
  assert.equal((await detect(programs, { platform: 'darwin', env })).state.program, there);
  assert.equal((await detect(programs, { platform: 'linux', env })).state.status, 'notInstalled');
  programs.add('zsh', 'exit 1');
  assert.equal((await detect(programs, { platform: 'darwin', env })).state.status, 'notInstalled');
});

void test('a program that hangs costs its time and no more, and what it would have said stays open', { skip }, async (t) => {
  const programs = new FakePrograms(t);
  programs.add('bin/claude', 'while :; do :; done');
  assert.deepEqual(summary(await detect(programs, { limits: { ...PATIENT, versionMs: 300 } })), ['installed', undefined, undefined, 'look', false]);
  programs.add('bin/claude', `case $1 in --version) echo '2.1.329 (Claude Code)' ;; *) while :; do :; done ;; esac`);
  let now = 0;
  const around = programs.surroundings({ now: () => now });
  // The version is had; a fifth of a second is left for the login.
  const run = (call: ProgramCall) => around.run(call).finally(() => (now = 800));
  assert.deepEqual(summary(await detectClaude(DEFAULT_AGENT_SETTINGS.claude, { ...around, run }, 1000, never)), ['installed', '2.1.329', undefined, 'look', false]);
});

void test('it is asked from the person’s own folder, quietly, with what it logs in by and nothing of the editor', { skip }, async (t) => {
  const programs = new FakePrograms(t);
  programs.addClaude('bin/claude');
  const calls: ProgramCall[] = [];
  const around = programs.surroundings();
  const run = (call: ProgramCall) => {
    calls.push(call);
    return around.run(call);
  };
  await detect(programs, { run, env: { ANTHROPIC_API_KEY: 'k', CLAUDE_CODE_OAUTH_TOKEN: 't', CLAUDE_CONFIG_DIR: '/c', CLAUDECODE: '1', CLAUDE_CODE_SSE_PORT: '1', CLAUDE_CODE_ENTRYPOINT: 'x', VSCODE_PID: '1', ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '-r x', PARALLEL_WORKFLOW_RUN: '/r' } });
  for (const { cwd, env } of calls) {
    assert.equal(cwd, programs.home);
    assert.deepEqual(Object.keys(env).sort(), ['ANTHROPIC_API_KEY', 'CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC', 'CLAUDE_CODE_OAUTH_TOKEN', 'CLAUDE_CONFIG_DIR', 'DISABLE_AUTOUPDATER', 'DISABLE_ERROR_REPORTING', 'DISABLE_TELEMETRY', 'HOME', 'NO_COLOR', 'PATH']);
  }
  assert.equal(calls.length, 2);
});

void test('no secret of the environment, nor what a program prints, gets into the state', { skip }, async (t) => {
  const programs = new FakePrograms(t);
  programs.addClaude('bin/claude', { auth: JSON.stringify({ loggedIn: true, authMethod: 'api_key', apiKey: 'sk-secret', accessToken: 'sk-secret', email: 'sk-secret', subscriptionType: 'sk-secret/with+signs' }) });
  const found = await detect(programs, { env: { ANTHROPIC_API_KEY: 'sk-secret' } });
  assert.equal(found.state.login, 'API key');
  assert.ok(!JSON.stringify(found).includes('sk-secret'));
});

void test('nothing else is asked of it', { skip }, async (t) => {
  const programs = new FakePrograms(t);
  programs.addClaude('bin/claude', { more: `*) echo > '${path.join(programs.root, 'other-call')}' ;;` });
  await detect(programs, { workspace: programs.root });
  assert.ok(!existsSync(path.join(programs.root, 'other-call')));
});
