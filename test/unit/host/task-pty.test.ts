import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { UserError } from '../../../src/core/base/user-error.ts';
import type { TaskId } from '../../../src/core/model/ids.ts';
import type { TaskSpec } from '../../../src/core/model/spec.ts';
import { plainText } from '../../../src/host/log/plain-text.ts';
import { TaskPty } from '../../../src/host/tasks/task-pty.ts';
import { TaskWatch } from '../../../src/host/tasks/task-watch.ts';
import { FakeEngine } from '../../support/fake-engine.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { ManualClock } from '../views/manual-clock.ts';

interface World {
  readonly engine: FakeEngine;
  readonly clock: ManualClock;
  readonly id: TaskId;
  readonly pty: TaskPty;
  readonly cancelled: TaskId[];
  readonly codes: number[];
  /** The folder of a run, with empty logs. */
  readonly runFolder: (name: string) => string;
  readonly screen: () => string;
  /** Time passes until the screen matches. */
  readonly until: (pattern: RegExp) => Promise<void>;
}

function world(t: TestContext, spec: Partial<TaskSpec> = {}, begin?: () => Promise<TaskId>): World {
  const engine = new FakeEngine();
  const clock = new ManualClock(engine.now);
  const id = engine.add({ name: 'sweep.py', work: { kind: 'script', path: '/lab/sweep.py' }, ...spec });
  const watch = new TaskWatch(engine, () => ['/lab'], clock, (error) => assert.fail(String(error)));
  const cancelled: TaskId[] = [];
  const codes: number[] = [];
  let written = '';
  const pty = new TaskPty({ watch, clock, begin: begin ?? (() => Promise.resolve(id)), cancel: (task) => cancelled.push(task) });
  pty.onDidWrite((text) => (written += text));
  pty.onDidClose((code) => codes.push(code));
  t.after(() => pty.close());
  const home = tempFolder(t);
  const screen = (): string => plainText(written);
  return {
    engine,
    clock,
    id,
    pty,
    cancelled,
    codes,
    screen,
    runFolder: (name) => {
      const folder = path.join(home, name);
      mkdirSync(folder);
      for (const stream of ['stdout', 'stderr']) writeFileSync(path.join(folder, stream), '');
      return folder;
    },
    until: async (pattern) => {
      for (let turn = 0; turn < 400; turn++) {
        await clock.advance(50);
        if (pattern.test(screen())) return;
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      assert.match(screen(), pattern);
    },
  };
}

test('it says why the task waits, shows its output as it comes, and ends with its outcome and exit code', async (t) => {
  const { engine, id, pty, codes, runFolder, screen, until } = world(t);
  engine.wait(id, { type: 'typeLimit', taskType: 'simulation', limit: 2, running: 2 });
  pty.open({ columns: 80 });
  await until(/◌ waits for a place: 2 of 2 simulation running/);
  const folder = runFolder('1');
  engine.start(id, { folder, argv: ['python3', '/lab/sweep.py'] });
  await until(/▶ python3 \/lab\/sweep\.py/);
  appendFileSync(path.join(folder, 'stdout'), 'half way\n');
  await until(/half way/);
  appendFileSync(path.join(folder, 'stderr'), 'Traceback\n');
  engine.now += 3000;
  engine.end(id, { type: 'failed', reason: 'exit', code: 3 }, { exitCode: 3 });
  await until(/✖ failed \(exit 3\)/);
  assert.deepEqual(codes, [3]);
  assert.equal(
    screen(),
    ['▶ python3 /lab/sweep.py', 'in /lab · Ctrl+C cancels the task, closing this terminal does not', '', 'half way', 'Traceback', '', '✖ failed (exit 3) after 3.0 s · log of task #1', ''].join('\n'),
  );
});

test('a run that was over at once is shown whole', async (t) => {
  const { engine, id, pty, codes, runFolder, screen, until } = world(t);
  const folder = runFolder('1');
  writeFileSync(path.join(folder, 'stdout'), 'all of it\n');
  engine.start(id, { folder });
  engine.end(id);
  pty.open(undefined);
  await until(/✔ succeeded/);
  assert.match(screen(), /all of it\n\n✔ succeeded/);
  assert.deepEqual(codes, [0]);
});

test('it stays through the attempts of a task', async (t) => {
  const { engine, id, pty, runFolder, screen, until, codes } = world(t, { retries: 1 });
  engine.start(id, { folder: runFolder('1') });
  pty.open(undefined);
  await until(/▶/);
  engine.end(id, { type: 'failed', reason: 'exit', code: 1 }, {}, engine.now + 5000);
  await until(/✖ attempt 1 failed \(exit 1\)\n◌ /);
  const folder = runFolder('2');
  engine.start(id, { folder });
  await until(/attempt 2\)/);
  writeFileSync(path.join(folder, 'stdout'), 'now it works\n');
  engine.end(id);
  await until(/✔ succeeded/);
  assert.match(screen(), /now it works/);
  assert.deepEqual(codes, [0]);
});

test('Ctrl+C cancels the task, other keys do nothing, closing does nothing either', async (t) => {
  const { engine, id, pty, cancelled, codes, runFolder, until } = world(t);
  engine.start(id, { folder: runFolder('1') });
  pty.open(undefined);
  await until(/▶/);
  pty.handleInput('x');
  assert.deepEqual(cancelled, []);
  pty.handleInput('\u0003');
  assert.deepEqual(cancelled, [id]);
  pty.close();
  engine.end(id, { type: 'cancelled' });
  assert.deepEqual([cancelled, codes], [[id], []]);
});

test('what could not be queued is told, and the terminal ends with 1', async (t) => {
  const { pty, codes, until } = world(t, {}, () => Promise.reject(new UserError('There is no file `swep.py`.')));
  pty.open(undefined);
  await until(/There is no file `swep\.py`\./);
  assert.deepEqual(codes, [1]);
});

test('a task that is cleared away ends its terminal', async (t) => {
  const { engine, id, pty, codes, until } = world(t);
  pty.open(undefined);
  await until(/◌/);
  engine.remove(id);
  await until(/cleared away/);
  assert.deepEqual(codes, [1]);
});

test('a log that cannot be read does not keep the end from being told', async (t) => {
  const { engine, id, pty, codes, runFolder, until } = world(t);
  const folder = runFolder('1');
  rmSync(path.join(folder, 'stdout'));
  mkdirSync(path.join(folder, 'stdout'));
  engine.start(id, { folder });
  pty.open(undefined);
  await until(/▶/);
  engine.end(id);
  await until(/✔ succeeded/);
  assert.deepEqual(codes, [0]);
});

test('an error while it shows is told, and ends the terminal', async (t) => {
  const { engine, id, pty, codes, until } = world(t);
  pty.open(undefined);
  await until(/◌/);
  engine.start(id, { folder: 7 as never });
  await until(/must be of type string/);
  assert.deepEqual(codes, [1]);
});
