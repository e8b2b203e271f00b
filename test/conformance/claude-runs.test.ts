import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test, type TestContext } from 'node:test';
import type { TaskDetail } from '../../src/core/engine/engine-port.ts';
import type { TaskId } from '../../src/core/model/ids.ts';
import { RUN_MARK } from '../../src/core/process/process-table.ts';
import { systemProcessTable } from '../../src/core/process/system-process-table.ts';
import type { Script } from '../support/agents/anthropic-stand-in.ts';
import { GenuineClaude, RUNNER, WITH_CLAUDE } from '../support/agents/genuine-claude.ts';
import { outcomeOf, TestEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

/** An engine that carries out prompts with the genuine program. */
class RunLab {
  readonly engine: TestEngine;
  readonly claude: GenuineClaude;

  private constructor(engine: TestEngine, claude: GenuineClaude) {
    this.engine = engine;
    this.claude = claude;
  }

  static async open(t: TestContext, script: Script, account?: Readonly<Record<string, string>>): Promise<RunLab> {
    const claude = await GenuineClaude.open(t, script);
    // The engine looks for the program, and starts it, with what it was started with itself.
    const before = { ...process.env };
    t.after(() => {
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
      Object.assign(process.env, before);
    });
    Object.assign(process.env, claude.env(account));
    const engine = await TestEngine.open(t, { roots: [claude.workspace], agentRunner: RUNNER, graceMs: 2000 });
    await engine.port.setAgentSettings(claude.settings({ allow: ['Bash(sleep *)', 'Bash(sh work.sh)'] }));
    return new RunLab(engine, claude);
  }

  async prompt(more: object = {}): Promise<TaskId> {
    const [id] = await this.engine.submit({ prompt: 'Do it.', agent: 'claude', name: 'Do it', ...more });
    return id!;
  }

  processes(detail: TaskDetail): Promise<readonly number[]> {
    return systemProcessTable(process.platform).marked(RUN_MARK, detail.run!.folder);
  }
}

void test('a limit is waited for in the queue, and its task goes on by itself soon after the reset, in the same session', WITH_CLAUDE, async (t) => {
  // Counted from the first refusal: how long the program takes to come to it is the machine's affair.
  let resetsAt: number | undefined;
  const lab = await RunLab.open(t, ({ results }) => {
    if (results.length === 0) return { type: 'say', text: 'Begun.', tools: [{ name: 'Bash', input: { command: 'echo one > one.txt' } }] };
    resetsAt ??= Math.ceil(Date.now() / 1000) + 8;
    if (Date.now() < resetsAt * 1000) return { type: 'fail', status: 429, error: 'rate_limit_error', headers: { 'anthropic-ratelimit-unified-status': 'rejected', 'anthropic-ratelimit-unified-reset': String(resetsAt), 'anthropic-ratelimit-unified-representative-claim': 'five_hour' } };
    return { type: 'say', text: 'Done.' };
  }, { CLAUDE_CODE_OAUTH_TOKEN: 'dummy' });
  const id = await lab.prompt();
  const waiting = await lab.engine.when(id, 'queued', ({ run }) => run?.agent?.evidence.type === 'rateLimited');
  assert.deepEqual(waiting.run!.agent!.evidence, { type: 'rateLimited', until: resetsAt! * 1000 });
  assert.equal(waiting.wait?.type, 'agent');
  const detail = await lab.engine.ended(id);
  assert.deepEqual(outcomeOf(detail), { type: 'succeeded' }, lab.engine.stderr(detail));
  assert.deepEqual(detail.runs.map(({ agent }) => agent?.evidence.type), ['rateLimited', 'completed']);
  assert.equal(new Set(detail.runs.map(({ agent }) => agent?.session)).size, 1);
  assert.ok(lab.claude.service.requests.at(-1)!.results.length > 0, 'it knows what it has done');
  assert.equal(fs.readFileSync(lab.claude.file('one.txt'), 'utf8'), 'one\n');
});

void test('a cancelled prompt leaves no process, whatever its commands did', WITH_CLAUDE, async (t) => {
  const lab = await RunLab.open(t, ({ results }) => (results.length === 0 ? { type: 'say', text: '', tools: [{ name: 'Bash', input: { command: 'sh work.sh', timeout: 600_000 } }] } : { type: 'hang' }));
  fs.writeFileSync(lab.claude.file('work.sh'), 'setsid sleep 600 &\nsleep 600\n');
  const id = await lab.prompt();
  const running = await lab.engine.when(id, 'running');
  await until('its commands to run', async () => (await lab.processes(running)).filter((pid) => commandOf(pid).startsWith('sleep')).length === 2);
  await lab.engine.port.cancel([id]);
  const ended = await lab.engine.ended(id);
  assert.deepEqual(outcomeOf(ended), { type: 'cancelled' });
  assert.deepEqual(await lab.processes(ended), []);
});

void test('when its runner is killed in the middle of a command nothing is left, and the run has crashed', WITH_CLAUDE, async (t) => {
  const lab = await RunLab.open(t, () => ({ type: 'say', text: '', tools: [{ name: 'Bash', input: { command: 'sleep 600', timeout: 600_000 } }] }));
  const id = await lab.prompt();
  const running = await lab.engine.when(id, 'running');
  await until('its command to run', async () => (await lab.processes(running)).some((pid) => commandOf(pid).startsWith('sleep')));
  const runner = (await systemProcessTable(process.platform).list()).find(({ parent }) => parent === running.run!.pid)!;
  process.kill(runner.pid, 'SIGKILL');
  const ended = await lab.engine.ended(id);
  assert.equal(ended.run!.agent?.evidence.type, 'crashed');
  assert.deepEqual(await lab.processes(ended), []);
});

function commandOf(pid: number): string {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
