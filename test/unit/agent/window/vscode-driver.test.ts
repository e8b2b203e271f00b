import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { VscodeDriver } from '../../../../src/agent/window/vscode-driver.ts';
import type { AgentEvidence } from '../../../../src/core/model/agents/agent-evidence.ts';
import type { AgentRequest } from '../../../../src/core/model/agents/agent-request.ts';
import { DEFAULT_AGENT_SETTINGS } from '../../../../src/core/model/agents/agent-settings.ts';
import { FakeWindow, type FakeAnswer } from '../../../support/agents/fake-window.ts';
import { RecordedTurn } from '../../../support/agents/recorded-turn.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { until } from '../../../support/until.ts';

interface Setup {
  readonly home: string;
  readonly workspace: string;
  readonly window: FakeWindow;
  readonly start: (request?: Partial<AgentRequest>) => { readonly turn: RecordedTurn; readonly folder: string; readonly ended: Promise<AgentEvidence> };
}

type Script = readonly FakeAnswer[] | ((question: FakeWindow['questions'][number], count: number) => FakeAnswer);

async function setUp(t: TestContext, script: Script, patienceMs = { first: 20_000, again: 20_000 }): Promise<Setup> {
  const home = tempFolder(t);
  const workspace = tempFolder(t);
  const window = await FakeWindow.open(t, home, [workspace], typeof script === 'function' ? script : (_, count) => script[count - 1] ?? { say: 'Nothing is left to say.' });
  const start: Setup['start'] = (request = {}) => {
    const folder = tempFolder(t);
    const turn = new RecordedTurn({ workspace, agent: 'vscode', request: { home, ...request } });
    return { turn, folder, ended: new VscodeDriver({ folder, env: process.env, queue: undefined, patienceMs }).run(turn) };
  };
  return { home, workspace, window, start };
}

test('the model is asked until it calls no more tools', async (t) => {
  const { start, window, workspace } = await setUp(t, [
    { say: 'I look. ', calls: [{ name: 'read_file', input: { path: 'a.txt' } }, { name: 'edit_file', input: { path: 'a.txt', old: 'one', new: 'two' } }] },
    { say: 'All done.' },
  ]);
  writeFileSync(path.join(workspace, 'a.txt'), 'one\n');
  const { turn, ended } = start();
  assert.deepEqual(await ended, { type: 'completed' });
  assert.equal(readFileSync(path.join(workspace, 'a.txt'), 'utf8'), 'two\n');
  assert.deepEqual(turn.lines, ['Read a.txt', '= a.txt, 1 line.', 'Edit a.txt', '= Changed a.txt.']);
  assert.deepEqual([turn.said, turn.answer, turn.model, turn.usage], ['I look. All done.', 'All done.', 'fake-model', { turns: 2, inputTokens: 200, outputTokens: 40, costUsd: 0 }]);
  const [first, second] = window.questions;
  assert.deepEqual(first?.tools.map(({ name }) => name), ['list_files', 'read_file', 'search_files', 'edit_file', 'write_file', 'run_command']);
  assert.match(JSON.stringify(first?.messages), /You carry out a task.*Do it\./);
  assert.deepEqual(second?.messages.slice(1), [
    { role: 'assistant', parts: [{ type: 'text', text: 'I look. ' }, { type: 'toolCall', call: 'call-1', name: 'read_file', input: { path: 'a.txt' } }, { type: 'toolCall', call: 'call-2', name: 'edit_file', input: { path: 'a.txt', old: 'one', new: 'two' } }] },
    { role: 'user', parts: [{ type: 'toolResult', call: 'call-1', text: 'a.txt, 1 line.\none' }, { type: 'toolResult', call: 'call-2', text: 'Changed a.txt.' }] },
  ]);
});

test('a file with unsaved changes is read as typed, and not written', async (t) => {
  const { start, window, workspace } = await setUp(t, [{ say: '', calls: [{ name: 'read_file', input: { path: 'a.txt' } }, { name: 'edit_file', input: { path: 'a.txt', old: 'saved', new: 'lost' } }] }]);
  const file = path.join(workspace, 'a.txt');
  writeFileSync(file, 'saved\n');
  window.typed.set(file, 'typed\n');
  const { turn, ended } = start();
  assert.deepEqual(await ended, { type: 'completed' });
  const [read, edit] = window.questions[1]!.messages.at(-1)!.parts as { text: string }[];
  assert.match(read!.text, /typed$/);
  assert.match(edit!.text, /^Refused: a\.txt has unsaved changes/);
  assert.equal(readFileSync(file, 'utf8'), 'saved\n');
  assert.deepEqual(turn.refusals.map(({ tool, path: place }) => [tool, place]), [['Edit', file]]);
});

test('the model that is wanted is asked for: the prompt comes before settings', async (t) => {
  const { start, window } = await setUp(t, []);
  const settings = { ...DEFAULT_AGENT_SETTINGS, vscode: { capacity: 1, model: 'of-settings' } };
  await start().ended;
  await start({ settings }).ended;
  await start({ settings, model: 'of-prompt' }).ended;
  assert.deepEqual(window.questions.map(({ model }) => model), [undefined, 'of-settings', 'of-prompt']);
});

test('every failure of the model is evidence', async (t) => {
  const kinds = [
    { type: 'rateLimited', until: undefined },
    { type: 'refused', why: 'consent' },
    { type: 'notInstalled', program: 'the model x' },
    { type: 'unreachable' },
    { type: 'failed', message: 'it broke' },
  ] as const;
  for (const fail of kinds) {
    const { start } = await setUp(t, [{ fail }]);
    assert.deepEqual(await start().ended, fail);
  }
  const { start } = await setUp(t, [{ say: '' }]);
  assert.deepEqual(await start().ended, { type: 'failed', message: 'the model fake-model gave an empty answer' });
});

