import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAutogenProbe } from '../../../../src/core/agents/autogen-probe.ts';
import { detectAutogen } from '../../../../src/core/agents/detect-autogen.ts';
import type { Looked } from '../../../../src/core/agents/state-after-look.ts';
import type { Surroundings } from '../../../../src/core/agents/surroundings.ts';
import { DEFAULT_AGENT_SETTINGS, type AgentSettings } from '../../../../src/core/model/agents/agent-settings.ts';
import type { ProgramCall } from '../../../../src/core/process/run-program.ts';
import { FakePrograms } from '../../../support/agents/fake-programs.ts';

const skip = process.platform === 'win32' && 'shell scripts';
const PATIENCE_MS = 60_000;

type Names = Readonly<Record<string, string | boolean | null>>;
const probe = (distributions: Names, modules: Names) => ({ python: '3.12.1', distributions, modules });
const AUTOGEN = probe({ 'autogen-agentchat': '0.7.5', 'autogen-ext': '0.7.5' }, { autogen_agentchat: true, autogen_ext: true, openai: true });

async function detect(programs: FakePrograms, settings: Partial<AgentSettings['autogen']> = {}, more: Partial<Surroundings> = {}): Promise<Looked> {
  const around = programs.surroundings(more);
  return detectAutogen({ ...DEFAULT_AGENT_SETTINGS.autogen, ...settings }, around, around.now() + PATIENCE_MS, new AbortController().signal);
}

void test('which product it is follows from distribution and module together', () => {
  const rows: readonly (readonly [distributions: Names, modules: Names, expected: unknown])[] = [
    [{ 'autogen-agentchat': '0.7.5' }, { autogen_agentchat: true, autogen_ext: true, openai: true }, { type: 'autogen', flavour: 'AutoGen 0.4+', version: '0.7.5', missing: [] }],
    [{ 'autogen-agentchat': '0.4.0' }, { autogen_agentchat: true, autogen_ext: true, openai: false }, { type: 'autogen', flavour: 'AutoGen 0.4+', version: '0.4.0', missing: ['openai'] }],
    [{ 'autogen-agentchat': '0.4.0' }, { autogen_agentchat: true }, { type: 'autogen', flavour: 'AutoGen 0.4+', version: '0.4.0', missing: ['autogen-ext', 'openai'] }],
    [{ pyautogen: '0.10.0', 'autogen-agentchat': '0.7.5' }, { autogen_agentchat: true, autogen_ext: true, openai: true }, { type: 'autogen', flavour: 'AutoGen 0.4+', version: '0.7.5', missing: [] }],
    [{ ag2: '0.9.1', 'autogen-agentchat': '0.7.5' }, { autogen: true, autogen_agentchat: true, autogen_ext: true, openai: true }, { type: 'autogen', flavour: 'AutoGen 0.4+', version: '0.7.5', missing: [] }],
    [{ ag2: '0.9.1' }, { autogen: true }, { type: 'other', flavour: 'AG2', version: '0.9.1' }],
    [{ autogen: '0.9.1' }, { autogen: true }, { type: 'other', flavour: 'AG2', version: '0.9.1' }],
    [{ pyautogen: '0.2.35' }, { autogen: true }, { type: 'other', flavour: 'AutoGen 0.2', version: '0.2.35' }],
    [{ autogen: '1.0.16' }, { autogen: true }, { type: 'none' }],
    [{ 'agent-framework-core': '1.13.0' }, { agent_framework: true }, { type: 'other', flavour: 'Agent Framework', version: '1.13.0' }],
    [{ 'agent-framework': '1.12.0', 'agent-framework-core': '1.13.0' }, { agent_framework: true }, { type: 'other', flavour: 'Agent Framework', version: '1.12.0' }],
    [{ 'autogen-agentchat': '0.7.5' }, { autogen_agentchat: false }, { type: 'none' }],
    [{}, { autogen_agentchat: true, autogen: true, agent_framework: true }, { type: 'none' }],
    [{}, {}, { type: 'none' }],
  ];
  for (const [distributions, modules, expected] of rows) assert.deepEqual(readAutogenProbe(JSON.stringify(probe(distributions, modules))), expected, JSON.stringify([distributions, modules]));
});

void test('what start-up files of Python print before does no harm, and what is no answer is none', () => {
  assert.equal(readAutogenProbe(`hello\n${JSON.stringify(AUTOGEN)}\n`).type, 'autogen');
  for (const garbage of ['', 'hello', '[]', '{"distributions": 1, "modules": {}}', '{"modules": {}}', 'null']) assert.deepEqual(readAutogenProbe(garbage), { type: 'unreadable' }, garbage);
});

void test('without a Python, or without AutoGen in it, it is not installed, and what to do is said', { skip }, async (t) => {
  const programs = new FakePrograms(t);
  const none = await detect(programs);
  assert.deepEqual([none.state.status, none.state.why, none.state.need, none.isSure], ['notInstalled', 'no Python was found', 'install', true]);
  const python = programs.addPython('bin/python3', probe({}, {}));
  const bare = await detect(programs);
  assert.deepEqual([bare.state.status, bare.state.program, bare.state.why], ['notInstalled', python, `${python} does not have it`]);
  assert.match(bare.state.next!, /pip install autogen-agentchat "autogen-ext\[openai\]"/);
});

