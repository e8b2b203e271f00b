import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { COMMANDS } from '../../../src/cli/command-table.ts';
import { BrokenOff } from '../../../src/cli/broken-off.ts';
import { UserError } from '../../../src/core/base/user-error.ts';
import { storeFile } from '../../../src/core/store/store-file.ts';
import { FakeEngine } from '../../support/fake-engine.ts';
import { FakeWorld } from '../../support/fake-world.ts';
import { tempFolder } from '../../support/temp-folder.ts';

async function cli(...words: readonly string[]) {
  const engine = new FakeEngine();
  const world = new FakeWorld(engine);
  const code = await world.run(...words);
  return { code, text: world.output.text, errors: world.output.errors, world, engine };
}

void test('without a command it says what there is', async () => {
  for (const words of [[], ['help'], ['--help'], ['-h']]) {
    const { code, text, world } = await cli(...words);
    assert.equal(code, 0);
    for (const { name, summary } of COMMANDS) assert.match(text, new RegExp(`^  ${name} +${summary}$`, 'm'));
    assert.equal(world.opened.length, 0);
  }
});

for (const { name } of COMMANDS) {
  void test(`\`${name}\` says how it is used, without opening the store`, async () => {
    const asked = await cli(name, '--help');
    assert.equal(asked.code, 0);
    assert.match(asked.text, new RegExp(`^parallel-workflow ${name}: .*\\n\\nUsage\\n  parallel-workflow ${name}`));
    assert.match(asked.text, /--json/);
    assert.equal((await cli('help', name)).text, asked.text);
    assert.equal(asked.world.opened.length, 0);
  });
}

for (const name of ['wait', 'cancel', 'hold', 'release', 'retry', 'priority', 'clear']) {
  void test(`\`${name} --help\` says that it takes ranges of numbers`, async () => {
    assert.match((await cli(name, '--help')).text, /^ID is the number of a task, such as 12, or a range of numbers, 12-40; /m);
  });
}

void test('the options of every command may stand before it, and choose the state folder and the workspace', async (t) => {
  const home = tempFolder(t);
  writeFileSync(storeFile(home), '');
  const { world, code } = await cli('--home', home, '--workspace', '/', '--json', 'list');
  assert.equal(code, 0);
  assert.equal(world.opened[0]?.home, home);
  assert.deepEqual(JSON.parse(world.output.text), { workspace: '/', totals: { running: 0, waiting: 0, scheduled: 0, finished: 0 }, tasks: [] });
});

for (const words of [['list'], ['show', '1'], ['wait'], ['cancel', '--all'], ['roles'], ['schedules', 'list'], ['agents']]) {
  void test(`\`${words.join(' ')} --home\` makes no state folder where there is none`, async () => {
    const { code, errors, world } = await cli(...words, '--home', 'elsewhere');
    assert.deepEqual([code, errors], [2, `error: \`--home\`: there is no state of Parallel Workflow in \`/lab/elsewhere\`, which \`${words[0]!}\` is about; name the folder that tasks were queued in, or leave it out for the usual one.\n`]);
    assert.equal(world.opened.length, 0);
  });
}

void test('what queues, or orders of a workspace, makes the state folder that it names', async () => {
  for (const words of [['submit', 'a.py'], ['pause'], ['roles', 'pause', 'gui_testing'], ['schedules', 'add', 'a.py', '--daily', '12:00']]) {
    const { world } = await cli(...words, '--home', 'elsewhere', '--workspace', '/');
    assert.equal(world.opened[0]?.home, '/lab/elsewhere', words.join(' '));
  }
});