test('without end it goes on no longer than the limit', async (t) => {
  const { start, window } = await setUp(t, () => ({ say: '', calls: [{ name: 'list_files', input: {} }] }));
  assert.deepEqual(await start({ maxTurns: 3 }).ended, { type: 'budget', limit: 'turns' });
  assert.equal(window.questions.length, 3);
});

test('when the window reloads the question is asked anew, and nothing is done twice', async (t) => {
  const { start, window, home, workspace } = await setUp(t, [
    { say: 'I write. ', calls: [{ name: 'write_file', input: { path: 'log.txt', content: 'once\n' } }] },
    { vanish: 'Nearly d' },
    { say: 'Done.' },
  ]);
  const { turn, ended } = start();
  await until('the window to go away', () => turn.lines.includes('(The window went away; waiting for it to come back.)'));
  writeFileSync(path.join(workspace, 'log.txt'), 'once, and mine\n');
  await window.serve(home, [workspace]);
  assert.deepEqual(await ended, { type: 'completed' });
  assert.ok(turn.lines.includes('(The window is back.)'));
  assert.deepEqual(window.questions[2]?.messages, window.questions[1]?.messages);
  assert.equal(readFileSync(path.join(workspace, 'log.txt'), 'utf8'), 'once, and mine\n');
  assert.deepEqual([turn.usage.turns, turn.answer], [2, 'Done.']);
});

test('a window that does not come, or not back, is told after a while', async (t) => {
  const { start, window } = await setUp(t, [{ vanish: '' }], { first: 50, again: 50 });
  assert.deepEqual(await start().ended, { type: 'unreachable' });
  assert.equal(window.questions.length, 1);
  assert.deepEqual(await start().ended, { type: 'unreachable' });
});

test('a window that opens later is waited for', async (t) => {
  const { start, window, home, workspace } = await setUp(t, []);
  window.close();
  const { ended } = start();
  await window.serve(home, [path.dirname(workspace)]);
  assert.deepEqual(await ended, { type: 'completed' });
});

test('where no window holds the workspace, another one lends its models, and files are changed on the disk', async (t) => {
  const { start, window, home, workspace } = await setUp(t, [{ say: '', calls: [{ name: 'edit_file', input: { path: 'a.txt', old: 'one', new: 'two' } }, { name: 'read_file', input: { path: 'a.txt' } }] }, { say: 'Done.' }]);
  const file = path.join(workspace, 'a.txt');
  writeFileSync(file, 'one\n');
  window.typed.set(file, 'in another window');
  window.close();
  await window.serve(home, [tempFolder(t)]);
  assert.deepEqual(await start().ended, { type: 'completed' });
  assert.equal(readFileSync(file, 'utf8'), 'two\n');
});

test('the end of the run breaks off the answer', async (t) => {
  const { start, window } = await setUp(t, [{ hang: true }]);
  const { turn, ended } = start();
  await until('the question', () => window.questions.length === 1);
  turn.end();
  assert.deepEqual(await ended, { type: 'crashed', message: 'it was ended' });
  await until('the window to stop', () => window.aborted === 1);
});

test('a follow-up goes on with the conversation, and tells it again where it is gone', async (t) => {
  const { start, window } = await setUp(t, [{ say: 'The number is 7.' }, { say: 'Seven, as I said.' }, { say: 'Seven.' }]);
  const first = start();
  await first.ended;
  const earlier = [{ agent: 'vscode', session: first.turn.session, folder: first.folder, isOther: true }] as const;
  const second = start({ earlier, resume: true, prompt: 'Which number?' });
  await second.ended;
  assert.equal(second.turn.session, first.turn.session);
  assert.deepEqual(window.questions[1]?.messages.map(({ role }) => role), ['user', 'assistant', 'user']);
  assert.ok(existsSync(path.join(second.folder, 'vscode-conversation.json')), 'it can be gone on with again');

  const gone = tempFolder(t);
  mkdirSync(path.join(gone, 'empty'));
  writeFileSync(path.join(gone, 'stdout'), 'The number is 7.\n');
  const third = start({ earlier: [{ ...earlier[0], folder: gone }], resume: true, prompt: 'Which number?' });
  await third.ended;
  assert.notEqual(third.turn.session, first.turn.session);
  assert.equal(window.questions[2]?.messages.length, 1);
  assert.match(JSON.stringify(window.questions[2]?.messages), /The number is 7\./);
});

test('old results make room when the model can take in no more', async (t) => {
  const { start, window, workspace } = await setUp(t, (_, count) => (count <= 5 ? { say: '', calls: [{ name: 'read_file', input: { path: 'long.txt' } }], end: { inputTokens: count < 5 ? 1000 : 8000 } } : { say: 'Done.' }));
  writeFileSync(path.join(workspace, 'long.txt'), 'line\n'.repeat(500));
  const { turn, ended } = start();
  assert.deepEqual(await ended, { type: 'completed' });
  const lengths = window.questions[5]!.messages.flatMap(({ parts }) => parts.flatMap((part) => (part.type === 'toolResult' ? [part.text.length > 1000] : [])));
  assert.deepEqual(lengths, [false, false, true, true, true]);
  assert.ok(turn.lines.includes('(Old results of tools were left out to make room.)'));
});
