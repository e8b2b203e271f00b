import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { syncFileSchedules } from '../../../src/cli/config/sync-file-schedules.ts';
import { FakeEngine } from '../../support/fake-engine.ts';
import { tempFolder } from '../../support/temp-folder.ts';

void test('the engine hears what files hold, and that a file is gone; a file with mistakes changes nothing', async (t) => {
  const root = tempFolder(t);
  const file = path.join(root, 'claude_scheduler_config.json');
  const fake = new FakeEngine();
  const told: unknown[] = [];
  const engine = {
    schedules: fake.schedules,
    syncFileSchedules: (workspace: string, at: string, written: readonly unknown[]) => {
      told.push([workspace, at, written]);
      return Promise.resolve(written.length === 0 ? [] : [{ where: 'schedules[0].every', message: 'too often' }]);
    },
  };
  const tick = { name: 'Tick', every: '2s', tasks: [{ command: ['true'] }] };

  writeFileSync(file, JSON.stringify({ version: 2, schedules: [tick] }));
  assert.deepEqual(await syncFileSchedules([root], engine), [`${file}: \`schedules[0].every\`: too often`]);
  assert.deepEqual(told.splice(0), [[root, file, [tick]]]);

  writeFileSync(file, '{ "schedules": [');
  assert.match((await syncFileSchedules([root], engine)).join('\n'), /claude_scheduler_config\.json:1: /);
  assert.deepEqual(told, []);

  const added = await fake.addSchedule(root, tick, 'cli');
  assert.ok(added.ok);
  fake.scheduled.fromFile(added.value, path.join(root, '.vscode', 'claude_scheduler_config.json'));
  await syncFileSchedules([root], engine);
  assert.deepEqual(told, [[root, path.join(root, '.vscode', 'claude_scheduler_config.json'), []]]);
});
