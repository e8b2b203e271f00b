import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { scheduleId } from '../../../src/core/model/ids.ts';
import { FakeEngine } from '../../support/fake-engine.ts';
import { FakeWorld } from '../../support/fake-world.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { until } from '../../support/until.ts';

const UTC = ['--time-zone', 'UTC'];

function lab(t: TestContext) {
  const engine = new FakeEngine();
  engine.now = Date.parse('2030-01-31T08:00:00Z');
  const world = new FakeWorld(engine);
  world.cwd = tempFolder(t);
  mkdirSync(path.join(world.cwd, '.git'));
  const said = (): { readonly text: string; readonly errors: string } => {
    const { text, errors } = world.output;
    world.output.text = '';
    world.output.errors = '';
    return { text, errors };
  };
  return { engine, world, said };
}

void test('a schedule is added for scripts, for a command and for a batch file, in the words of the engine', async (t) => {
  const { engine, world, said } = lab(t);
  assert.equal(await world.run('schedules', 'add', 'sweep.py', '--daily', '08:30', ...UTC, '--type', 'analysis', '--missed', 'all', '--overlap', 'queue', '--', '--fast'), 0);
  assert.deepEqual(said(), { text: '·  #1  sweep.py  in 30 min · every day at 08:30 (UTC)\n', errors: '' });
  writeFileSync(path.join(world.cwd, 'night.parallel.json'), JSON.stringify({ name: 'Night', defaults: { type: 'utility' }, tasks: [{ script: 'a.py' }] }));
  assert.equal(await world.run('schedules', 'add', '--batch', 'night.parallel.json', '--weekly', 'mon,fri 06:00', ...UTC), 0);
  assert.equal(await world.run('schedules', 'add', '--monthly', 'last 23:00', ...UTC, '--name', 'Backup', '--paused', '--', 'make', 'backup'), 0);
  const written = [...engine.scheduled.views.values()].map(({ schedule: { name, rule, missed, overlap, paused, source, request } }) => ({ name, rule, missed, overlap, paused, source, request }));
  const base = world.cwd;
  assert.deepEqual(written, [
    { name: 'sweep.py', rule: { type: 'daily', time: 510 }, missed: 'all', overlap: 'queue', paused: false, source: { type: 'cli' }, request: { base, tasks: [{ type: 'analysis', script: 'sweep.py', args: ['--fast'] }], confine: false } },
    { name: 'Night', rule: { type: 'weekly', days: [1, 5], time: 360 }, missed: 'once', overlap: 'skip', paused: false, source: { type: 'cli' }, request: { base, defaults: { type: 'utility' }, tasks: [{ script: 'a.py' }], confine: false } },
    { name: 'Backup', rule: { type: 'monthly', day: 'last', time: 1380 }, missed: 'once', overlap: 'skip', paused: true, source: { type: 'cli' }, request: { base, tasks: [{ name: 'Backup', command: ['make', 'backup'] }], confine: false } },
  ]);
});

void test('schedules are listed as lines, as numbers and as data', async (t) => {
  const { engine, world, said } = lab(t);
  assert.equal(await world.run('schedules'), 0);
  assert.equal(said().text, `There are no schedules in ${world.cwd}; \`parallel-workflow schedules add\` makes one.\n`);
  await world.run('schedules', 'add', 'sweep.py', '--every', '15m');
  await world.run('schedules', 'add', 'report.py', '--cron', '0 9 * * *', ...UTC);
  engine.scheduled.ran(scheduleId(1), { progress: 'running', endedAt: undefined });
  engine.scheduled.fromFile(scheduleId(2), '/lab/s.json');
  said();
  await world.run('schedules', 'list');
  assert.deepEqual(said(), {
    text: '▸  #1  sweep.py   in 15 min · every 15 min · running\n!  #2  report.py  needs your trust before it runs · cron 0 9 * * * (UTC)\n',
    errors: '#2 report.py comes with a file of the workspace. Trust it with `parallel-workflow schedules trust 2`.\n',
  });
  await world.run('schedules', '--quiet');
  assert.equal(said().text, '1\n2\n');
  await world.run('schedules', '--json');
  const { schedules } = JSON.parse(said().text) as { schedules: readonly { id: number; state: string; nextAt: string | null; file: string | null; runs: readonly { progress: string }[] }[] };
  assert.deepEqual(schedules.map(({ id, state, nextAt, file, runs }) => ({ id, state, nextAt, file, runs: runs.map(({ progress }) => progress) })), [
    { id: 1, state: 'due', nextAt: '2030-01-31T08:15:00.000Z', file: null, runs: ['running'] },
    { id: 2, state: 'untrusted', nextAt: null, file: '/lab/s.json', runs: [] },
  ]);
  engine.scheduled.fromFile(scheduleId(1), '/lab/s.json');
  await world.run('schedules');
  assert.equal(said().errors, '2 of these come with a file of the workspace. Trust them with `parallel-workflow schedules trust 1 2`.\n');
});

