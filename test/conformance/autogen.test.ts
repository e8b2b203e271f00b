import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { AutogenDriver } from '../../src/agent/autogen/autogen-driver.ts';
import { diskFiles } from '../../src/agent/tools/text-files.ts';
import type { AgentEvidence } from '../../src/core/model/agents/agent-evidence.ts';
import { systemProcessTable } from '../../src/core/process/system-process-table.ts';
import { AutogenLab, autogenSettings, GENUINE_AUTOGEN, KEY, WITH_AUTOGEN } from '../support/agents/genuine-autogen.ts';
import { OpenAIStandIn, TOKENS } from '../support/agents/openai-stand-in.ts';
import type { ModelTurn } from '../support/agents/anthropic-stand-in.ts';
import { RecordedTurn } from '../support/agents/recorded-turn.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { outcomeOf } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

void test('AutoGen is found with its flavour and version, with a key and without', WITH_AUTOGEN, async (t) => {
  const lab = await AutogenLab.open(t, () => ({ type: 'say', text: '' }));
  const found = async (): Promise<readonly unknown[]> => {
    const { agents } = await lab.engine.port.refreshAgents();
    const { status, flavour, version, program } = agents.find(({ name }) => name === 'autogen')!;
    return [status, flavour, version, program];
  };
  assert.deepEqual(await found(), ['credentials', 'AutoGen 0.4+', '0.7.5', GENUINE_AUTOGEN]);
  const settings = autogenSettings('');
  await lab.engine.port.setAgentSettings({ ...settings, autogen: { ...settings.autogen, keyVariable: 'NO_SUCH_KEY' } });
  assert.deepEqual(await found(), ['installed', 'AutoGen 0.4+', '0.7.5', GENUINE_AUTOGEN]);
});