void test('a key or a base URL makes credentials; neither is told, only the name of the variable', { skip }, async (t) => {
  const programs = new FakePrograms(t);
  programs.addPython('bin/python3', AUTOGEN);
  const rows: readonly (readonly [settings: Partial<AgentSettings['autogen']>, env: Record<string, string>, status: string, login: string | undefined])[] = [
    [{}, {}, 'installed', undefined],
    [{}, { OPENAI_API_KEY: '' }, 'installed', undefined],
    [{}, { OPENAI_API_KEY: 'sk-secret' }, 'credentials', 'OPENAI_API_KEY'],
    [{ keyVariable: 'LAB_KEY' }, { OPENAI_API_KEY: 'sk-secret' }, 'installed', undefined],
    [{ keyVariable: 'LAB_KEY' }, { LAB_KEY: 'sk-secret' }, 'credentials', 'LAB_KEY'],
    [{}, { OPENAI_BASE_URL: 'http://sk-secret@localhost:8080' }, 'credentials', 'base URL'],
    [{ baseUrl: 'http://sk-secret@localhost:8080' }, {}, 'credentials', 'base URL'],
  ];
  for (const [settings, env, status, login] of rows) {
    const { state } = await detect(programs, settings, { env });
    assert.deepEqual([state.status, state.login, state.version, state.flavour], [status, login, '0.7.5', 'AutoGen 0.4+']);
    assert.equal(state.need, status === 'installed' ? 'key' : undefined);
    assert.ok(!JSON.stringify(state).includes('sk-secret'));
  }
});

void test('another flavour, or one with parts missing, is installed and says what is missing', { skip }, async (t) => {
  const programs = new FakePrograms(t);
  programs.addPython('bin/python3', probe({ ag2: '0.9.1' }, { autogen: true }));
  const env = { OPENAI_API_KEY: 'k' };
  const ag2 = await detect(programs, {}, { env });
  assert.deepEqual([ag2.state.status, ag2.state.flavour, ag2.state.version, ag2.state.need], ['installed', 'AG2', '0.9.1', 'install']);
  const python = programs.addPython('bin/python3', probe({ 'autogen-agentchat': '0.7.5' }, { autogen_agentchat: true, autogen_ext: true }));
  assert.equal((await detect(programs, {}, { env })).state.why, `openai is missing in ${python}`);
});

void test('the Python of the setting comes first, then the one of scripts, then the workspace’s, then the PATH’s', { skip }, async (t) => {
  const programs = new FakePrograms(t);
  const onPath = programs.addPython('bin/python3', AUTOGEN);
  const inWorkspace = programs.addPython('lab/.venv/bin/python', AUTOGEN);
  const ofScripts = programs.addPython('scripts/python', AUTOGEN);
  const named = programs.addPython('named/python', AUTOGEN);
  const workspace = `${programs.root}/lab`;
  const program = async (settings: Partial<AgentSettings['autogen']>, more: Partial<Surroundings>) => (await detect(programs, settings, more)).state.program;
  assert.deepEqual(
    [await program({}, {}), await program({}, { workspace }), await program({}, { workspace, python: ofScripts }), await program({ python: named }, { workspace, python: ofScripts })],
    [onPath, inWorkspace, ofScripts, named],
  );
  assert.equal((await detect(programs, { python: '/none/python' })).state.why, 'there is no Python `/none/python`');
});

void test('it is asked in isolation, from the person’s own folder, and without anything that may be a secret', { skip }, async (t) => {
  const programs = new FakePrograms(t);
  programs.addPython('bin/python3', AUTOGEN);
  const calls: ProgramCall[] = [];
  const around = programs.surroundings();
  const run = (call: ProgramCall) => {
    calls.push(call);
    return around.run(call);
  };
  await detect(programs, {}, { run, env: { OPENAI_API_KEY: 'k', GITHUB_TOKEN: 't', MY_PASSWORD: 'p', PYTHONPATH: '/x', PYTHONSTARTUP: '/y', VSCODE_PID: '1', LANG: 'C' } });
  assert.deepEqual(calls.map(({ args, cwd, env }) => [args.slice(0, 2), cwd, Object.keys(env).sort()]), [[['-I', '-c'], programs.home, ['HOME', 'LANG', 'PATH']]]);
});

void test('a Python that hangs or talks nonsense is told apart from one that has nothing', { skip }, async (t) => {
  const programs = new FakePrograms(t);
  const python = programs.add('bin/python3', 'echo nonsense');
  assert.equal((await detect(programs)).state.why, `${python} does not answer as Python does`);
  programs.add('bin/python3', 'while :; do :; done');
  const around = programs.surroundings();
  const hung = await detectAutogen(DEFAULT_AGENT_SETTINGS.autogen, around, around.now() + 200, new AbortController().signal);
  assert.deepEqual([hung.state.status, hung.state.need, hung.isSure], ['installed', 'look', false]);
});
