import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { CliLab } from '../support/engines/cli-lab.ts';
import { until } from '../support/until.ts';

interface Listed {
  readonly schedules: readonly { readonly id: number; readonly state: string; readonly served: boolean; readonly runs: readonly { readonly state: string; readonly manual: boolean; readonly progress: string | null; readonly tasks: readonly number[] }[] }[];
}

void test('what is scheduled runs while somebody serves, each due time once, and is picked up by the next who does', async (t) => {
  const lab = new CliLab(t);
  lab.write('note.mjs', 'import fs from "node:fs"; fs.appendFileSync("notes", `${process.argv[2]}\\n`);');
  const notes = (): readonly string[] => readFileSync(path.join(lab.workspace, 'notes'), { encoding: 'utf8', flag: 'a+' }).split('\n').slice(0, -1);
  const added = await lab.run('schedules', 'add', 'note.mjs', '--every', '1s', '--overlap', 'queue', '--', 'often');
  assert.match(added.text, /^· {2}#1 {2}note\.mjs {2}waits for a trusted window, or `parallel-workflow serve`, in its workspace · every 1 s\n$/);
  assert.match(added.errors, /^No engine serves this workspace now, so nothing comes due yet: .*`parallel-workflow serve`\.\n$/);
  assert.equal((await lab.run('schedules', 'add', 'note.mjs', '--name', 'later', '--daily', '08:30', '--', 'daily')).code, 0);
  assert.equal((await lab.run('schedules', 'run', 'later')).text, 'Queued #1 later.\n');
  assert.deepEqual(notes(), []);

  const serving = lab.start('serve');
  await until('both have run', () => notes().includes('daily') && notes().filter((note) => note === 'often').length >= 3);
  assert.match(serving.said(), /^Serving .*lab; Ctrl-C ends it\.\n/);
  assert.match(serving.said(), /Schedule 1 “note\.mjs”, due .*: queued batch \d+\n/);
  const second = await lab.run('serve', 'nowhere');
  assert.match(second.errors, /There is no folder `.*nowhere`/);
  assert.equal((await lab.run('schedules', 'pause', '1')).code, 0);
  await until('all has ended', async () => (await lab.json<Listed>('schedules')).schedules.every(({ runs }) => runs.every(({ progress }) => progress === null || progress === 'succeeded')));
  const { schedules } = await lab.json<Listed>('schedules');
  assert.deepEqual(schedules.map(({ id, state, served }) => ({ id, state, served })), [{ id: 1, state: 'paused', served: true }, { id: 2, state: 'due', served: true }]);
  assert.deepEqual(schedules[1]!.runs.map(({ state, manual, progress }) => ({ state, manual, progress })), [{ state: 'queued', manual: true, progress: 'succeeded' }]);
  assert.deepEqual(notes().filter((note) => note === 'daily').length, 1);

  serving.kill('SIGTERM');
  const ended = await serving.ended;
  assert.deepEqual([ended.code, ended.signal, ended.errors], [0, null, '']);
  assert.match(ended.text, /Ended; tasks that run go on\.\n$/);
  assert.equal((await lab.json<Listed>('schedules')).schedules[0]!.served, false);

  const before = notes().length;
  assert.equal((await lab.run('schedules', 'resume', '1')).code, 0);
  const next = lab.start('serve', '--quiet');
  await until('it goes on', () => notes().length > before);
  next.kill('SIGINT');
  assert.deepEqual(await next.ended, { code: 0, signal: null, text: '', errors: '' });
  assert.equal((await lab.run('schedules', 'remove', '1', 'later')).text, 'Removed #1 note.mjs.\nRemoved #2 later.\n');
});

void test('a task tells which schedule queued it', async (t) => {
  const lab = new CliLab(t);
  await lab.run('schedules', 'add', 'ok.mjs', '--name', 'Night', '--daily', '08:30');
  await lab.run('schedules', 'run', 'Night');
  const { tasks } = await lab.json<{ readonly tasks: readonly { readonly id: number; readonly schedule: unknown }[] }>('list');
  assert.deepEqual(tasks.map(({ id, schedule }) => ({ id, schedule })), [{ id: 1, schedule: { id: 1, name: 'Night' } }]);
  assert.match((await lab.run('show', '1')).text, /Schedule +#1 Night/);
});
