import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfig } from '../../../../src/core/config/parse-config.ts';
import { ConfigApplied } from '../../../../src/core/settings/config-applied.ts';
import type { FoundConfig } from '../../../../src/core/config/config-reader.ts';
import type { EnginePort } from '../../../../src/core/engine/engine-port.ts';

const FILE = '/lab/claude_scheduler_config.json';
const TEXT = JSON.stringify({ schedules: [{ name: 'Nightly', daily: '02:00', tasks: [{ script: 'a.py' }] }] }, null, 2);

function found(text: string, path = FILE): FoundConfig {
  const { values, ...parsed } = parseConfig('scheduler', text, { cores: 8, memory: 2 ** 34 });
  return { ...parsed, file: 'scheduler', path, root: '/lab', inForce: values };
}

function scripted() {
  const calls: string[] = [];
  const asked: (readonly string[])[] = [];
  let wrong: Awaited<ReturnType<EnginePort['syncFileSchedules']>> = [];
  const engine = {
    syncFileSchedules: (root: string, file: string, written: readonly unknown[]) => {
      calls.push(`sync ${root} ${file} ${written.length}`);
      return Promise.resolve(wrong);
    },
    schedules: (roots: readonly string[]) => {
      asked.push(roots);
      return Promise.resolve([]);
    },
  };
  const applied = new ConfigApplied(engine);
  return { applied, calls, asked, refuse: (problems: typeof wrong) => (wrong = problems) };
}

test('schedules go to the engine, and go away with their file', async () => {
  const { applied, calls } = scripted();
  await applied.apply(['/lab'], [found(TEXT)]);
  await applied.apply(['/lab'], []);
  await applied.apply(['/lab'], []);
  assert.deepEqual(calls, [`sync /lab ${FILE} 1`, `sync /lab ${FILE} 0`]);
});

test('what the engine says of a schedule is told at its line', async () => {
  const { applied, refuse } = scripted();
  refuse([{ where: 'schedules[0].tasks[0].script', message: 'there is no file `a.py`' }]);
  const problems = await applied.apply(['/lab'], [found(TEXT)]);
  assert.deepEqual(problems.get(FILE)?.map(({ message, place }) => [message, place.line + 1]), [['`schedules[0].tasks[0].script`: there is no file `a.py`', 8]]);
});

test('what is said of a schedule in an older shape, or beside wrong ones, is told at its line as well', async () => {
  const { applied, refuse } = scripted();
  const lines = async (config: object, where: string): Promise<number[]> => {
    refuse([{ where, message: 'no' }]);
    return [...(await applied.apply(['/lab'], [found(JSON.stringify(config, null, 2))])).values()].flatMap((problems) => problems.map(({ place }) => place.line + 1));
  };
  assert.deepEqual(await lines({ schedules: [7, { name: 'A', daily: '25:00' }] }, 'schedules[1].daily'), [6]);
  assert.deepEqual(await lines({ scheduled_tasks: { A: { schedule_type: 'daily' }, B: { schedule_type: 'daily' } } }, 'schedules[1].daily'), [6]);
  assert.deepEqual(await lines({ timeZone: 'UTC', schedules: [{ name: 'A', timeZone: 'Mars/Olympus', daily: '02:00' }] }, 'schedules[0].timeZone'), [6]);
});

test('a wrong time zone of the file is told with the file, and not again with each schedule', async () => {
  const { applied, refuse } = scripted();
  refuse([{ where: 'schedules[0].timeZone', message: 'no' }, { where: 'schedules[0].daily', message: 'no' }, { where: 'schedules[1].timeZone', message: 'no' }]);
  const text = JSON.stringify({ timeZone: 'Mars/Olympus', schedules: [{ name: 'A', daily: '25:00' }, { name: 'B', timeZone: 'Mars/Tharsis', daily: '02:00' }] });
  assert.deepEqual((await applied.apply(['/lab'], [found(text)])).get(FILE)?.map(({ message }) => message), ['`schedules[0].daily`: no', '`schedules[1].timeZone`: no']);
});

test('what the engine has of a file that cannot be understood stays', async () => {
  const { applied, calls } = scripted();
  for (const text of ['{ "schedules": [', '{ "schedules": 7 }', '{ "shedules": [] }', '{ "version": 3, "schedules": [] }']) await applied.apply(['/lab'], [found(text)]);
  assert.deepEqual(calls, []);
  await applied.apply(['/lab'], [found('{ "timeZone": "UTC" }')]);
  assert.deepEqual(calls, [`sync /lab ${FILE} 0`]);
});

test('of two files of a workspace the later has the word, and while it cannot be understood all stays', async () => {
  const { applied, calls } = scripted();
  const later = '/lab/.vscode/claude_scheduler_config.json';
  await applied.apply(['/lab'], [found(TEXT), found('{ "timeZone": "UTC" }', later)]);
  await applied.apply(['/lab'], [found(TEXT), found(TEXT, later)]);
  await applied.apply(['/lab'], [found(TEXT), found('{', later)]);
  assert.deepEqual(calls, [`sync /lab ${FILE} 1`, `sync /lab ${later} 0`, `sync /lab ${FILE} 0`, `sync /lab ${later} 1`]);
});

test('a window without files asks for its own schedules only, and leaves those of other workspaces alone', async () => {
  const { applied, asked, calls } = scripted();
  await applied.apply(['/lab'], []);
  await applied.apply([], []);
  assert.deepEqual([asked, calls], [[['/lab']], []]);
});
