import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfig } from '../../../../src/core/config/parse-config.ts';
import { ConfigApplied } from '../../../../src/core/settings/config-applied.ts';
import type { FoundConfig } from '../../../../src/core/config/config-reader.ts';
import type { EnginePort } from '../../../../src/core/engine/engine-port.ts';

const FILE = '/lab/claude_scheduler_config.json';
const TEXT = JSON.stringify({ schedules: [{ name: 'Nightly', daily: '02:00', tasks: [{ script: 'a.py' }] }] }, null, 2);

function found(text: string): FoundConfig {
  const { values, problems } = parseConfig('scheduler', text, { cores: 8, memory: 2 ** 34 });
  return { file: 'scheduler', path: FILE, root: '/lab', inForce: values, problems };
}

function scripted(text = TEXT) {
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
  const applied = new ConfigApplied({ engine, readText: () => Promise.resolve(text) });
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

test('a window without files asks for its own schedules only, and leaves those of other workspaces alone', async () => {
  const { applied, asked, calls } = scripted();
  await applied.apply(['/lab'], []);
  await applied.apply([], []);
  assert.deepEqual([asked, calls], [[['/lab']], []]);
});
