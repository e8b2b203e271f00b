import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import type { TaskView } from '../../../src/core/engine/engine-port.ts';
import { taskId, type TaskId } from '../../../src/core/model/ids.ts';
import { FakeEngine } from '../../support/fake-engine.ts';
import { FakeWorld } from '../../support/fake-world.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { until } from '../../support/until.ts';
import { settled } from '../views/manual-clock.ts';

function lab(t: TestContext) {
  const engine = new FakeEngine();
  const world = new FakeWorld(engine);
  world.cwd = tempFolder(t);
  mkdirSync(path.join(world.cwd, '.git'));
  const said = (): string => {
    const { text } = world.output;
    world.output.text = '';
    return text;
  };
  return { engine, world, said };
}

/** Lets queued tasks run and end at once, the n-th with the exit code given for it. */
function ending(engine: FakeEngine, ...codes: readonly number[]): (ids: readonly TaskId[]) => void {
  return (ids) => {
    void settled().then(() => {
      ids.forEach((id, index) => {
        const code = codes[index] ?? 0;
        engine.start(id);
        engine.end(id, code === 0 ? { type: 'succeeded' } : { type: 'failed', reason: 'exit', code });
      });
    });
  };
}

void test('run queues in the workspace of its folder, acts as its engine, and follows to the end', async (t) => {
  const { engine, world, said } = lab(t);
  engine.onQueued = ending(engine);
  assert.equal(await world.run('run', 'a.py', '--jobs', '2'), 0);
  assert.deepEqual(world.opened.map(({ kind, roots, runsTasks, jobs }) => ({ kind, roots, runsTasks, jobs })), [
    { kind: 'cli', roots: [], runsTasks: false, jobs: undefined },
    { kind: 'cli', roots: [], runsTasks: false, jobs: undefined },
    { kind: 'cli', roots: [world.cwd], runsTasks: true, jobs: 2 },
  ]);
  assert.deepEqual(engine.requests.map(({ workspace, base, confine }) => ({ workspace, base, confine })), [{ workspace: world.cwd, base: world.cwd, confine: false }]);
  assert.match(said(), /^ {2}0:00 {2}started {3}#1 a\.py\n {2}0:00 {2}ended {5}#1 a\.py: succeeded after 0 ms\n\n.*task.*\n✔ {2}#1 a\.py/);
  assert.equal(engine.closed, 3);
});

void test('one task that ends otherwise than expected makes the exit code 1, and its last words are shown', async (t) => {
  const { engine, world } = lab(t);
  engine.onQueued = ending(engine, 0, 3);
  assert.equal(await world.run('run', 'a.py', 'b.py', '--quiet'), 1);
  assert.equal(world.output.text, '');
  assert.match(world.output.errors, /#2 b\.py: failed \(exit 3\)\n {2}\(it wrote nothing to its error output\)\n {2}all of it: parallel-workflow log 2\n$/);
});

void test('a root of a live engine is the workspace, before marks in the file system', async (t) => {
  const { engine, world, said } = lab(t);
  engine.servedRoots = [path.dirname(world.cwd)];
  assert.equal(await world.run('submit', 'a.py'), 0);
  assert.equal(engine.requests[0]?.workspace, path.dirname(world.cwd));
  assert.deepEqual([said().split('\n')[2], world.output.errors], ['An engine serves this workspace and starts what waits; `parallel-workflow wait 1` follows it to the end.', '']);
});

void test('Ctrl-C leaves: the tasks go on, the exit code is 130, and it is said how to look at them', async (t) => {
  const { engine, world } = lab(t);
  engine.onQueued = ([first]) => {
    engine.start(first!);
    void settled().then(() => world.interrupts.fire('SIGINT'));
  };
  assert.equal(await world.run('run', 'a.py', 'b.py'), 130);
  assert.deepEqual(engine.orders, []);
  const { errors } = world.output;
  world.output.errors = '';
  engine.onQueued = () => void settled().then(() => world.interrupts.fire('SIGTERM'));
  assert.equal(await world.run('run', 'c.py', '--json'), 143);
  assert.match(world.output.errors, /^\{"error":\{"exitCode":143,"message":"Left: 1 waits\.\\n.*"\}\}\n$/);
  assert.match(errors, /^Left: 1 task goes on running, 1 waits\.\n {2}parallel-workflow wait 1-2 .*\n {2}parallel-workflow cancel 1-2 {2}stops them\n$/);
});

void test('interactive tasks get the terminal, where there is one', async (t) => {
  const { engine, world } = lab(t);
  world.hasKeyboard = true;
  engine.onQueued = ([id]) => {
    void settled().then(() => engine.terminals.fire({ task: id!, name: 'ask', argv: ['sh'], cwd: '/', env: {} }));
  };
  world.runInTerminal = (request) => {
    world.terminalRuns.push(request);
    engine.start(request.task);
    engine.end(request.task);
    return Promise.resolve();
  };
  assert.equal(await world.run('run', 'ask.py', '--interactive'), 0);
  assert.equal(world.opened.at(-1)?.hasTerminals, true);
  assert.deepEqual(world.terminalRuns.map(({ name }) => name), ['ask']);
});

void test('submit prints numbers, and what to do when nobody serves the workspace', async (t) => {
  const { world, said } = lab(t);
  assert.equal(await world.run('submit', 'a.py', 'b.py'), 0);
  assert.equal(said(), `Queued in ${world.cwd}:\n  #1 a.py\n  #2 b.py\n`);
  assert.match(world.output.errors, /^No engine serves this workspace now, .* run `parallel-workflow wait 1-2`\.\n$/);
  assert.equal(await world.run('submit', '-q', '--', 'make', 'all'), 0);
  assert.equal(said(), '3\n');
  assert.equal(await world.run('submit', '--json', 'c.py'), 0);
  assert.deepEqual(JSON.parse(said()), { batch: 7, tasks: [4], workspace: world.cwd, served: false });
  assert.equal(world.opened.every(({ runsTasks }) => !runsTasks), true);
});

const BATCH = `{
  "name": "Night",
  "defaults": { "type": "analysis" },
  "tasks": [
    { "script": "a.py" },
    { "command": ["false"], "expect": { "exitCode": 1 } }
  ]
}`;

void test('a batch belongs to its own folder, and ends well when every task ends as it expects', async (t) => {
  const { engine, world, said } = lab(t);
  const folder = path.join(world.cwd, 'sub');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'night.parallel.json'), BATCH);
  engine.onQueued = ending(engine, 0, 1);
  assert.equal(await world.run('batch', 'sub/night.parallel.json', '--json'), 0);
  assert.deepEqual(engine.requests.map(({ workspace, base, name, defaults }) => ({ workspace, base, name, defaults })), [{ workspace: folder, base: folder, name: 'Night', defaults: { type: 'analysis' } }]);
  const report = JSON.parse(said()) as { asExpected: boolean; tasks: { outcome: unknown }[] };
  assert.deepEqual([report.asExpected, report.tasks.map(({ outcome }) => outcome)], [true, [{ type: 'succeeded' }, { type: 'failed', reason: 'exit', code: 1 }]]);
});