const WRONG: readonly (readonly [words: readonly string[], error: string])[] = [
  [['runn'], 'Unknown command `runn`; did you mean `run`?'],
  [['frobnicate'], 'Unknown command `frobnicate`; `parallel-workflow help` lists the commands.'],
  [['help', 'lst'], 'Unknown command `lst`; did you mean `list`?'],
  [['-z'], 'Unknown option `-z`; `parallel-workflow help` lists them.'],
  [['list', '--al'], 'Unknown option `--al`; did you mean `--all`?'],
  [['list', 'x'], '`list` takes no words, got `x`; one task is shown by `parallel-workflow show ID`.'],
  [['list', '--state', 'runing'], 'Expected `--state` to be one of `running`, `waiting`, `scheduled`, `finished`, got `runing`; did you mean `running`?'],
  [['list', '--limit', '0'], 'Expected `--limit` to be an integer ≥ 1, got `0`.'],
  [['run', 'a.py', '--jobs', '-1'], 'Expected `--jobs` to be an integer ≥ 1, got `-1`.'],
  [['run', 'a.py', '--seed', '7'], 'Unknown option `--seed`; `parallel-workflow run --help` lists them. What is meant for the script stands behind `--`.'],
  [['sweep', 'a.py', '--paramm', 'n=1'], 'Unknown option `--paramm`; did you mean `--param`?'],
  [['run', '-'], '`-` would be the standard input, which does not reach a task, since that outlives this terminal; write what comes in to a file, and name that.'],
  [['priority', '1', '--to', 'x'], 'Expected `--to` to be a number (lower runs first), `high`, `normal` or `low`, got `x`.'],
  [['priority', '1', 'foo'], 'Expected `high`, `normal`, `low` or `--to N` behind the tasks, got `foo`.'],
  [['priority', 'foo'], 'Expected the number of a task, such as `12`, got `foo`; `parallel-workflow list` shows the numbers.'],
  [['priority', '1'], 'Expected `--to` to be a number (lower runs first), `high`, `normal` or `low`, got nothing.'],
  [['submit', '--batch', 'night.parallel.json', '--file', 'out.json'], '`--file` says nothing of the tasks of a batch file; write it into the file, under `defaults` or in its tasks.'],
  [['lock'], 'Expected at least one file: `parallel-workflow lock FILE... -- COMMAND`.'],
  [['lock', '--', 'make'], 'Expected at least one file: `parallel-workflow lock FILE... -- COMMAND`.'],
  [['lock', 'a', 'make'], 'Expected a command after `--`: `parallel-workflow lock FILE... -- COMMAND`.'],
  [['lock', 'a', '--'], 'Expected a command after `--`, got nothing: `parallel-workflow lock FILE... -- COMMAND`.'],
  [['lock', 'a', '--hold', '--', 'make'], '`--hold` runs no command: it holds the files until its input ends.'],
  [['lock', 'a', '--raed', '--', 'make'], 'Unknown option `--raed`; did you mean `--read`?'],
  [['lock', 'a', '--timeout', 'soon', '--', 'make'], '`--timeout`: expected a duration such as `90s` or `5m`, or a number of seconds, got `soon`.'],
  [['lock', '', '--', 'make'], 'Expected the name of a file, got an empty text.'],
  [['locks', 'a'], '`locks` takes no words, got `a`; a file is locked by `parallel-workflow lock FILE... -- COMMAND`.'],
  [['batch'], 'Expected one batch file: `parallel-workflow batch FILE`.'],
  [['cancel', '--all', '3'], '`--all` and the numbers of tasks do not go together.'],
  [['pause', '3'], '`pause` is about a whole workspace (`--workspace DIR`); single tasks are held by `parallel-workflow hold ID`.'],
  [['log', '3', '--follow', '--run', '1'], '`--follow` does not go with `--run`: it follows the latest run.'],
  [['submit', '--batch', 'x', 'y'], '`--batch FILE` stands alone: the tasks are those of the file.'],
];

for (const [words, error] of WRONG) {
  void test(`\`${words.join(' ')}\` is a usage error that says what to do`, async () => {
    const { code, text, errors, world } = await cli(...words);
  assert.deepEqual({ code, text, errors }, { code: 2, text: '', errors: `error: ${error}\n` });
    assert.equal(world.opened.length, 0);
  });
}

void test('under --json an error is one object on one line, with the exit code, whatever else the words are', async () => {
  for (const words of [['--json', 'show', '9'], ['show', '9', '--json'], ['show', '9', '--json', '--no-color']]) {
    const { code, text, errors } = await cli(...words);
    assert.deepEqual([code, text, errors], [2, '', '{"error":{"exitCode":2,"message":"There is no task #9; `parallel-workflow list --all` shows those there are."}}\n'], words.join(' '));
  }
  assert.match((await cli('runn', '--json')).errors, /^\{"error":\{"exitCode":2,"message":"Unknown command `runn`/);
  assert.match((await cli('list', '--json', '--al')).errors, /^\{"error":/);
  for (const name of ['summary', 'milestones', 'assess']) assert.match((await cli(name, '--json', '--markdown')).errors, /^\{"error":.*Expected one of `--markdown` and `--json`, got both\./, name);
  // What stands behind `--` is the task's own.
  assert.match((await cli('run', '--jobs', '0', '--', 'make', '--json')).errors, /^error: /);
  const world = new FakeWorld(new FakeEngine());
  world.openEngine = () => Promise.reject(new BrokenOff('Two\nlines.'));
  assert.equal(await world.run('list', '--json'), 1);
  assert.equal(world.output.errors, '{"error":{"exitCode":1,"message":"Two\\nlines."}}\n');
});

void test('an error for people is its message alone, and no failure of a task; a bug is thrown on', async () => {
  const world = new FakeWorld(new FakeEngine());
  world.openEngine = () => Promise.reject(new UserError('The disk is full.', 'Free some space.'));
  assert.equal(await world.run('list'), 2);
  assert.equal(world.output.errors, 'error: The disk is full. Free some space.\n');
  world.openEngine = () => Promise.reject(new BrokenOff('The output cannot be written.'));
  assert.equal(await world.run('list'), 1);
  world.openEngine = () => Promise.reject(new TypeError('bug'));
  await assert.rejects(world.run('list'), TypeError);
});
