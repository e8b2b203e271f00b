import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { systemClock } from '../../../src/core/base/clock.ts';
import { silentLog } from '../../../src/core/base/log.ts';
import { UserError } from '../../../src/core/base/user-error.ts';
import { DEFAULT_OPTIONS } from '../../../src/core/engine/engine-options.ts';
import { EngineClient } from '../../../src/host/engine-client.ts';
import { workerThreads } from '../../../src/host/engine/engine-thread.ts';
import { tempFolder } from '../../support/temp-folder.ts';

function clientOf(t: TestContext, home: string, root: string): EngineClient {
  const entry = new URL('../../../src/host/engine-worker.ts', import.meta.url);
  const client = new EngineClient(workerThreads(entry), () => ({ ...DEFAULT_OPTIONS, home, kind: 'window', roots: [root] }), silentLog, systemClock);
  t.after(() => client.close());
  return client;
}

test('a real engine in a real thread runs a task and tells of it', async (t) => {
  const home = tempFolder(t);
  const root = tempFolder(t);
  const client = clientOf(t, home, root);
  const submitted = await client.submit({ workspace: root, name: 'one', tasks: [{ command: [process.execPath, '--version'] }], confine: true });
  assert.ok(submitted.ok);
  const [id] = submitted.value.tasks;
  await new Promise<void>((resolve, reject) => {
    // A change that is heard of at the very end finds the engine closed.
    const look = (): unknown => client.views([id!]).then(([view]) => view?.task.state.status === 'finished' && resolve(), reject);
    client.onDidChange(look);
    look();
  });
  const [view] = await client.views([id!]);
  assert.deepEqual(view?.task.state.status === 'finished' && view.task.state.outcome, { type: 'succeeded' });
});

test('what a real engine refuses to open comes across as an error for people', async (t) => {
  const folder = tempFolder(t);
  const file = path.join(folder, 'a-file');
  writeFileSync(file, '');
  const client = clientOf(t, path.join(file, 'state'), folder);
  await assert.rejects(client.status([]), (error) => error instanceof UserError && error.message.includes(file));
});
