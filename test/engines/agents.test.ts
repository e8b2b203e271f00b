import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import type { AgentsView } from '../../src/core/model/agents/agents-view.ts';
import { systemProcessTable } from '../../src/core/process/system-process-table.ts';
import { FakePrograms, LOGGED_OUT } from '../support/agents/fake-programs.ts';
import { CliLab } from '../support/engines/cli-lab.ts';
import { sh, TestEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const skip = process.platform === 'win32' && 'shell scripts';
const SECRET = 'sk-ant-do-not-tell';

/** A home and a PATH of the test's own, with the system's tools behind them. */
function surroundings(t: TestContext): { readonly programs: FakePrograms; readonly env: NodeJS.ProcessEnv } {
  const programs = new FakePrograms(t);
  return { programs, env: { HOME: programs.home, PATH: `${programs.bin}:${process.env.PATH}`, ANTHROPIC_API_KEY: SECRET, OPENAI_API_KEY: SECRET, NPM_CONFIG_PREFIX: programs.root } };
}

async function asked(lab: CliLab, ...words: readonly string[]): Promise<AgentsView> {
  for (;;) {
    const { code, text, errors } = await lab.run('agents', '--json', ...words);
    assert.deepEqual([code, errors], [0, '']);
    assert.ok(!text.includes(SECRET));
    const view = JSON.parse(text) as AgentsView;
    // On a machine that is very busy a program may not answer in time.
    if (view.agents.every(({ need }) => need !== 'look')) return view;
    words = ['--refresh'];
  }
}

void test('the command line looks for agents, keeps what it found, and leaves no secret behind', { skip }, async (t) => {
  const lab = new CliLab(t);
  const { programs, env } = surroundings(t);
  Object.assign(lab.env, env);
  const session = (pid: number, cwd: string): object => ({ pid, cwd, sessionId: `s-${pid}`, status: 'busy', startedAt: 1 });
  programs.addClaude('bin/claude', { more: `'agents --json') echo '${JSON.stringify([session(7, lab.workspace), session(8, '/elsewhere')])}' ;;` });
  programs.addPython('bin/python3', { distributions: { 'autogen-agentchat': '0.7.5' }, modules: { autogen_agentchat: true, autogen_ext: true, openai: true } });
  const first = await asked(lab);
  assert.deepEqual(first.agents.map(({ name, status, version }) => [name, status, version]), [['claude', 'credentials', '2.1.329'], ['autogen', 'credentials', '0.7.5'], ['vscode', 'notInstalled', undefined]]);
  assert.deepEqual([first.mode, first.sessions.map(({ pid }) => pid)], ['supplement', [7]]);

  programs.addClaude('bin/claude', { auth: LOGGED_OUT, code: 1 });
  programs.addPython('bin/python3', 'nonsense');
  assert.equal((await asked(lab)).mode, 'supplement');
  const second = await asked(lab, '--refresh');
  assert.deepEqual(second.agents.map(({ status, need }) => [status, need]), [['installed', 'login'], ['notInstalled', 'install'], ['notInstalled', 'model']]);
  assert.equal(second.mode, 'no-agent');

  const state = lab.env.PARALLEL_WORKFLOW_HOME!;
  const files = readdirSync(state, { recursive: true, encoding: 'utf8' }).map((name) => path.join(state, name)).filter((file) => statSync(file).isFile());
  assert.ok(files.length > 0);
  for (const file of files) assert.ok(!readFileSync(file).includes(SECRET), file);
});

void test('a program that hangs keeps no engine from its work, and ends with it', { skip }, async (t) => {
  const { programs, env } = surroundings(t);
  // The process of this file is this test's own.
  Object.assign(process.env, env);
  const trace = path.join(programs.root, 'pid');
  programs.add('bin/claude', `echo $$ > '${trace}.new'; mv '${trace}.new' '${trace}'; while :; do sleep 600; done`);
  const engine = await TestEngine.open(t, { kind: 'window' });
  const looking = engine.port.refreshAgents().catch(() => undefined);
  const pid = await until('the question', () => existsSync(trace) && Number(readFileSync(trace, 'utf8')));
  assert.equal((await engine.finish(sh('true'))).task.state.status, 'finished');
  await engine.port.close();
  await looking;
  await until('the end of the program', async () => (await systemProcessTable().startOf(pid)) === undefined);
});
