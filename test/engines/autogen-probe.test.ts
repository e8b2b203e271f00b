import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { detectAutogen } from '../../src/core/agents/detect-autogen.ts';
import { pathFinder } from '../../src/core/launch/find-program.ts';
import { DEFAULT_AGENT_SETTINGS } from '../../src/core/model/agents/agent-settings.ts';
import { FakePrograms } from '../support/agents/fake-programs.ts';

const python = process.platform === 'win32' ? undefined : pathFinder().find('python3');

void test('a Python is asked what it has without a line of it being run', { skip: python === undefined && 'no python3 on the PATH' }, async (t) => {
  const programs = new FakePrograms(t);
  const lab = path.join(programs.root, 'lab');
  execFileSync(python!, ['-m', 'venv', '--without-pip', path.join(lab, '.venv')]);
  const lib = path.join(lab, '.venv', 'lib');
  const site = path.join(lib, readdirSync(lib)[0]!, 'site-packages');
  const trace = path.join(programs.root, 'imported');
  const add = (name: string, version: string, module: string): void => {
    const info = path.join(site, `${name.replaceAll('-', '_')}-${version}.dist-info`);
    mkdirSync(info);
    writeFileSync(path.join(info, 'METADATA'), `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`);
    mkdirSync(path.join(site, module));
    writeFileSync(path.join(site, module, '__init__.py'), `open(${JSON.stringify(trace)}, "w")\n`);
  };
  const ask = async () => {
    const around = programs.surroundings({ workspace: lab, env: { OPENAI_API_KEY: 'k' } });
    const { status, flavour, version, why, program } = (await detectAutogen(DEFAULT_AGENT_SETTINGS.autogen, around, around.now() + 60_000, new AbortController().signal)).state;
    assert.equal(program, path.join(lab, '.venv', 'bin', 'python'));
    return [status, flavour, version, why];
  };
  // A folder of that name in the home it is asked from is no module.
  mkdirSync(path.join(programs.home, 'autogen_agentchat'));
  assert.equal((await ask())[0], 'notInstalled');
  add('ag2', '0.9.1', 'autogen');
  assert.deepEqual((await ask()).slice(0, 3), ['installed', 'AG2', '0.9.1']);
  add('autogen-agentchat', '0.7.5', 'autogen_agentchat');
  add('autogen-ext', '0.7.5', 'autogen_ext');
  assert.deepEqual((await ask()).slice(0, 3), ['installed', 'AutoGen 0.4+', '0.7.5']);
  add('openai', '1.99.0', 'openai');
  assert.deepEqual(await ask(), ['credentials', 'AutoGen 0.4+', '0.7.5', undefined]);
  assert.ok(!existsSync(trace));
});

void test('what is installed for the person only is seen as a run will see it', { skip: python === undefined && 'no python3 on the PATH' }, async (t) => {
  const programs = new FakePrograms(t);
  const told = execFileSync(python!, ['-c', 'import site, sys; print(sys.executable, sys.prefix == sys.base_prefix, site.getusersitepackages(), sep="\\n")'], { env: { ...process.env, HOME: programs.home, PYTHONUSERBASE: undefined }, encoding: 'utf8' });
  const [program = '', isNoEnvironment, site = ''] = told.trim().split('\n');
  if (isNoEnvironment !== 'True') return t.skip('this Python is a virtual environment');
  assert.ok(site.startsWith(programs.home), site);
  for (const [name, module] of [['autogen-agentchat', 'autogen_agentchat'], ['autogen-ext', 'autogen_ext'], ['openai', 'openai']] as const) {
    mkdirSync(path.join(site, `${name.replaceAll('-', '_')}-0.7.5.dist-info`), { recursive: true });
    writeFileSync(path.join(site, `${name.replaceAll('-', '_')}-0.7.5.dist-info`, 'METADATA'), `Metadata-Version: 2.1\nName: ${name}\nVersion: 0.7.5\n`);
    mkdirSync(path.join(site, module));
    writeFileSync(path.join(site, module, '__init__.py'), '');
  }
  const around = programs.surroundings({ env: { OPENAI_API_KEY: 'k' } });
  const { state } = await detectAutogen({ ...DEFAULT_AGENT_SETTINGS.autogen, python: program }, around, around.now() + 60_000, new AbortController().signal);
  assert.deepEqual([state.status, state.version], ['credentials', '0.7.5']);
});
