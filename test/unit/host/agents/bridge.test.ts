import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { BridgeClient, WindowLost } from '../../../../src/agent/window/bridge-client.ts';
import type { ChatPart } from '../../../../src/agent/window/bridge-message.ts';
import { noticesFor, type BridgeNotice } from '../../../../src/agent/window/bridge-notice.ts';
import { ModelFailure } from '../../../../src/agent/window/model-failure.ts';
import type { ChatQuestion } from '../../../../src/agent/window/window-service.ts';
import { FakeWindow, type FakeAnswer } from '../../../support/agents/fake-window.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

interface Setup {
  readonly home: string;
  readonly root: string;
  readonly window: FakeWindow;
  readonly notice: BridgeNotice;
}

async function setUp(t: TestContext, answer: FakeAnswer = { say: 'Hello.' }, home = tempFolder(t)): Promise<Setup> {
  const root = tempFolder(t);
  const window = await FakeWindow.open(t, home, [root], () => answer);
  const [notice] = noticesFor(home, root);
  return { home, root, window, notice: notice! };
}

async function connected(t: TestContext, notice: BridgeNotice): Promise<BridgeClient> {
  const client = await BridgeClient.open(notice);
  t.after(() => client.close());
  return client;
}

const QUESTION: ChatQuestion = { model: undefined, messages: [{ role: 'user', parts: [{ type: 'text', text: 'Hi.' }] }], tools: [] };

test('an answer comes in parts and has an end', async (t) => {
  const { notice, window } = await setUp(t, { say: 'Hello, wörld.', calls: [{ name: 'read_file', input: { path: 'a' } }] });
  const client = await connected(t, notice);
  const parts: ChatPart[] = [];
  const end = await client.chat(QUESTION, (part) => void parts.push(part), new AbortController().signal);
  assert.deepEqual(parts, [...['Hello', ', wör', 'ld.'].map((text) => ({ type: 'text', text })), { type: 'toolCall', call: 'call-1', name: 'read_file', input: { path: 'a' } }]);
  assert.deepEqual(end, { type: 'chat', model: 'fake-model', inputTokens: 100, outputTokens: 20, maxInputTokens: 10_000 });
  assert.deepEqual(window.questions[0]?.messages, QUESTION.messages);
});

test('what is asked at once is answered each on its own, also the very long', async (t) => {
  const { notice, window, root } = await setUp(t);
  const client = await connected(t, notice);
  const long = 'ü'.repeat(3_000_000);
  window.typed.set(path.join(root, 'a.txt'), long);
  assert.deepEqual(await Promise.all([client.unsaved(path.join(root, 'a.txt')), client.unsaved(path.join(root, 'b.txt')), client.replace(path.join(root, 'c.txt'), undefined, long)]), [long, undefined, { type: 'done' }]);
  assert.equal(readFileSync(path.join(root, 'c.txt'), 'utf8'), long);
});

test('a failure of the model keeps its kind, and any other its words', async (t) => {
  const { notice } = await setUp(t, { fail: { type: 'rateLimited', until: undefined } });
  const client = await connected(t, notice);
  await assert.rejects(client.chat(QUESTION, () => undefined, new AbortController().signal), (error: ModelFailure) => error instanceof ModelFailure && error.failure.type === 'rateLimited');
  await assert.rejects(client.replace(path.join(tempFolder(t), 'no', 'such', 'folder'), undefined, ''), /ENOENT/);
});

test('an answer that nobody wants any more is broken off, by word or by leaving', async (t) => {
  const { notice, window } = await setUp(t, { hang: true });
  const ending = new AbortController();
  const client = await connected(t, notice);
  const question = client.chat(QUESTION, () => undefined, ending.signal);
  await client.unsaved('/a/file');
  ending.abort();
  await assert.rejects(question, WindowLost);
  await client.unsaved('/a/file');
  assert.equal(window.aborted, 1);
  const other = await connected(t, notice);
  const left = other.chat(QUESTION, () => undefined, new AbortController().signal);
  await other.unsaved('/a/file');
  other.close();
  await assert.rejects(left, WindowLost);
  while (window.aborted < 2) await client.unsaved('/a/file');
});

test('nobody is let in without the token', async (t) => {
  const { notice, window } = await setUp(t);
  await assert.rejects(BridgeClient.open({ ...notice, token: `${notice.token.slice(1)}0` }), WindowLost);
  for (const first of ['{"type":"unsaved","id":1,"file":"/etc/passwd"}\n', '{"type":"hello"}\n', 'nonsense\n']) {
    const socket = connect(notice.socket);
    let heard = '';
    socket.on('error', () => undefined).on('data', (data) => (heard += data.toString()));
    socket.write(first);
    await once(socket, 'close');
    assert.equal(heard, '', first);
  }
  assert.equal(window.questions.length, 0);
});

test('the notice and the socket are for this user alone, and go with the window', { skip: process.platform === 'win32' }, async (t) => {
  const { home, notice, window, root } = await setUp(t);
  const folder = path.join(home, 'bridges');
  const [file] = readdirSync(folder).filter((name) => name.endsWith('.json'));
  assert.deepEqual([statSync(folder).mode & 0o777, statSync(path.join(folder, file!)).mode & 0o777], [0o700, 0o600]);
  const client = await connected(t, notice);
  window.close();
  assert.deepEqual(readdirSync(folder), []);
  await assert.rejects(client.unsaved('/a/file'), WindowLost);
  assert.deepEqual(noticesFor(home, root), []);
});

test('a state folder with a long path has its socket elsewhere', { skip: process.platform === 'win32' }, async (t) => {
  const home = path.join(tempFolder(t), 'a'.repeat(120));
  mkdirSync(home);
  const { notice, window } = await setUp(t, { say: 'Hello.' }, home);
  assert.ok(Buffer.byteLength(notice.socket) <= 100);
  const client = await connected(t, notice);
  assert.equal(await client.unsaved('/a/file'), undefined);
  assert.equal(statSync(path.dirname(notice.socket)).mode & 0o777, 0o700);
  window.close();
  assert.ok(!existsSync(path.dirname(notice.socket)));
});

test('the innermost window that holds the workspace comes first; the dead and the garbled are left out', async (t) => {
  const home = tempFolder(t);
  const outer = tempFolder(t);
  const inner = path.join(outer, 'inner');
  mkdirSync(path.join(inner, 'deep'), { recursive: true });
  for (const roots of [[outer], [inner], [tempFolder(t)]]) await FakeWindow.open(t, home, roots, () => ({ say: '' }));
  const folder = path.join(home, 'bridges');
  writeFileSync(path.join(folder, 'garbled.json'), '{');
  writeFileSync(path.join(folder, 'dead.json'), JSON.stringify({ version: 1, pid: 2 ** 22 + 1, roots: [inner], socket: path.join(folder, 'dead.sock'), token: 'x' }));
  assert.deepEqual(noticesFor(home, path.join(inner, 'deep')).map(({ roots }) => roots), [[inner], [outer]]);
  assert.deepEqual(noticesFor(home, outer).map(({ roots }) => roots), [[outer]]);
  await FakeWindow.open(t, home, [outer], () => ({ say: '' }));
  assert.deepEqual(readdirSync(folder).filter((name) => name.startsWith('dead')), [], 'a new window clears up after the dead');
});