void test('a prompt is carried out to its end with every tool, and the key is seen nowhere', WITH_AUTOGEN, async (t) => {
  const turns: readonly ModelTurn[] = [
    { type: 'say', text: 'I look around.', tools: [{ name: 'list_files', input: {} }, { name: 'search_files', input: { text: 'one' } }, { name: 'read_file', input: { path: 'a.txt' } }] },
    { type: 'say', text: '', tools: [{ name: 'edit_file', input: { path: 'a.txt', old: 'one', new: 'two' } }, { name: 'write_file', input: { path: 'new/b.txt', content: 'b\n' } }, { name: 'read_file', input: { path: '../secret' } }] },
    { type: 'say', text: '', tools: [{ name: 'run_command', input: { shell: `env; wc -l < new/b.txt` } }, { name: 'run_task', input: { command: ['cat', 'a.txt'] } }] },
    { type: 'say', text: 'All of it is done.' },
  ];
  const lab = await AutogenLab.open(t, (_, count) => turns[count - 1]!);
  fs.writeFileSync(lab.file('a.txt'), 'one\n');
  const detail = await lab.engine.ended(await lab.prompt());
  assert.deepEqual(outcomeOf(detail), { type: 'succeeded' }, lab.engine.stderr(detail));
  assert.deepEqual([fs.readFileSync(lab.file('a.txt'), 'utf8'), fs.readFileSync(lab.file('new/b.txt'), 'utf8')], ['two\n', 'b\n']);
  const { requests } = lab.service;
  assert.equal(requests[0]!.headers.authorization, `Bearer ${KEY.value}`);
  assert.deepEqual(requests[0]!.prompts, ['Do it.']);
  const results = requests.at(-1)!.results;
  assert.deepEqual(results.slice(0, 5), ['a.txt', 'a.txt:1: one', 'a.txt, 1 line.\none', 'Changed a.txt.', 'Made new/b.txt, 1 line.']);
  assert.match(results[5]!, /outside of the workspace/);
  assert.match(results[6]!, /1\nExit code 0\.$/);
  assert.match(results[7]!, /^Task #\d+ succeeded\.\ntwo$/);
  const { model, turns: count, inputTokens, outputTokens, filesChanged, answer, session } = detail.run!.agent!;
  assert.deepEqual([model, count, inputTokens, outputTokens, answer], ['standin', 4, 4 * TOKENS.input, 4 * TOKENS.output, 'All of it is done.']);
  assert.deepEqual([...filesChanged].sort(), [lab.file('a.txt'), lab.file('new/b.txt')]);
  assert.ok(session !== undefined);
  assert.match(lab.engine.stdout(detail), /AutoGen 0\.4\+ 0\.7\.5, model standin[^]*I look around\.[^]*Edit.* a\.txt[^]*All of it is done\./);
  for (const file of fs.readdirSync(detail.run!.folder, { recursive: true, encoding: 'utf8' }).map((name) => path.join(detail.run!.folder, name))) {
    if (fs.statSync(file).isFile()) assert.ok(!fs.readFileSync(file, 'utf8').includes(KEY.value), file);
  }
});

void test('a refused write is told with who has the file, and made when that one is done', WITH_AUTOGEN, async (t) => {
  const lab: AutogenLab = await AutogenLab.open(t, async (_, count) => {
    if (count === 1) return { type: 'say', text: '', tools: [{ name: 'edit_file', input: { path: 'a.txt', old: 'saved', new: 'mine' } }] };
    if (count === 2) return { type: 'say', text: 'Something else first.', tools: [{ name: 'write_file', input: { path: 'b.txt', content: 'b\n' } }] };
    if (count === 3) {
      await lab.engine.port.setUnsaved([]);
      return { type: 'say', text: '', tools: [{ name: 'edit_file', input: { path: 'a.txt', old: 'saved', new: 'mine' } }] };
    }
    return { type: 'say', text: 'Done.' };
  });
  fs.writeFileSync(lab.file('a.txt'), 'saved\n');
  await lab.engine.port.setUnsaved([lab.file('a.txt')]);
  const detail = await lab.engine.ended(await lab.prompt());
  assert.deepEqual(outcomeOf(detail), { type: 'succeeded' }, lab.engine.stderr(detail));
  assert.match(lab.service.requests[1]!.results[0]!, /^Refused: a\.txt has unsaved changes/);
  assert.deepEqual([fs.readFileSync(lab.file('a.txt'), 'utf8'), fs.readFileSync(lab.file('b.txt'), 'utf8')], ['mine\n', 'b\n']);
  assert.deepEqual(detail.run!.agent!.refusals.map(({ path: file }) => file), [lab.file('a.txt')]);
});

void test('a limit is waited for in the queue, and the conversation goes on by itself after the reset', WITH_AUTOGEN, async (t) => {
  let free: number | undefined;
  const lab = await AutogenLab.open(t, ({ results }) => {
    if (results.length === 0) return { type: 'say', text: 'Begun.', tools: [{ name: 'write_file', input: { path: 'a.txt', content: 'a\n' } }] };
    const now = Date.now();
    free ??= now + 12_000;
    if (now < free) return { type: 'fail', status: 429, headers: { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': `${free - now}ms` } };
    return { type: 'say', text: 'Done.' };
  });
  const id = await lab.prompt();
  const waiting = await lab.engine.when(id, 'queued', ({ run }) => run?.agent?.evidence.type === 'rateLimited');
  const { evidence } = waiting.run!.agent!;
  assert.ok(evidence.type === 'rateLimited' && Math.abs(evidence.until! - free!) < 1000, JSON.stringify(evidence));
  assert.equal(waiting.wait?.type, 'agent');
  const detail = await lab.engine.ended(id);
  assert.deepEqual(outcomeOf(detail), { type: 'succeeded' }, lab.engine.stderr(detail));
  assert.deepEqual(detail.runs.map(({ agent }) => agent?.evidence.type), ['rateLimited', 'completed']);
  assert.equal(new Set(detail.runs.map(({ agent }) => agent?.session)).size, 1);
  assert.deepEqual(lab.service.requests.at(-1)!.results, ['Made a.txt, 1 line.'], 'it knows what it has done');
});

void test('a follow-up goes on with the conversation', WITH_AUTOGEN, async (t) => {
  const lab = await AutogenLab.open(t, (_, count) => ({ type: 'say', text: count === 1 ? 'The number is 7.' : 'Seven, as I said.' }));
  const first = await lab.prompt();
  await lab.engine.ended(first);
  const detail = await lab.engine.ended(await lab.prompt({ prompt: 'Which number?', follows: `#${first}` }));
  assert.deepEqual(outcomeOf(detail), { type: 'succeeded' }, lab.engine.stderr(detail));
  assert.deepEqual(lab.service.requests[1]!.prompts, ['Do it.', 'Which number?']);
});

/** A turn of the driver alone, with a service that answers like this. */
async function evidenceOf(t: TestContext, turn: ModelTurn | 'gone', request: object = {}): Promise<AgentEvidence> {
  const service = await OpenAIStandIn.open(t, () => (turn === 'gone' ? { type: 'hang' } : turn));
  if (turn === 'gone') await service.close();
  const folder = tempFolder(t);
  const env = { PATH: process.env.PATH, [KEY.variable]: KEY.value, NO_PROXY: '127.0.0.1' };
  const url = turn === 'gone' ? 'http://127.0.0.1:9/v1' : service.url;
  return new AutogenDriver({ folder, env, files: diskFiles, queue: undefined }).run(new RecordedTurn({ workspace: folder, agent: 'autogen', settings: autogenSettings(url), request: { program: GENUINE_AUTOGEN, ...request } }));
}

void test('every way the service fails is known by its type', WITH_AUTOGEN, async (t) => {
  assert.deepEqual(await evidenceOf(t, { type: 'fail', status: 401, error: 'invalid_api_key' }), { type: 'notLoggedIn' });
  assert.deepEqual(await evidenceOf(t, { type: 'fail', status: 503 }), { type: 'overloaded', status: 503 });
  assert.deepEqual(await evidenceOf(t, { type: 'fail', status: 429, error: 'insufficient_quota' }), { type: 'rateLimited', until: undefined });
  assert.deepEqual(await evidenceOf(t, { type: 'fail', status: 400, error: 'content_filter' }), { type: 'refused', why: 'the service\'s content filter' });
  assert.equal((await evidenceOf(t, { type: 'fail', status: 404, error: 'model_not_found' })).type, 'failed');
  assert.deepEqual(await evidenceOf(t, 'gone'), { type: 'unreachable' });
  assert.deepEqual(await evidenceOf(t, { type: 'say', text: '', tools: [{ name: 'list_files', input: {} }] }, { maxTurns: 2 }), { type: 'budget', limit: 'turns' });
});

void test('a cancelled prompt leaves no process, whatever its commands did', WITH_AUTOGEN, async (t) => {
  const lab = await AutogenLab.open(t, () => ({ type: 'say', text: '', tools: [{ name: 'run_command', input: { shell: 'setsid sleep 600 & sleep 600', seconds: 600 } }] }));
  const id = await lab.prompt();
  const running = await lab.engine.when(id, 'running');
  await until('its commands to run', async () => (await lab.processes(running)).filter((pid) => commandOf(pid).startsWith('sleep')).length === 2);
  await lab.engine.port.cancel([id]);
  const ended = await lab.engine.ended(id);
  assert.deepEqual(outcomeOf(ended), { type: 'cancelled' });
  assert.deepEqual(await lab.processes(ended), []);
});

void test('when its runner is killed nothing is left, and the run has crashed', WITH_AUTOGEN, async (t) => {
  const lab = await AutogenLab.open(t, () => ({ type: 'hang' }));
  const id = await lab.prompt();
  const running = await lab.engine.when(id, 'running');
  await until('the question', () => lab.service.requests.length === 1);
  const runner = (await systemProcessTable().list()).find(({ parent }) => parent === running.run!.pid)!;
  process.kill(runner.pid, 'SIGKILL');
  const ended = await lab.engine.ended(id);
  assert.equal(ended.run!.agent?.evidence.type, 'crashed');
  assert.deepEqual(await lab.processes(ended), []);
});

void test('eight at once change one file, and no change is lost', WITH_AUTOGEN, async (t) => {
  const names = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];
  // All of them ask for their edits at the same time.
  let arrived = 0;
  let open = (): void => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  const lab = await AutogenLab.open(t, async ({ prompts, results }) => {
    const name = prompts[0]!;
    if (results.length > 0) return { type: 'say', text: results[0]! };
    if (++arrived === names.length) open();
    await gate;
    return { type: 'say', text: '', tools: [{ name: 'edit_file', input: { path: 'shared.txt', old: `${name}: 0`, new: `${name}: 1` } }] };
  }, names.length);
  fs.writeFileSync(lab.file('shared.txt'), names.map((name) => `${name}: 0\n`).join(''));
  await lab.engine.port.pinStrategy('normal');
  await lab.engine.port.setLimits({ total: 32, types: [], memoryThreshold: 1 });
  const ids = await lab.engine.submit(...names.map((name) => ({ prompt: name, agent: 'autogen', name, memory: '1 MB', cpu: 0.01 })));
  const details = await Promise.all(ids.map((id) => lab.engine.ended(id)));
  assert.deepEqual(details.map((detail) => outcomeOf(detail)?.type), names.map(() => 'succeeded'));
  assert.equal(fs.readFileSync(lab.file('shared.txt'), 'utf8'), names.map((name) => `${name}: 1\n`).join(''));
});

function commandOf(pid: number): string {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').map((part) => path.basename(part)).join(' ');
  } catch {
    return '';
  }
}
