import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { DEFAULT_AGENT_SETTINGS } from '../../src/core/model/agents/agent-settings.ts';
import { FakeWindow } from '../support/agents/fake-window.ts';
import { scriptedPython } from '../support/agents/scripted-python.ts';
import { outcomeOf, TestEngine } from '../support/test-engine.ts';

const POSIX = { skip: process.platform === 'win32' };
const RUNNER = fileURLToPath(new URL('../../src/agent/main.ts', import.meta.url));
const MODEL = { id: 'fake-model', vendor: 'fake', family: 'fake', name: 'Fake', maxInputTokens: 10_000 };

void test('AutoGen carries out a prompt under the lock manager, runs a task, and is followed up', POSIX, async (t) => {
  const python = scriptedPython(t, `
    const { prompt, state_file, earlier_state } = await next();
    const call = async (id, name, input) => { tell({ type: 'tool_call', id, name, input }); return (await next()).text; };
    tell({ type: 'ready', flavour: 'AutoGen 0.4+', version: '0.7.5', model: 'standin' });
    if (earlier_state === undefined) {
      const said = [await call('1', 'edit_file', { path: 'unsaved.txt', old: 'saved', new: 'lost' }), await call('2', 'edit_file', { path: 'own.txt', old: 'one', new: 'two' }), await call('3', 'run_task', { command: ['cat', 'own.txt'] })];
      require('node:fs').writeFileSync(state_file, JSON.stringify(said));
    }
    tell({ type: 'turn', turns: 1, input_tokens: 10, output_tokens: 2 });
    tell({ type: 'session' });
    tell({ type: 'end', evidence: { type: 'completed' }, answer: earlier_state === undefined ? require('node:fs').readFileSync(state_file, 'utf8') : prompt + require('node:fs').readFileSync(earlier_state, 'utf8').length });`);
  const engine = await TestEngine.open(t, { agentRunner: RUNNER });
  await engine.port.setAgentSettings({ ...DEFAULT_AGENT_SETTINGS, autogen: { ...DEFAULT_AGENT_SETTINGS.autogen, python, model: 'standin', baseUrl: 'http://127.0.0.1:9/v1' } });
  const own = engine.file('own.txt', 'one\n');
  const unsaved = engine.file('unsaved.txt', 'saved\n');
  await engine.port.setUnsaved([unsaved]);
  const [id] = await engine.submit({ prompt: 'Do it.', agent: 'autogen', name: 'Do it' });
  const detail = await engine.ended(id!);
  assert.deepEqual(outcomeOf(detail), { type: 'succeeded' }, engine.stderr(detail));
  const [refused, edited, task] = JSON.parse(detail.run!.agent!.answer!) as string[];
  assert.match(refused!, /^Refused: unsaved\.txt has unsaved changes/);
  assert.equal(edited, 'Changed own.txt.');
  assert.match(task!, /^Task #\d+ succeeded\.\ntwo$/);
  assert.deepEqual([readFileSync(own, 'utf8'), readFileSync(unsaved, 'utf8')], ['two\n', 'saved\n']);
  const { filesChanged, refusals, session } = detail.run!.agent!;
  assert.deepEqual([filesChanged, refusals.map((refusal) => refusal.path)], [[own], [unsaved]]);
  assert.match(readFileSync(path.join(detail.run!.folder, 'changes.diff'), 'utf8'), /-one\n\+two/);

  const [next] = await engine.submit({ prompt: 'And then?', agent: 'autogen', name: 'Next', follows: `#${id!}` });
  const followed = await engine.ended(next!);
  assert.match(followed.run!.agent!.answer!, /^And then\?\d+$/, engine.stderr(followed));
  assert.equal(followed.run!.agent!.session, session);
});

void test('a model of a window carries out a prompt, and a limit of it is waited for', POSIX, async (t) => {
  const engine = await TestEngine.open(t, { agentRunner: RUNNER });
  await FakeWindow.open(t, engine.home, [engine.workspace], (_, count) => {
    if (count === 1) return { say: 'I write. ', calls: [{ name: 'write_file', input: { path: 'made.txt', content: 'made\n' } }] };
    return count === 2 ? { say: 'Done.' } : { fail: { type: 'rateLimited', until: undefined } };
  });
  await engine.port.setWindowModels([MODEL]);
  const [id] = await engine.submit({ prompt: 'Do it.', agent: 'vscode', name: 'Do it' });
  const detail = await engine.ended(id!);
  assert.deepEqual(outcomeOf(detail), { type: 'succeeded' }, engine.stderr(detail));
  assert.equal(engine.read('made.txt'), 'made\n');
  const { model, turns, answer, filesChanged } = detail.run!.agent!;
  assert.deepEqual([model, turns, answer, filesChanged], ['fake-model', 2, 'Done.', [path.join(engine.workspace, 'made.txt')]]);
  writeFileSync(path.join(engine.workspace, 'made.txt'), 'changed since\n');
  const [limited] = await engine.submit({ prompt: 'Once more.', agent: 'vscode', name: 'Once more' });
  const waiting = await engine.when(limited!, 'queued', ({ run }) => run?.agent?.evidence.type === 'rateLimited');
  assert.equal(waiting.wait?.type, 'agent');
});