void test('batch --no-wait only queues, and says how to follow', async (t) => {
  const { engine, world, said } = lab(t);
  writeFileSync(path.join(world.cwd, 'x.parallel.json'), BATCH);
  assert.equal(await world.run('batch', 'x.parallel.json', '--no-wait'), 0);
  assert.match(said(), /^Queued in .*:\n {2}#1 a\.py\n/);
  assert.match(world.output.errors, /^No engine serves this workspace now, so nothing starts yet: open it in VS Code, or run `parallel-workflow wait 1-\d`\.\n$/);
  assert.equal(engine.requests.length, 1);
});

void test('a folder in the place of a script is told as one, with the commands that take folders', async (t) => {
  const { engine, world } = lab(t);
  mkdirSync(path.join(world.cwd, 'sim'));
  assert.equal(await world.run('run', 'sim'), 2);
  assert.match(world.output.errors, /^error: `sim` is a folder, and `run` takes scripts; name those in it, such as `parallel-workflow run sim.\*\.py`\. .*`parallel-workflow batch FILE`.*`parallel-workflow assess sim`/);
  assert.equal(engine.requests.length, 0);
});

void test('what is wrong with a batch is told one line each, with file and line, and nothing is queued', async (t) => {
  const { engine, world } = lab(t);
  const write = (text: string): void => writeFileSync(path.join(world.cwd, 'x.parallel.json'), text);
  const errors: string[] = [];
  for (const text of [BATCH.replace('"a.py"', '"missing.py", "timeout": -5'), BATCH.replace('"type"', '"typo"'), BATCH.replace('["false"]', '["false"],, '), '{ "tasks": [', '{ "taks": [] }', '[]', '{\n"a": tru,\n"b": 1\n}']) {
    write(text);
    assert.equal(await world.run('batch', 'x.parallel.json'), 2);
    errors.push(world.output.errors);
    world.output.errors = '';
  }
  assert.match(errors[0]!, /^error: 2 problems, so nothing was queued:\n {2}x\.parallel\.json:5: `tasks\[0\]\.script`: there is no file .*\n {2}x\.parallel\.json:5: `tasks\[0\]\.timeout`: expected a number ≥ 0, got `-5`\n$/);
  assert.match(errors[1]!, /x\.parallel\.json:3: `defaults\.typo`: unknown field; did you mean `type`\?/);
  assert.match(errors[2]!, /^error: x\.parallel\.json:6: not valid JSON: unexpected `, .*` in line 6, column 28\nNothing was queued\.\n$/);
  assert.match(errors[3]!, /^error: x\.parallel\.json:1: not valid JSON: .*\nNothing was queued\.\n$/);
  assert.match(errors[4]!, /^error: 2 problems, so nothing was queued:\n {2}x\.parallel\.json: `tasks`: expected a list, got nothing\n {2}x\.parallel\.json:1: `taks`: unknown field; did you mean `tasks`\?\n$/);
  assert.match(errors[5]!, /^error: x\.parallel\.json: expected an object/);
  assert.match(errors[6]!, /^error: x\.parallel\.json:2: not valid JSON: unexpected `tru,` in line 2, column 6\nNothing was queued\.\n$/);
  assert.deepEqual(await engine.batchTasks(), []);
});

void test('all that is wrong with a batch is told at once, in the order of its lines, when it is queued as when it is scheduled', async (t) => {
  const { world } = lab(t);
  const text = '{ "name": 3,\n "tasks": [\n  { "script": "missing.py" },\n  { "id": "b", "script": "b.py", "after": ["c"] } ],\n "extra": 1,\n "defaults": { "timeout": "soon" } }';
  writeFileSync(path.join(world.cwd, 'x.parallel.json'), text);
  const places = async (...words: readonly string[]): Promise<readonly string[]> => {
    world.output.errors = '';
    assert.equal(await world.run(...words), 2);
    return [...world.output.errors.matchAll(/^ {2}x\.parallel\.json:(\d: `[^`]+`)/gm)].map(([, place]) => place!);
  };
  assert.deepEqual(await places('batch', 'x.parallel.json'), ['1: `name`', '3: `tasks[0].script`', '4: `tasks[1].after`', '5: `extra`', '6: `defaults.timeout`']);
  assert.deepEqual(await places('schedules', 'add', '--batch', 'x.parallel.json', '--daily', '12:00'), ['1: `name`', '5: `extra`', '6: `defaults.timeout`']);
});

void test('list tells state, figures and why each waiting task waits', async (t) => {
  const { engine, world, said } = lab(t);
  const [a, b, c, d] = ['a.py', 'b.py', 'c.py', 'd.py'].map((name) => engine.add({ name, type: 'simulation' }, world.cwd));
  engine.add({ name: 'elsewhere.py' }, '/other');
  engine.start(a!, { cores: 1.3, memory: 610e6 });
  engine.wait(b!, { type: 'typeLimit', taskType: 'simulation', limit: 1, running: 1 });
  await engine.hold([c!]);
  engine.start(d!);
  engine.end(d!, { type: 'failed', reason: 'exit', code: 2 });
  engine.now += 42_000;
  assert.equal(await world.run('list'), 0);
  assert.equal(said(), [
    'Running (1)', '▸  #1  a.py  simulation  5  0:42 · 1.3 cores · 610 MB', '',
    'Waiting (2)', '·  #2  b.py  simulation  5  for a place: 1 of 1 simulation running', '‖  #3  c.py  simulation  5  held until it is released', '',
    'Finished (1)', '✘  #4  d.py  simulation  5  failed (exit 2) · 0 ms · just now', '',
  ].join('\n'));
  await world.run('list', '-q', '--state', 'waiting');
  assert.equal(said(), '2\n3\n');
  await world.run('list', '--all', '--state', 'waiting', '--limit', '1');
  assert.equal(said(), 'Waiting (3)\n·  #2  b.py  simulation  5  for a place: 1 of 1 simulation running\n  … 2 more: --state waiting --limit 3\n');
});

void test('an empty list names the workspace, and says when there is something elsewhere', async (t) => {
  const { engine, world, said } = lab(t);
  engine.add({}, '/other');
  await world.run('list');
  assert.equal(said(), `There are no tasks in ${world.cwd}; 1 in other workspaces: parallel-workflow list --all.\n`);
  engine.add({}, path.dirname(world.cwd));
  await world.run('list');
  assert.equal(said(), `There are no tasks in ${world.cwd}; a workspace around it has some: parallel-workflow list --workspace ${path.dirname(world.cwd)}.\n`);
});

void test('show lists what was written without a claim, and conflicts', async (t) => {
  const { engine, world, said } = lab(t);
  const id = engine.add({ name: 'Sweep' });
  const [at, guess] = [engine.now, false];
  engine.start(id, { undeclared: [{ path: '/lab/out.csv', at, guess: true }, { path: '/lab/data.json', at, guess }], conflicts: [{ path: '/lab/data.json', at, guess, task: id, name: 'Report', held: false }] });
  assert.equal(await world.run('show', '1'), 0);
  const text = said();
  assert.match(text, / Unclaimed +wrote out\.csv \(guess\) without a claim\n +wrote data\.json without a claim\n/);
  assert.match(text, / Conflicts +data\.json, which “Report” held\n/);
  assert.equal(await world.run('show', '1', '--json'), 0);
  const { run } = JSON.parse(said()) as { readonly run: Readonly<Record<'undeclared' | 'conflicts', readonly { readonly path: string }[]>> };
  assert.deepEqual([run.undeclared.map(({ path: file }) => file), run.conflicts.map(({ path: file }) => file)], [['/lab/out.csv', '/lab/data.json'], ['/lab/data.json']]);
});

void test('show tells what was asked for, where it stands and what it took', async (t) => {
  const { engine, world, said } = lab(t);
  const id = engine.add({ name: 'a.py', work: { kind: 'script', path: '/lab/a.py' }, args: ['two words'], memory: 1e9, retries: 1, timeoutMs: 90_000, files: [{ path: '/lab/d.json', mode: 'write' }] }, world.cwd);
  engine.start(id, { argv: [] });
  engine.now += 1000;
  engine.end(id, { type: 'failed', reason: 'exit', code: 2 });
  assert.equal(await world.run('show', '1'), 0);
  const text = said();
  for (const line of [
    /^#1 a\.py: failed \(exit 2\)$/m, /^ {2}Command +\/lab\/a\.py 'two words'$/m, /^ {2}Files +\/lab\/d\.json \(exclusive\)$/m, /^ {2}Timeout +1 min 30 s$/m, /^ {2}Retries +1, the first after 1\.0 s$/m,
    /^ {2}CPU +taken to need 0\.25 cores \(type utility\), used 0\.12 cores$/m, /^ {2}Memory +taken to need 1\.0 GB \(declared\), peak 50 MB$/m, /^ {2}1 .* failed \(exit 2\) +1\.0 s +120 ms +50 MB +\/state\/runs\/1\.1$/m,
  ]) assert.match(text, line);
  assert.equal(await world.run('show', '9'), 2);
  assert.equal(world.output.errors, 'error: There is no task #9; `parallel-workflow list --all` shows those there are.\n');
});

void test('a task cancelled before its next start has no times of its earlier run', async (t) => {
  const { engine, world, said } = lab(t);
  const id = engine.add({ name: 'a.py' }, world.cwd);
  engine.start(id);
  engine.now += 7000;
  engine.end(id, { type: 'failed', reason: 'exit', code: 2 });
  engine.now += 1000;
  assert.equal(await world.run('retry', '1'), 0);
  assert.doesNotMatch((await world.run('show', '1'), said()), /^ {2}Started/m);
  engine.now += 1000;
  assert.equal(await world.run('cancel', '1'), 0);
  said();
  assert.equal(await world.run('show', '1'), 0);
  const shown = said();
  assert.match(shown, /^#1 a\.py: cancelled\n[^]*^ {2}Ended [^]*^ {2}1 .* failed \(exit 2\) +7\.0 s/m);
  assert.doesNotMatch(shown, /^ {2}Started/m);
  assert.equal(await world.run('list'), 0);
  assert.match(said(), /cancelled · just now$/m);
});

void test('log prints what a run wrote, the latest unless told otherwise', async (t) => {
  const { engine, world, said } = lab(t);
  const id = engine.add();
  assert.equal(await world.run('log', '1'), 2);
  assert.match(world.output.errors, /has not run yet/);
  for (const [index, text] of ['first\n', 'second\n', ''].entries()) {
    const folder = path.join(world.cwd, String(index));
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'stdout'), text);
    writeFileSync(path.join(folder, 'stderr'), `oh ${index}\n`);
    engine.start(id, { folder });
    engine.end(id, { type: 'failed', reason: 'exit', code: 1 }, {}, engine.now);
  }
  world.output.errors = '';
  await world.run('log', '1');
  assert.deepEqual([said(), world.output.errors], ['', 'It wrote nothing to stdout, and 5 B to stderr: parallel-workflow log 1 --stderr\n']);
  await world.run('log', '1', '--run', '1');
  assert.equal(said(), 'first\n');
  await world.run('log', '1', '--run', '2', '--stderr');
  assert.equal(said(), 'oh 1\n');
  assert.equal(await world.run('log', '1', '--run', '4'), 2);
  assert.match(world.output.errors, /Task #1 has no run 4; it has 1, 2, 3\./);
  await world.run('log', '1', '--json');
  assert.deepEqual(JSON.parse(said()), { id: 1, attempt: 3, stdout: path.join(world.cwd, '2', 'stdout'), stderr: path.join(world.cwd, '2', 'stderr') });
});

void test('what a task waits for has its times in ISO 8601, as all of its figures', async (t) => {
  const { engine, world, said } = lab(t);
  const id = engine.add({ name: 'a' }, world.cwd);
  const waitOf = async (): Promise<unknown> => {
    said();
    await world.run('show', '1', '--json');
    return (JSON.parse(said()) as { readonly wait: unknown }).wait;
  };
  engine.wait(id, { type: 'editor', path: '/lab/data.json', since: 958_000 });
  assert.deepEqual(await waitOf(), { type: 'editor', path: '/lab/data.json', since: '1970-01-01T00:15:58.000Z', text: 'waits for data.json, which has unsaved changes in an editor' });
  engine.wait(id, { type: 'schedule', until: engine.now + 60_000 });
  assert.deepEqual(await waitOf(), { type: 'schedule', until: '1970-01-01T00:17:40.000Z', text: 'starts in 1 min' });
});

void test('orders name what they reached, and why not the rest', async (t) => {
  const { engine, world, said } = lab(t);
  const id = engine.add({ name: 'a' }, world.cwd);
  assert.equal(await world.run('hold', '1', '7'), 2);
  assert.deepEqual([said(), world.output.errors], ['held #1 a\n', '#7: there is no such task\n']);
  world.output.errors = '';
  assert.equal(await world.run('cancel', '2-99999'), 2);
  assert.equal(world.output.errors, '#2-99999: there is no such task\n');
  assert.equal(await world.run('release', '1'), 0);
  assert.equal(await world.run('priority', '1', '--to', 'high'), 0);
  assert.equal(await world.run('priority', '1', 'low'), 0);
  assert.equal(await world.run('cancel', '1', '--json'), 0);
  said();
  assert.equal(await world.run('retry', String(id)), 0);
  assert.equal(said(), 'queued again #1 a\n');
  assert.equal(await world.run('pause'), 0);
  assert.equal(await world.run('resume'), 0);
  assert.equal(await world.run('cancel', '--all'), 0);
  assert.equal(await world.run('clear', '--yes'), 0);
  assert.match(said(), /Cleared 1 finished task of /);
  assert.deepEqual(engine.orders.filter((order) => order.length < 99), ['hold 1 7', 'release 1', 'priority 1 1', 'priority 9 1', 'cancel 1', 'retry 1', `pause ${world.cwd}`, `resume ${world.cwd}`, 'cancel 1', `clear all of ${world.cwd}`]);
  assert.equal(world.opened.every(({ runsTasks, roots }) => !runsTasks || roots.length === 0), true);
});

void test('wait follows all that is due, also what comes in meanwhile, and leaves out what is held', async (t) => {
  const { engine, world, said } = lab(t);
  const [a, b] = [engine.add({ name: 'a' }, world.cwd), engine.add({ name: 'b' }, world.cwd)];
  await engine.hold([b]);
  const open = world.openEngine.bind(world);
  world.openEngine = (options) => {
    if (options.runsTasks) {
      void settled().then(() => {
        const c = engine.add({ name: 'c' }, world.cwd);
        ending(engine)([a]);
        ending(engine)([c]);
      });
    }
    return open(options);
  };
  assert.equal(await world.run('wait'), 0);
  assert.deepEqual(world.opened.at(-1)?.roots, [world.cwd]);
  assert.match(said(), /ended .*#1 a: succeeded[^]*ended .*#3 c: succeeded/);
  assert.equal(world.output.errors, '1 held or scheduled for later: not waited for.\n');
});

void test('what queues or follows tasks of a paused workspace says that they will not start, and what ends that', async (t) => {
  const { engine, world } = lab(t);
  assert.equal(await world.run('pause'), 0);
  const told = `The queue of ${world.cwd} is paused: nothing starts before \`parallel-workflow resume\`.\n`;
  assert.equal(await world.run('submit', 'a.py'), 0);
  assert.equal(world.output.errors, told);
  world.output.errors = '';
  world.cwd = path.dirname(world.cwd);
  const waiting = world.run('wait', '1', '-q');
  await until('it is told', () => world.output.errors !== '');
  const [{ task }] = await engine.views([taskId(1)]) as [TaskView];
  assert.equal(world.output.errors, told.replace('resume`', `resume --workspace ${task.workspace}\``));
  engine.start(task.id);
  engine.end(task.id);
  assert.equal(await waiting, 0);
});

void test('a batch named without its ending is found by who looks', async (t) => {
  const { world } = lab(t);
  writeFileSync(path.join(world.cwd, 'night.parallel.json'), BATCH);
  assert.equal(await world.run('batch', 'night'), 2);
  assert.equal(world.output.errors, `error: There is no batch file \`night\` in ${world.cwd}; did you mean \`night.parallel.json\`?\n`);
});

void test('wait says of tasks that were over before how long ago they ended', async (t) => {
  const { engine, world, said } = lab(t);
  for (const name of ['a', 'b']) {
    const id = engine.add({ name }, world.cwd);
    engine.start(id);
    engine.now += 2000;
    engine.end(id);
    engine.now += 600_000;
  }
  assert.equal(await world.run('wait', '1-2'), 0);
  assert.match(said(), /ended {5}#1 a: succeeded after 2\.0 s, 20 min ago\n.*#2 b: succeeded after 2\.0 s, 10 min ago\n[^]*\n2 tasks ran for 4\.0 s in all, within 10 min 4 s\.\n$/);
});

void test('wait for named tasks serves their own workspaces', async (t) => {
  const { engine, world } = lab(t);
  const id = engine.add({}, '/elsewhere');
  ending(engine, 4)([id]);
  assert.equal(await world.run('wait', '1', '-q'), 1);
  assert.deepEqual(world.opened.at(-1)?.roots, ['/elsewhere']);
  assert.equal(await world.run('wait', '5'), 2);
  assert.match(world.output.errors, /There is no task #5;/);
});

void test('status tells the machine, the limits, the counts and the engines', async (t) => {
  const { engine, world, said } = lab(t);
  engine.servedRoots = ['/other'];
  engine.add({}, '/other');
  await world.run('status');
  const text = said();
  for (const line of [/CPU +43 % of 4 cores/, /Memory +61 %, 6\.1 GB of 10 GB; nothing is started above 85 %/, /At most 11 tasks at once/, /simulation +2 +1 +256 MB/, /Cores and memory each: what is set aside for a task that declares nothing, until three runs of its script are known; a careful guess/, /here +0 +0/, /on this machine +0 +1/, /window {2}process 900 {2}\/other/]) assert.match(text, line);
});

void test('cancelling all is one order, whatever the queue does meanwhile, and no failure where nothing is left', async (t) => {
  const { engine, world, said } = lab(t);
  const mesh = engine.add({ name: 'mesh' }, world.cwd);
  engine.add({ name: 'plot' }, world.cwd);
  // A page that is asked for after another would miss what moved in between.
  engine.query = () => Promise.resolve({ items: [], total: 0 });
  assert.equal(await world.run('cancel', '--all'), 0);
  assert.deepEqual([said(), world.output.errors], ['cancelled #1 mesh\ncancelled #2 plot\n', '']);
  assert.equal(await world.run('cancel', '--all'), 0);
  assert.deepEqual([said(), engine.get(mesh).task.state.status], [`There is nothing to cancel in ${world.cwd}.\n`, 'finished']);
  assert.equal(await world.run('cancel', '2'), 2);
  assert.match(world.output.errors, /^#2: /);
});

void test('the summary is plain text with names as they are written, and a Markdown page when asked', async (t) => {
  const { engine, world, said } = lab(t);
  const id = engine.add({ name: 'sweep_rate=0.00' }, world.cwd);
  engine.start(id);
  engine.end(id, { type: 'failed', reason: 'exit', code: 3 });
  engine.now = new Date(2030, 0, 31, 21, 5).getTime();
  engine.end(id, { type: 'failed', reason: 'exit', code: 3 });
  assert.equal(await world.run('summary'), 0);
  const plain = said();
  assert.match(plain, /^Daily Summary\n\n[^\n]*21:05 to [^\n]*21:05\n\n- 1 task ended, 1 of them failed/);
  assert.match(plain, /\nFailed\n\n- #1 sweep_rate=0\.00: failed \(exit 3\)\n/);
  assert.equal(await world.run('summary', '--markdown'), 0);
  assert.match(said(), /^# Daily Summary\n[^]*\n## Failed\n\n- \\#1 sweep\\_rate=0\.00: failed \(exit 3\)\n/);
});

void test('a milestone that is wrong is told with file and line, and the others are shown', async (t) => {
  const { engine, world, said } = lab(t);
  const file = path.join(world.cwd, 'parallel_execution_config.json');
  const milestones = ['{ "name": "Paper", "due": "2030-01-31", "tags": ["p"] }', '{ "name": "Talk", "due": "soon", "tags": ["t"] }', '{ "name": "Book", "tags": ["b"] }'];
  writeFileSync(file, `{ "version": 2, "roles": { "project_management": { "options": { "milestones": [\n${milestones.join(',\n')}\n] } } } }`);
  assert.equal(await world.run('milestones'), 0);
  assert.match(said(), /^milestone .*\nPaper +2030-01-31 .*\nBook .*\n$/);
  assert.equal(world.output.errors, `${file}:3:26: warning: \`milestones[1].due\`: expected a date such as \`2030-01-31\`, got \`"soon"\`; this milestone is left out\n`);
  world.output.errors = '';
  rmSync(file);
  engine.user = { 'roles.definitions': { project_management: { options: { milestones: [{ name: 'Paper', due: 'soon', tags: ['p'] }] } } } };
  assert.equal(await world.run('milestones'), 0);
  assert.match(world.output.errors, /^user settings: warning: `milestones\[0\]\.due`: .*; this milestone is left out\n$/);
});

void test('milestones that are wrong are told where those in force stand, however many they are', async (t) => {
  const { engine, world } = lab(t);
  const file = path.join(world.cwd, 'parallel_execution_config.json');
  const rolesWith = (milestones: string | { name: string }[]) => ({ project_management: { options: { milestones } } });
  const errors = async (): Promise<readonly string[]> => {
    world.output.errors = '';
    assert.equal(await world.run('milestones'), 0);
    return world.output.errors.split('\n').slice(0, -1);
  };
  writeFileSync(file, JSON.stringify({ version: 2, roles: rolesWith(Array.from({ length: 103 }, () => ({ name: '' }))) }));
  const many = await errors();
  assert.ok(many.length > 0 && many.every((line) => line.startsWith(`${file}:1:`)), many.at(-1));
  writeFileSync(file, JSON.stringify({ version: 2, roles: rolesWith('x') }));
  assert.deepEqual((await errors()).map((line) => line.split(': ').slice(1).join(': ')), ['warning: `milestones`: expected a list of milestones; no milestone is in force']);
  // The file says the same, and settings of the workspace have the last word.
  mkdirSync(path.join(world.cwd, '.vscode'));
  const settings = path.join(world.cwd, '.vscode', 'settings.json');
  writeFileSync(settings, JSON.stringify({ 'parallelWorkflow.roles.definitions': rolesWith('x') }));
  engine.user = { 'roles.definitions': rolesWith('y') };
  const [ofFile, ofSettings, ...more] = await errors();
  assert.match(ofFile!, /no milestone is in force$/);
  assert.ok(ofSettings!.startsWith(`${settings}:1:`) && ofSettings!.endsWith(': warning: `milestones`: expected a list of milestones; no milestone is in force'), ofSettings);
  assert.deepEqual(more, []);
});

void test('who only reads milestones puts no roles in force', async (t) => {
  const { engine, world } = lab(t);
  writeFileSync(path.join(world.cwd, 'parallel_execution_config.json'), '{ "version": 2, "roles": { "nightly_checks": { "priority": 3 } } }');
  const before = await engine.roles();
  assert.equal(await world.run('milestones'), 0);
  assert.deepEqual(await engine.roles(), before);
  assert.ok(!before.some(({ role }) => role.name === 'nightly_checks'));
});

void test('a command that is about nothing in particular refuses words', async (t) => {
  const { world } = lab(t);
  for (const name of ['status', 'summary', 'milestones']) {
    world.output.errors = '';
    assert.equal(await world.run(name, 'now'), 2);
    assert.equal(world.output.errors, `error: \`${name}\` takes no words, got \`now\`.\n`);
  }
});

void test('what is wrong with an option is told by its name', async (t) => {
  const { world } = lab(t);
  const complaint = async (...words: string[]): Promise<string> => {
    world.output.errors = '';
    await world.run('submit', 'a.py', ...words);
    return world.output.errors;
  };
  assert.match(await complaint('--after', 'x'), /^error: Expected `--after` to be the number of a task, such as `12`, got `x`\./);
  assert.match(await complaint('--tag', ''), /^error: --tag: expected a text that is not empty/);
});