void test('they are paused, resumed, run, trusted and removed, by number or by name', async (t) => {
  const { engine, world, said } = lab(t);
  for (const name of ['sweep.py', 'report.py']) await world.run('schedules', 'add', name, '--daily', '08:30', ...UTC);
  said();
  const state = (id: number): string => engine.scheduled.get(scheduleId(id)).state.type;
  assert.equal(await world.run('schedules', 'pause', '1', 'report.py'), 0);
  assert.deepEqual([said().text, state(1), state(2)], ['Paused #1 sweep.py.\nPaused #2 report.py.\n', 'paused', 'paused']);
  await world.run('schedules', 'resume', '#2');
  assert.deepEqual([said().text, state(2)], ['Resumed #2 report.py.\n', 'due']);
  engine.scheduled.queues = ['a.py', 'b.py', 'c.py'].map((name) => engine.add({ name })).slice(1);
  await world.run('schedules', 'run', 'report.py');
  assert.deepEqual([said().text, engine.scheduled.get(scheduleId(2)).runs[0]!.manual], ['Queued #2 b.py, #3 c.py.\n', true]);
  engine.scheduled.runScheduleNow = async (id) => Promise.resolve(engine.scheduled.ran(id, { manual: true, state: { type: 'waiting' } }));
  await world.run('schedules', 'run', 'report.py');
  assert.equal(said().text, '“report.py” is queued when its last run has ended.\n');
  engine.scheduled.fromFile(scheduleId(2), '/lab/s.json');
  assert.equal(await world.run('schedules', 'run', 'sweep.py', 'report.py'), 2);
  assert.deepEqual(said(), { text: '', errors: 'error: “report.py” comes with a file of the workspace, and nobody has said yes to it. Trust it with `parallel-workflow schedules trust 2`.\n' });
  await world.run('schedules', 'resume', 'report.py');
  assert.match(said().errors, /Trust it with `parallel-workflow schedules trust 2`\.\n$/);
  engine.scheduled.fromFile(scheduleId(2), '/lab/s.json');
  await world.run('schedules', 'trust', '2', '--json');
  assert.equal((JSON.parse(said().text) as { schedules: readonly { state: string }[] }).schedules[0]!.state, 'due');
  await world.run('schedules', 'remove', 'sweep.py', '--quiet');
  assert.deepEqual([said().text, [...engine.scheduled.views.keys()]], ['', [2]]);
});

void test('what is wrong is named in the words of the command line', async (t) => {
  const { engine, world, said } = lab(t);
  for (const name of ['sweep.py', 'sweep.py']) await world.run('schedules', 'add', name, '--daily', '08:30', ...UTC);
  said();
  const cases: readonly (readonly [words: readonly string[], error: string])[] = [
    [['add', 'a.py'], 'Expected when it comes due: one of `--every`, `--daily`, `--weekly`, `--monthly`, `--once`, `--cron`.\nNo schedule was made.'],
    [['add', 'a.py', '--daily', '25:00'], '--daily: expected a time such as `08:30`, got `"25:00"`\nNo schedule was made.'],
    [['add', 'a.py', '--daily', '08:00', '--time-zone', 'Europe/Atlantis'], '--time-zone: expected `local` or the name of a time zone, such as `Europe/Berlin`, got `"Europe/Atlantis"`\nNo schedule was made.'],
    [['add', 'a.py', '--weekly', 'mon 25:00'], '--weekly: time: expected a time such as `08:30`, got `"25:00"`\nNo schedule was made.'],
    [['add', 'a.py', '--weekly', 'mon'], 'Expected `--weekly` to be days and a time, such as "mon,fri 08:00", got `mon`.'],
    [['add', 'a.py', '--monthly', '31'], 'Expected `--monthly` to be a day and a time, such as "15 08:00" or "last 08:00", got `31`.'],
    [['add', 'a.py', '--every', '5m', '--start-at', '2030-01-31T08:00'], '`--start-at` does not go with a schedule: its tasks start when it comes due, such as `--once 2030-01-31T08:00`.'],
    [['add', '--every', '5m'], 'Expected a script, a command or a prompt: `parallel-workflow schedules add FILE...`, `parallel-workflow schedules add -- COMMAND` or `parallel-workflow schedules add --prompt TEXT`.'],
    [['add', 'a.py', '--batch', 'x', '--every', '5m'], '`--batch FILE` stands alone: the tasks are those of the file.'],
    [['list', 'x'], '`schedules list` takes no words, got `x`.'],
    [['pause'], '`schedules pause` needs the number or the name of a schedule.'],
    [['pasue', '1'], 'Expected one of `list`, `add`, `remove`, `pause`, `resume`, `run`, `trust` after `schedules`, got `pasue`; did you mean `pause`?'],
    [['pause', 'swep.py'], `There is no schedule \`swep.py\` in ${world.cwd}; did you mean \`sweep.py\`?`],
    [['pause', '1', 'sweep.py'], 'There are several schedules `sweep.py`: say which by its number: 1, 2.'],
    [['pause', '7'], `There is no schedule \`7\` in ${world.cwd}; \`parallel-workflow schedules\` lists those there are.`],
  ];
  for (const [words, error] of cases) {
    assert.deepEqual([await world.run('schedules', ...words), said()], [2, { text: '', errors: `error: ${error}\n` }], words.join(' '));
  }
  assert.equal(engine.scheduled.get(scheduleId(1)).state.type, 'due');
});

void test('serve is an engine of its workspaces until it is asked to end', async (t) => {
  const { engine, world, said } = lab(t);
  const other = tempFolder(t);
  const serving = world.run('serve', '.', other, '--jobs', '3');
  await until('it serves, and roles work', () => world.output.text.split(' works in ').length === 5);
  assert.deepEqual(world.opened.slice(1).map(({ kind, roots, runsTasks, jobs }) => ({ kind, roots, runsTasks, jobs })), [{ kind: 'cli', roots: [world.cwd, other], runsTasks: true, jobs: 3 }]);
  const roles = [world.cwd, other].flatMap((root) => ['resource_management', 'task_management'].map((role) => `The role ${role} works in ${root}\n`));
  assert.equal(said().text, `Serving ${world.cwd}, ${other}; Ctrl-C ends it.\n${roles.join('')}`);
  world.interrupts.fire('SIGTERM');
  assert.deepEqual([await serving, engine.closed, said().text], [0, 2, 'Ended; tasks that run go on.\n']);
  assert.equal(await world.run('serve', 'nowhere'), 2);
});
