import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { DEFAULT_OPTIONS } from '../../src/core/engine/engine-options.ts';
import { openEngine } from '../../src/core/engine/open-engine.ts';
import { taskId } from '../../src/core/model/ids.ts';
import { CLI, CliLab, lives } from '../support/engines/cli-lab.ts';
import { until } from '../support/until.ts';

void test('run follows scripts to their end, and its exit code tells whether all ended as expected', async (t) => {
  const lab = new CliLab(t);
  const good = await lab.run('run', 'ok.mjs', '--', 'a', 'b c');
  assert.deepEqual([good.code, good.errors], [0, '']);
  assert.match(good.text, /started {3}#1 ok\.mjs\n.*ended {5}#1 ok\.mjs: succeeded after .*\n\n.*task.*outcome.*wall time.*CPU time.*peak memory.*output\n✔ {2}#1 ok\.mjs {2}utility {2}succeeded/);
  assert.equal((await lab.run('log', '1')).text, 'fine a b c\n');

  const mixed = await lab.run('run', 'ok.mjs', 'bad.mjs');
  assert.equal(mixed.code, 1);
  assert.match(mixed.text, /✔ {2}#2 ok\.mjs .*\n✘ {2}#3 bad\.mjs {2}utility {2}failed \(exit 3\)/);
  assert.match(mixed.text, /2 tasks ran (?:in|for) /);
  assert.match(mixed.errors, /#3 bad\.mjs: failed \(exit 3\)\n {2}it broke\n {2}all of it: parallel-workflow log 3 --stderr\n/);

  const command = await lab.run('run', '--quiet', '--', process.execPath, '-e', 'process.exit(0)');
  assert.deepEqual(command, { code: 0, signal: null, text: '', errors: '' });
});

void test('a batch ends well when every task ends as it expects, and its table tells all of them', async (t) => {
  const lab = new CliLab(t);
  lab.write('night.parallel.json', JSON.stringify({
    name: 'Night',
    defaults: { type: 'analysis' },
    tasks: [
      { id: 'first', script: 'ok.mjs', agent: 'AI_Agent_1' },
      { id: 'bad', script: 'bad.mjs', expect: { exitCode: 3 } },
      { id: 'then', script: 'ok.mjs', name: 'after the first', after: ['first'] },
      { id: 'tool', command: ['no-such-program-anywhere'], ifMissing: 'skip' },
    ],
  }));
  const batch = await lab.run('batch', 'night.parallel.json');
  assert.deepEqual([batch.code, batch.errors], [0, '']);
  assert.match(batch.text, /✔ {2}#1 first .*analysis {2}succeeded .*agent_outputs[/\\]AI_Agent_1[/\\]/);
  assert.match(batch.text, /✔ {2}#2 bad .*failed \(exit 3\), as expected/);
  assert.match(batch.text, /✔ {2}#3 after the first .*succeeded/);
  assert.match(batch.text, /– {2}#4 tool /);
  assert.match(batch.text, /\nSkipped: #4 tool \(no-such-program-anywhere is not installed\)\.\n/);
  const output = /(agent_outputs\S+)/.exec(batch.text)![1]!;
  assert.equal(readFileSync(path.join(lab.workspace, output, 'stdout.log'), 'utf8'), 'fine\n');

  lab.write('wrong.parallel.json', JSON.stringify({ tasks: [{ script: 'ok.mjs', expect: 'failed' }] }));
  const wrong = await lab.run('batch', 'wrong.parallel.json');
  assert.equal(wrong.code, 1);
  assert.match(wrong.text, /✘ {2}#5 ok\.mjs .*succeeded, expected failure/);
});

void test('what one process submits another lists, a third runs, and all read', async (t) => {
  const lab = new CliLab(t);
  const submitted = await lab.run('submit', 'gated.mjs', '--name', 'sweep');
  assert.deepEqual([submitted.code, submitted.text], [0, `Queued in ${lab.workspace}:\n  #1 sweep\n`]);
  assert.match(submitted.errors, /^No engine serves this workspace now, so nothing starts yet: .*`parallel-workflow wait 1`\.\n$/);
  assert.match((await lab.run('list')).text, /^Waiting \(1\)\n· {2}#1 {2}sweep .*for a window or parallel-workflow wait in its workspace\n$/);
  assert.match((await lab.run('log', '1')).errors, /^error: Task #1 has not run yet/);

  const waiting = lab.start('wait');
  await until('the task runs', () => waiting.said().includes('started   #1 sweep'));
  const following = lab.start('log', '1', '--follow');
  await until('its output is followed', () => following.said() === 'begun\n');
  assert.match((await lab.run('list', '--state', 'running')).text, /^Running \(1\)\n▸ {2}#1 {2}sweep/);
  const { engines } = await lab.json<{ engines: { kind: string; roots: string[] }[] }>('status');
  assert.deepEqual(engines.map(({ kind, roots }) => ({ kind, roots })), [{ kind: 'cli', roots: [lab.workspace] }]);

  // The one that waits takes up what comes in.
  const late = await lab.run('submit', 'ok.mjs');
  assert.deepEqual([late.text, late.errors], [`Queued in ${lab.workspace}:\n  #2 ok.mjs\nAn engine serves this workspace and starts what waits; \`parallel-workflow wait 2\` follows it to the end.\n`, '']);
  await until('it is taken up', async () => (await lab.json<{ tasks: { id: number }[] }>('list', '--state', 'finished')).tasks.some(({ id }) => id === 2));
  lab.openGate();
  assert.deepEqual(await following.ended, { code: 0, signal: null, text: 'begun\ndone\n', errors: '' });
  const waited = await waiting.ended;
  assert.equal(waited.code, 0);
  assert.match(waited.text, /ended {5}#1 sweep: succeeded/);
  assert.equal((await lab.run('wait')).text, `Nothing runs or waits in ${lab.workspace}.\n`);
});

void test('a signal leaves the tasks running; they can be followed again, or cancelled when no engine lives', async (t) => {
  const lab = new CliLab(t);
  for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143]] as const) {
    const run = lab.start('run', 'gated.mjs', '--type', 'blender_task');
    await until('the task runs', () => run.said().includes('started'));
    run.kill(signal);
    const left = await run.ended;
    assert.equal(left.code, code);
    assert.match(left.errors, /^Left: 1 task goes on running\.\n {2}parallel-workflow wait \d+ .*\n {2}parallel-workflow cancel \d+ {2}stops it\n$/);
    const id = Number(/wait (\d+)/.exec(left.errors)![1]);
    const pid = await lab.pidOf(id);
    assert.ok(lives(pid));
    const cancelled = await lab.run('cancel', String(id));
    assert.deepEqual([cancelled.code, cancelled.text], [0, `cancelled #${id} gated.mjs\n`]);
    assert.ok(!lives(pid));
    assert.match((await lab.run('show', String(id))).text, /gated\.mjs: cancelled\n/);
  }
});

/** Of `gated.mjs`, which goes on alone; its process and its folder. */
async function leftAlone(lab: CliLab): Promise<{ readonly pid: number; readonly folder: string }> {
  const run = lab.start('run', 'gated.mjs');
  await until('the task runs', () => run.said().includes('started'));
  run.kill('SIGINT');
  await run.ended;
  const { runs: [{ folder }] } = await lab.json<{ runs: [{ folder: string }] }>('show', '1');
  return { pid: await lab.pidOf(1), folder };
}

for (const [command, told] of [['list', /^Finished \(1\)\n✔ {2}#1 {2}gated\.mjs .*succeeded/], ['show 1', /gated\.mjs: succeeded\n/], ['status', /here +0 +0 +0 +1 +0\n/], ['log 1 --follow', /^begun\ndone\n$/]] as const) {
  void test(`what ended while nobody looked is told truly by \`${command}\``, async (t) => {
    const lab = new CliLab(t);
    const { folder } = await leftAlone(lab);
    assert.match((await lab.run('list')).text, /^Running \(1\)\n▸ {2}#1 {2}gated\.mjs/);
    lab.openGate();
    await until('it has ended', () => existsSync(path.join(folder, 'result')));
    const { code, text, errors } = await lab.run(...command.split(' '));
    assert.match(text, told);
    assert.deepEqual([code, errors], [0, '']);
    assert.match((await lab.run('cancel', '1')).errors, /it has already finished/);
  });
}

void test('what ended while nobody looked can be cleared, tried again and held', async (t) => {
  for (const [words, said] of [[['clear', '1'], /^Cleared 1 finished task/], [['retry', '1'], /queued again.*#1 gated\.mjs/], [['clear', '--yes'], /^Cleared 1 finished task/]] as const) {
    const lab = new CliLab(t);
    const { folder } = await leftAlone(lab);
    lab.openGate();
    await until('it has ended', () => existsSync(path.join(folder, 'result')));
    const { code, text, errors } = await lab.run(...words);
    assert.equal(code, 0, errors);
    assert.match(text, said);
  }
});

void test('an engine that was killed serves nobody, and what it locked is free, when somebody looks', async (t) => {
  const lab = new CliLab(t);
  const serving = lab.start('serve');
  await until('it is there', async () => (await lab.json<{ engines: unknown[] }>('status')).engines.length === 1);
  const locking = lab.start('lock', 'data.json', '--', process.execPath, '-e', 'setInterval(() => {}, 1000)');
  await until('the file is locked', async () => (await lab.json<{ path: string }[]>('locks')).length === 1);
  const [{ holders: [{ pid }] }] = await lab.json<[{ holders: [{ pid: number }] }]>('locks');
  for (const each of [serving, locking]) {
    each.kill('SIGKILL');
    await until('it is gone', () => !lives(each.pid));
  }
  assert.match((await lab.run('submit', 'ok.mjs')).errors, /^No engine serves this workspace now/);
  process.kill(pid, 'SIGKILL');
  await until('the command is gone', () => !lives(pid));
  assert.deepEqual(await lab.json('locks'), []);
});

void test('what was killed with its shim while nobody looked is told as lost', async (t) => {
  const lab = new CliLab(t);
  const { pid } = await leftAlone(lab);
  process.kill(-pid, 'SIGKILL');
  await until('it is gone', () => !lives(pid));
  assert.match((await lab.run('list')).text, /^Finished \(1\)\n.*gated\.mjs .*lost: its process ended without leaving a result/);
});

void test('one that is followed alone and fails is queued for its next attempt, which needs an engine', async (t) => {
  const lab = new CliLab(t);
  const run = lab.start('run', 'gated.mjs', '--retries', '1');
  await until('the task runs', () => run.said().includes('started'));
  run.kill('SIGINT');
  await run.ended;
  const pid = await lab.pidOf(1);
  const following = lab.start('log', '1', '--follow');
  await until('its output is followed', () => following.said() === 'begun\n');
  process.kill(-pid, 'SIGKILL');
  await until('what it waits for is told', () => following.complained().includes('no engine serves its workspace: `parallel-workflow wait 1` starts it'));
  following.kill('SIGINT');
  await following.ended;
  lab.openGate();
  assert.equal((await lab.run('wait', '1')).code, 0);
});

void test('asked so, Ctrl-C cancels what was submitted, also what still waits', async (t) => {
  const lab = new CliLab(t);
  const run = lab.start('run', 'gated.mjs', 'gated.mjs', '--type', 'blender_task', '--cancel-on-interrupt');
  await until('the first task runs', () => run.said().includes('started'));
  run.kill('SIGINT');
  const { code, text } = await run.ended;
  assert.equal(code, 130);
  assert.match(text, /– {2}#1 gated\.mjs .*cancelled.*\n– {2}#2 gated\.mjs .*cancelled/);
});

void test('hold, release, priority, retry, clear and pause reach the tasks of the workspace', async (t) => {
  const lab = new CliLab(t);
  await lab.run('submit', 'ok.mjs', 'bad.mjs');
  assert.equal((await lab.run('hold', '1')).text, 'held #1 ok.mjs\n');
  assert.equal((await lab.run('priority', '2', '--to', 'low')).code, 0);
  assert.match((await lab.run('show', '2')).text, /Type +utility, priority 9/);
  const first = await lab.run('wait');
  assert.deepEqual([first.code, first.errors.split('\n')[0]], [1, '1 held or scheduled for later: not waited for.']);
  assert.equal((await lab.run('release', '1')).code, 0);
  assert.equal((await lab.run('retry', '2')).text, 'queued again #2 bad.mjs\n');
  assert.equal((await lab.run('pause')).code, 0);
  assert.match((await lab.run('list')).text, /the queue is paused/);
  assert.equal((await lab.run('resume')).code, 0);
  const second = await lab.json<{ asExpected: boolean; tasks: { id: number; attempts: number }[] }>('wait');
  assert.deepEqual([second.asExpected, second.tasks.map(({ id, attempts }) => [id, attempts])], [false, [[1, 1], [2, 2]]]);
  assert.equal((await lab.run('log', '2', '--stderr', '--run', '1')).text, 'it broke\n');
  assert.equal((await lab.run('clear', '--yes')).text, `Cleared 2 finished tasks of ${lab.workspace}.\n`);
  assert.equal((await lab.run('list')).text, `There are no tasks in ${lab.workspace}.\n`);
});

void test('what is wrong is named with the way out, and nothing is queued', async (t) => {
  const lab = new CliLab(t);
  const batch = (name: string, text: string): readonly string[] => ['batch', lab.write(`${name}.parallel.json`, text)];
  const cases: readonly (readonly [words: readonly string[], error: RegExp])[] = [
    [['run', 'nope.py'], /^error: nope\.py: there is no file `.*nope\.py`\nNothing was queued\.\n$/],
    [['run', 'ok.mjs', '--type', 'simulaton'], /^error: --type: unknown type `simulaton`; did you mean `simulation`\?\n/],
    [['run', 'ok.mjs', '--timeout', '-5'], /^error: --timeout: expected a number ≥ 0, got `-5`\n/],
    [['run', 'ok.mjs', '--after', '99'], /^error: --after: there is no task #99 in the store/],
    [['run', 'ok.mjs', '--timout', '5'], /^error: Unknown option `--timout`; did you mean `--timeout`\?\n$/],
    [['batch', 'nope.parallel.json'], /^error: There is no batch file `nope\.parallel\.json` in /],
    [batch('cycle', '{ "tasks": [\n{ "id": "a", "script": "ok.mjs", "after": ["b"] },\n{ "id": "b", "script": "ok.mjs", "after": ["a"] } ] }'), /^error: cycle\.parallel\.json:2: `tasks\[0\]\.after`: a cycle, .*: a → b → a/],
    [batch('twice', '{ "tasks": [\n{ "id": "a", "script": "ok.mjs" },\n{ "id": "a", "script": "ok.mjs" } ] }'), /^error: twice\.parallel\.json:3: `tasks\[1\]\.id`: `a` is already the id of tasks\[0\]/],
    [batch('field', '{ "tasks": [\n{ "script": "ok.mjs", "timeot": 5 } ] }'), /^error: field\.parallel\.json:2: `tasks\[0\]\.timeot`: unknown field; did you mean `timeout`\?\n/],
    [batch('json', '{ "tasks": [\n{ "script": "ok.mjs", }\n] }'), /^error: json\.parallel\.json:2: not valid JSON: /],
    [['--home', path.join(lab.workspace, 'ok.mjs', 'state'), 'run', 'ok.mjs'], /^error: The state folder .*ok\.mjs[/\\]state cannot be used: .* choose another folder with PARALLEL_WORKFLOW_HOME\.\n$/],
    [['--workspace', 'nowhere', 'list'], /^error: There is no folder `.*nowhere`; /],
  ];
  for (const [words, error] of cases) {
    const ended = await lab.run(...words);
    assert.deepEqual([ended.code, ended.text], [2, ''], words.join(' '));
    assert.match(ended.errors, error, words.join(' '));
  }
  assert.equal((await lab.run('list', '--all')).text, 'There are no tasks.\n');
});

void test('a reader that goes away is no error', { skip: process.platform === 'win32' }, async (t) => {
  const lab = new CliLab(t);
  await lab.run('run', '--', process.execPath, '-e', 'for (let i = 0; i < 100000; i++) console.log("a line of output")');
  const code = path.join(lab.folder, 'code');
  const { stdout, stderr } = lab.shell(`("$0" "$@"; echo $? > '${code}') | head -n 1`, process.execPath, CLI, 'log', '1');
  assert.deepEqual([stdout, stderr, readFileSync(code, 'utf8')], ['a line of output\n', '', '0\n']);
});

void test('in a terminal progress is redrawn in place, and the cursor comes back', { skip: !existsSync('/usr/bin/script') || process.platform !== 'linux' }, (t) => {
  const lab = new CliLab(t);
  lab.openGate();
  const line = [process.execPath, CLI, 'run', 'gated.mjs', 'bad.mjs'].map((word) => `'${word}'`).join(' ');
  const { stdout } = lab.shell(`TERM=xterm script -qec "$0" /dev/null`, `stty cols 80 rows 24; ${line}`);
  assert.ok(stdout.includes('\u001b[?25l'));
  assert.match(stdout, /#1 gated\.mjs/);
  assert.ok(stdout.lastIndexOf('\u001b[?25h') > stdout.lastIndexOf('\u001b[?25l'));
  assert.ok(stdout.includes('\u001b[31m✘'));
  assert.match(stdout, /2 tasks ran in/);
});

void test('what a closing window leaves is cancelled, unless a window serves its folder again', async (t) => {
  const lab = new CliLab(t);
  await lab.run('submit', 'gated.mjs');
  const home = lab.env.PARALLEL_WORKFLOW_HOME!;
  const window = await openEngine({ ...DEFAULT_OPTIONS, home, kind: 'window', roots: [lab.workspace] });
  await until('it runs', async () => (await window.query({ group: 'running', roots: [], offset: 0, limit: 9 })).items[0]?.task.state.status === 'running');
  assert.deepEqual(await lab.run('cancel', '--all', '--unless-served-within', '0.2'), { code: 0, signal: null, text: '', errors: '' });
  assert.equal((await window.views([taskId(1)]))[0]?.task.state.status, 'running');
  await window.close();
  const cancelled = await lab.run('cancel', '--all', '--unless-served-within', '0.2');
  assert.deepEqual([cancelled.code, cancelled.errors], [0, '']);
  assert.match((await lab.run('list')).text, /#1 {2}gated\.mjs .* cancelled ·/);
  assert.match((await lab.run('cancel', '--unless-served-within', '1')).errors, /only goes with `--all`/);
});

void test('output that cannot be written is told without a stack, and what was ordered is carried out', { skip: !existsSync('/dev/full') }, async (t) => {
  const lab = new CliLab(t);
  for (const words of [['list'], ['run', 'ok.mjs'], ['log', '1']]) {
    const { code, errors } = await lab.runInto('/dev/full', ...words);
    assert.equal(code, 1);
    assert.match(errors, /^error: The output cannot be written: ENOSPC: .*\n$/);
  }
  assert.match((await lab.run('show', '1')).text, /succeeded/);
});

void test('in a folder that is gone it says so', { skip: process.platform === 'win32' }, (t) => {
  const lab = new CliLab(t);
  const { stdout, stderr } = lab.shell('mkdir gone && cd gone && rmdir ../gone && "$0" "$@"', process.execPath, CLI, 'list');
  assert.deepEqual([stdout, stderr], ['', 'error: The current folder is gone; change to one that is there.\n']);
});
