import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { TaskDetail } from '../../src/core/engine/engine-port.ts';
import { AGENT_FILES } from '../../src/core/model/agents/agent-request.ts';
import type { TaskId } from '../../src/core/model/ids.ts';
import { RUN_MARK } from '../../src/core/process/process-table.ts';
import { systemProcessTable } from '../../src/core/process/system-process-table.ts';
import { ClaudeLab } from '../support/agents/claude-lab.ts';
import type { ClaudeScenario, FakeStep } from '../support/agents/claude-scenario.ts';
import { outcomeOf, TestEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const POSIX = { skip: process.platform === 'win32' };
const RUNNER = fileURLToPath(new URL('../../src/agent/main.ts', import.meta.url));
const INIT: FakeStep = { do: 'init' };
const DONE: FakeStep = { do: 'result' };

/** An engine that carries out prompts with a Claude Code that does what its test says. */
class PromptLab {
  readonly engine: TestEngine;
  readonly claude: ClaudeLab;

  private constructor(engine: TestEngine, claude: ClaudeLab) {
    this.engine = engine;
    this.claude = claude;
  }

  static async open(t: TestContext, graceMs = 30_000): Promise<PromptLab> {
    const claude = new ClaudeLab(t, []);
    const engine = await TestEngine.open(t, { roots: [claude.workspace], agentRunner: RUNNER, graceMs });
    await engine.port.setAgentSettings(claude.settings());
    return new PromptLab(engine, claude);
  }

  async prompt(scenario: ClaudeScenario | readonly FakeStep[], more: object = {}): Promise<TaskId> {
    this.claude.play(scenario);
    const [id] = await this.engine.submit({ prompt: 'Do it.', agent: 'claude', name: 'Do it', ...more });
    return id!;
  }

  /** Processes of a task's run, its shim among them. */
  async processes(detail: TaskDetail): Promise<readonly number[]> {
    return systemProcessTable(process.platform).marked(RUN_MARK, detail.run!.folder);
  }

  /** Resolves when the agent is in the middle of its work. */
  async working(id: TaskId): Promise<TaskDetail> {
    await until('the agent to work', () => this.claude.heard().at(-1)?.messages.some((message) => 'hanging' in message));
    return (await this.engine.port.detail(id))!;
  }

  file(detail: TaskDetail, name: string): string {
    return readFileSync(path.join(detail.run!.folder, name), 'utf8');
  }
}

void test('a prompt is carried out: the conversation is its output, the report its history, the diff its work', POSIX, async (t) => {
  const lab = await PromptLab.open(t);
  const { claude, engine } = lab;
  engine.file('a.py', 'one\n');
  const id = await lab.prompt([INIT, { do: 'say', text: 'Writing.' }, { do: 'tool', name: 'Write', input: { file_path: claude.file('a.py') }, writes: { [claude.file('a.py')]: 'two\n' } }, DONE]);
  const detail = await engine.ended(id);
  assert.deepEqual(outcomeOf(detail), { type: 'succeeded' }, engine.stderr(detail));
  const { agent } = detail.run!;
  assert.deepEqual({ ...agent, session: typeof agent?.session }, {
    agent: 'claude', evidence: { type: 'completed' }, model: 'claude-fake-1', session: 'string', turns: 1, inputTokens: 20, outputTokens: 20, costUsd: 0.25, refusals: [], filesChanged: [claude.file('a.py')], answer: 'All done.',
  });
  // eslint-disable-next-line no-control-regex -- colours are made of them
  assert.equal(engine.stdout(detail).replace(/\u001b\[\d+m/g, ''), 'Claude Code in lab\nclaude-fake-1, Claude Code 2.1.329\nWriting.\n● Write a.py\n  -one\n  +two\n');
  assert.equal(lab.file(detail, AGENT_FILES.diff), 'diff --git a/a.py b/a.py\n--- a/a.py\n+++ b/a.py\n@@ -1,1 +1,1 @@\n-one\n+two\n');
  assert.ok(lab.file(detail, AGENT_FILES.events).trim().split('\n').map((line) => (JSON.parse(line) as { type: string }).type).includes('result'));
  assert.deepEqual(detail.run!.undeclared, [], 'it asked for what it wrote');
  await engine.port.noteChanged([claude.file('a.py')]);
  assert.deepEqual((await engine.port.detail(id))!.run!.undeclared, [], 'nor is it guessed later');
});

void test('a write to a file that somebody is changing in an editor is kept from the agent', POSIX, async (t) => {
  const lab = await PromptLab.open(t);
  const { claude, engine } = lab;
  await engine.port.setUnsaved([claude.file('data.csv')]);
  const id = await lab.prompt([INIT, { do: 'tool', name: 'Bash', input: { command: 'echo x > data.csv' }, writes: { [claude.file('data.csv')]: 'x' } }, DONE]);
  const detail = await engine.ended(id);
  assert.deepEqual(outcomeOf(detail), { type: 'succeeded' });
  assert.ok(!existsSync(claude.file('data.csv')));
  assert.match(detail.run!.agent!.refusals[0]!.why, /^data\.csv has unsaved changes of a person/);
  assert.match(engine.stdout(detail), /✗.*Bash/);
});

void test('a prompt that is cancelled is interrupted, and leaves no process', POSIX, async (t) => {
  const lab = await PromptLab.open(t);
  const { claude, engine } = lab;
  const id = await lab.prompt([INIT, { do: 'child', pidFile: claude.file('child.pid') }, { do: 'hang' }]);
  const detail = await lab.working(id);
  assert.ok((await lab.processes(detail)).length >= 4, 'shim, runner, agent and its command');
  await engine.port.cancel([id]);
  const ended = await engine.ended(id);
  assert.deepEqual([outcomeOf(ended), ended.run!.agent?.evidence], [{ type: 'cancelled' }, { type: 'crashed', message: 'it was stopped' }]);
  assert.ok(ended.run!.exitCode === 143, 'in an orderly way: nobody was forced');
  assert.deepEqual(await lab.processes(ended), []);
});

void test('when its runner is killed the agent is ended with it, and so are its commands', POSIX, async (t) => {
  const lab = await PromptLab.open(t, 200);
  const { claude, engine } = lab;
  const id = await lab.prompt({ ignores: ['interrupt', 'SIGTERM'], runs: [[INIT, { do: 'child', pidFile: claude.file('child.pid') }, { do: 'forget' }, { do: 'hang' }]] });
  const detail = await lab.working(id);
  const processes = await systemProcessTable(process.platform).list();
  const runner = processes.find(({ parent }) => parent === detail.run!.pid)!;
  process.kill(runner.pid, 'SIGKILL');
  const ended = await engine.ended(id);
  assert.deepEqual([outcomeOf(ended)?.type, ended.run!.agent?.evidence.type], ['failed', 'crashed']);
  assert.deepEqual(await lab.processes(ended), []);
});
