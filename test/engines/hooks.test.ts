import assert from 'node:assert/strict';
import { fork, spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { DEFAULT_OPTIONS } from '../../src/core/engine/engine-options.ts';
import type { EnginePort } from '../../src/core/engine/engine-port.ts';
import { openEngine } from '../../src/core/engine/open-engine.ts';
import { CLI, CliLab, type Ended } from '../support/engines/cli-lab.ts';
import { until } from '../support/until.ts';

const POSIX = { skip: process.platform === 'win32' };

/** Agents whose hooks are run as they run them: by a shell, with what they are about to do on its input. */
class HookLab extends CliLab {
  private engine: EnginePort | undefined;

  /** The hook of one event. We are the agent. */
  hook(event: string, fields: object = {}, env: NodeJS.ProcessEnv = {}): Promise<Ended> {
    return this.shellHook(JSON.stringify({ hook_event_name: event, session_id: 'one', tool_use_id: 't1', tool_name: 'Write', tool_input: { file_path: 'a.txt' }, cwd: this.workspace, ...fields }), env);
  }

  shellHook(input: string, env: NodeJS.ProcessEnv = {}): Promise<Ended> {
    const child = spawn('sh', ['-c', `"$0" --disable-warning=ExperimentalWarning "$1" hook; exit $?`, process.execPath, CLI], { cwd: this.workspace, env: { ...this.env, ...env }, stdio: 'pipe' });
    let [text, errors] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (errors += chunk));
    child.stdin.end(input);
    return new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal, text, errors })));
  }

  async port(t: TestContext): Promise<EnginePort> {
    if (this.engine !== undefined) return this.engine;
    const engine = await openEngine({ ...DEFAULT_OPTIONS, home: this.env.PARALLEL_WORKFLOW_HOME!, kind: 'cli', roots: [] });
    t.after(() => engine.close());
    return (this.engine = engine);
  }

  async held(t: TestContext): Promise<readonly string[]> {
    const uses = await (await this.port(t)).filesInUse([this.workspace]);
    return uses.flatMap((use) => use.holders.map(({ holder }) => `${path.basename(use.path)} ${holder.type === 'program' ? holder.name : holder.type}`));
  }
}

const GRANTED = { code: 0, signal: null, text: '', errors: '' };

function reasonOf({ code, text }: Ended): string {
  assert.equal(code, 0);
  const { hookSpecificOutput: output } = JSON.parse(text) as { hookSpecificOutput: { hookEventName: string; permissionDecision: string; permissionDecisionReason: string } };
  assert.deepEqual([output.hookEventName, output.permissionDecision], ['PreToolUse', 'deny']);
  return output.permissionDecisionReason;
}

void test('the file of a call is held from the hook before it to the hook after it', POSIX, async (t) => {
  const lab = new HookLab(t);
  assert.deepEqual(await lab.hook('PreToolUse'), GRANTED);
  assert.deepEqual(await lab.held(t), ['a.txt agent session one']);
  assert.deepEqual(await lab.hook('PreToolUse'), GRANTED, 'a second hook of the same call is no other one');
  assert.deepEqual(await lab.hook('PostToolUse'), GRANTED);
  assert.deepEqual(await lab.held(t), []);
  assert.deepEqual(readdirSync(path.join(lab.env.PARALLEL_WORKFLOW_HOME!, 'hooks')), []);
});

void test('another session is refused, and hears who has the file; its own is not in its own way', POSIX, async (t) => {
  const lab = new HookLab(t);
  await lab.hook('PreToolUse');
  assert.match(reasonOf(await lab.hook('PreToolUse', { session_id: 'two' })), /^a\.txt is held by “agent session one”/);
  assert.deepEqual(await lab.hook('PreToolUse', { tool_use_id: 't2' }), GRANTED, 'the call before was given up without a word');
  assert.deepEqual(await lab.hook('Stop', { tool_use_id: undefined }), GRANTED);
  assert.deepEqual(await lab.held(t), [], 'at the end of a turn nothing is held');
});

void test('unsaved changes are refused to VS Code\'s agents as well', POSIX, async (t) => {
  const lab = new HookLab(t);
  await (await lab.port(t)).setUnsaved([path.join(lab.workspace, 'a.txt')]);
  const fields = { hook_event_name: undefined, hookEventName: 'PreToolUse', session_id: undefined, sessionId: 'v', tool_name: 'replace_string_in_file', tool_input: { filePath: path.join(lab.workspace, 'a.txt') } };
  assert.match(reasonOf(await lab.hook('', fields)), /^a\.txt has unsaved changes of a person/);
  assert.deepEqual(await lab.hook('PreToolUse', { tool_name: 'Read' }), GRANTED, 'reading is nobody\'s harm');
});

void test('what a session holds lasts as long as its agent', POSIX, async (t) => {
  const lab = new HookLab(t);
  lab.write('agent.mjs', `import { spawnSync } from 'node:child_process'; spawnSync('sh', ['-c', '"$0" --disable-warning=ExperimentalWarning "$1" hook; true', process.execPath, ${JSON.stringify(CLI)}], { input: process.argv[2] }); process.send('asked'); setInterval(() => undefined, 1000);`);
  const call = JSON.stringify({ hook_event_name: 'PreToolUse', session_id: 'child', tool_use_id: 't', tool_name: 'Write', tool_input: { file_path: 'a.txt' }, cwd: lab.workspace });
  const agent = fork(path.join(lab.workspace, 'agent.mjs'), [call], { cwd: lab.workspace, env: lab.env });
  t.after(() => agent.kill('SIGKILL'));
  await new Promise((resolve) => agent.once('message', resolve));
  assert.deepEqual(await lab.held(t), ['a.txt agent session child']);
  agent.kill('SIGKILL');
  await until('its hold to end', async () => (await lab.held(t)).length === 0);
});

void test('when it cannot be asked the answer is no: exit code 2 and why', POSIX, async (t) => {
  const lab = new HookLab(t);
  for (const input of ['', 'garbage', '{"hook_event_name":"PreToolUse","tool_name":"Edit","tool_input":{}}']) {
    const { code, text, errors } = await lab.shellHook(input);
    assert.deepEqual([code, text], [2, ''], input);
    assert.match(errors, /^Parallel Workflow could not ask who uses the file: Expected/);
  }
  const notAFolder = path.join(lab.folder, 'file');
  writeFileSync(notAFolder, '');
  assert.equal((await lab.hook('PreToolUse', {}, { PARALLEL_WORKFLOW_HOME: notAFolder })).code, 2);
  assert.notEqual((await lab.hook('Stop', {}, { PARALLEL_WORKFLOW_HOME: notAFolder })).code, 2, 'the end of a turn is nobody\'s to forbid');
});

void test('the agent of a prompt, whose runner asks already, is not asked twice', POSIX, async (t) => {
  const lab = new HookLab(t);
  await (await lab.port(t)).setUnsaved([path.join(lab.workspace, 'a.txt')]);
  assert.deepEqual(await lab.hook('PreToolUse', {}, { PARALLEL_WORKFLOW_GUARDED: '1' }), GRANTED);
});
