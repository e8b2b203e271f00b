import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Permission, WriteIntent, WritingCall } from '../../../../src/agent/agent-driver.ts';
import { LockGuard } from '../../../../src/agent/files/lock-guard.ts';
import { DEFAULT_OPTIONS } from '../../../../src/core/engine/engine-options.ts';
import type { EnginePort } from '../../../../src/core/engine/engine-port.ts';
import { openEngine } from '../../../../src/core/engine/open-engine.ts';
import type { Claim } from '../../../../src/core/model/files/claim.ts';
import type { TaskId } from '../../../../src/core/model/ids.ts';
import { sh, TestEngine } from '../../../support/test-engine.ts';
import { until } from '../../../support/until.ts';
import { ManualClock } from '../../views/manual-clock.ts';

const POSIX = { skip: process.platform === 'win32' };

/** A task that runs until it is let go. */
async function runningTask(engine: TestEngine, name: string, files: readonly (string | object)[]): Promise<{ readonly id: TaskId; readonly end: () => void }> {
  const gate = path.join(engine.home, `gate-${name}`);
  const end = (): void => fs.writeFileSync(gate, '');
  const [id] = await engine.submit(sh(`while [ ! -e '${gate}' ] && [ -e '${engine.home}' ]; do sleep 0.02; done`, { name, files }));
  await engine.when(id!, 'running');
  return { id: id!, end };
}

/** The guard of one task's run, with an engine of its own as in the runner. */
class GuardLab {
  readonly clock = new ManualClock(Date.now());
  readonly changed: string[] = [];
  readonly diffs: string[] = [];
  readonly guard: LockGuard;
  readonly engine: EnginePort;
  private readonly workspace: string;
  private end = (): void => undefined;
  private calls = 0;

  private constructor(engine: EnginePort, workspace: string, task: TaskId, files: readonly Claim[], context: readonly string[]) {
    this.engine = engine;
    this.workspace = workspace;
    this.guard = new LockGuard({
      engine,
      request: { task, name: `agent ${task}`, workspace, cwd: workspace, files, context },
      record: { changed: (file) => void this.changed.push(path.relative(workspace, file)), diff: (text) => void this.diffs.push(text) },
      clock: this.clock,
      ending: new Promise((resolve) => (this.end = resolve)),
    });
  }

  static async open(t: TestContext, { home, workspace, port }: TestEngine, task: TaskId, context: readonly string[] = []): Promise<GuardLab> {
    const engine = await openEngine({ ...DEFAULT_OPTIONS, home, kind: 'agent', roots: [], runsTasks: false });
    t.after(() => engine.close());
    const files = (await port.detail(task))!.task.spec.files;
    return new GuardLab(engine, workspace, task, files, context.map((name) => path.join(workspace, name)));
  }

  before(writes: readonly string[] | 'unknown', more: Partial<WritingCall> = {}): Promise<Permission & { readonly id: string }> {
    const id = `call ${++this.calls}`;
    const intent: WriteIntent = writes === 'unknown' ? writes : writes.map((name) => path.join(this.workspace, name));
    return this.guard.before({ id, tool: 'Edit', writes: intent, ...more }).then((permission) => ({ ...permission, id }));
  }

  /** A whole call that writes. */
  async call(writes: readonly string[] | 'unknown', act: () => void, more: Partial<WritingCall> = {}): Promise<string> {
    const { granted, id } = await this.before(writes, more);
    assert.ok(granted);
    act();
    return this.guard.after(id);
  }

  stop(): void {
    this.end();
  }
}

async function why(asking: Promise<Permission>): Promise<string> {
  const permission = await asking;
  assert.ok(!permission.granted);
  return permission.refusal.why;
}

async function holders(engine: TestEngine): Promise<readonly string[]> {
  const uses = await engine.port.filesInUse([engine.workspace]);
  return uses.flatMap((use) => use.holders.map(({ holder, mode }) => `${path.relative(engine.workspace, use.path)} ${mode} ${holder.type === 'editor' ? 'editor' : holder.name}`)).sort();
}

void test('a file is held from before a call to after it, under the name of the task', POSIX, async (t) => {
  const engine = await TestEngine.open(t);
  const { id } = await runningTask(engine, 'prompt', []);
  const lab = await GuardLab.open(t, engine, id);
  engine.file('a.py', 'one\ntwo\n');
  const call = await lab.before(['a.py', 'new/b.py']);
  assert.ok(call.granted);
  assert.deepEqual(await holders(engine), [`a.py write agent ${id}`, `new/b.py write agent ${id}`]);
  engine.file('a.py', 'one\nTWO\n');
  const diff = await lab.guard.after(call.id);
  assert.deepEqual(await holders(engine), []);
  assert.equal(diff, 'diff --git a/a.py b/a.py\n--- a/a.py\n+++ b/a.py\n@@ -1,2 +1,2 @@\n one\n-two\n+TWO\n');
  assert.deepEqual([lab.changed, lab.diffs], [['a.py'], [diff]]);
  assert.equal(await lab.guard.after(call.id), '', 'a call ends once');
});

void test('what the task itself claims it need not ask for, not even behind others that wait for it', POSIX, async (t) => {
  const engine = await TestEngine.open(t);
  const { id } = await runningTask(engine, 'prompt', ['src/**', { path: 'notes.md', mode: 'read' }]);
  const [waiting] = await engine.submit(sh('true', { files: ['src/a.py'] }), sh('true', { files: ['notes.md'] }));
  await until('the others to wait', async () => (await engine.port.detail(waiting!))?.wait?.type === 'lock');
  const lab = await GuardLab.open(t, engine, id);
  await lab.call(['src/a.py'], () => engine.file('src/a.py', 'x'));
  await lab.call(['notes.md'], () => engine.file('notes.md', 'x'));
  assert.deepEqual(lab.changed, ['src/a.py', 'notes.md']);
});

void test('a file that another task has is refused when it does not come free, and the agent hears who has it', POSIX, async (t) => {
  const engine = await TestEngine.open(t);
  const { id } = await runningTask(engine, 'prompt', []);
  const other = await runningTask(engine, 'Sweep 3', ['data']);
  const lab = await GuardLab.open(t, engine, id);
  const asking = lab.before(['data/a.csv']);
  await until('it to wait', () => lab.clock.pending > 0);
  await lab.clock.advance(10_000);
  assert.match(await why(asking), /^data is held by “Sweep 3”\..*Do something else first and try again later; do not write it by other means\./);
  assert.deepEqual(await holders(engine), ['data write Sweep 3'], 'it stands in no line');

  const again = lab.before(['data/a.csv']);
  await until('it to wait', () => lab.clock.pending > 0);
  other.end();
  assert.ok((await again).granted, 'one that comes free in time is had');
});

void test('one that is known to take long is not waited for', POSIX, async (t) => {
  const engine = await TestEngine.open(t);
  const { id } = await runningTask(engine, 'prompt', []);
  const gate = path.join(engine.home, 'gate');
  engine.file('slow.sh', `while [ ! -e '${gate}' ]; do sleep 0.02; done`);
  const lab = await GuardLab.open(t, engine, id);
  const hour = { script: path.join(engine.workspace, 'slow.sh'), runs: 4, success: 1, wallMedian: 3_600_000, wallP95: 3_600_000, peakMemory: 0, cores: 1, trend: undefined, lastAt: 0 };
  Object.assign(lab.engine, { scripts: () => Promise.resolve([hour]) });
  const [slow] = await engine.submit({ script: 'slow.sh', name: 'Nightly', files: ['data.csv'] });
  await engine.when(slow!, 'running');
  assert.match(await why(lab.before(['data.csv'])), /^data\.csv is held by “Nightly”\..* By what it took before it ends in about (?:1 h|59 min)/);
});

void test('unsaved changes of a person are refused at once, even in a file of the task', POSIX, async (t) => {
  const engine = await TestEngine.open(t);
  const { id } = await runningTask(engine, 'prompt', ['mine.py']);
  const window = await openEngine({ ...DEFAULT_OPTIONS, home: engine.home, kind: 'window', roots: [engine.workspace], runsTasks: false });
  t.after(() => window.close());
  await window.setUnsaved(['mine.py', 'typed.py'].map((name) => path.join(engine.workspace, name)));
  const lab = await GuardLab.open(t, engine, id);
  for (const name of ['typed.py', 'mine.py']) {
    assert.match(await why(lab.before([name])), new RegExp(`^${name} has unsaved changes of a person in an editor, which must not be lost\\. It is free once they are saved\\.`));
  }
  await window.setUnsaved([]);
  assert.ok((await lab.before(['typed.py', 'mine.py'])).granted);
});

void test('agents at one file get it one after another', POSIX, async (t) => {
  const engine = await TestEngine.open(t);
  engine.file('log', '');
  const labs = await Promise.all([1, 2, 3, 4].map(async (n) => GuardLab.open(t, engine, (await runningTask(engine, `prompt ${n}`, [])).id)));
  await Promise.all(
    labs.map(async (lab, n) => {
      for (let round = 0; round < 3; round++) {
        const call = await lab.before(['log']);
        assert.ok(call.granted);
        const text = engine.read('log');
        await until('a moment to pass', () => new Promise<boolean>((resolve) => setImmediate(() => resolve(true))));
        engine.file('log', `${text}${n}.${round}\n`);
        await lab.guard.after(call.id);
      }
    }),
  );
  assert.equal(new Set(engine.read('log').trim().split('\n')).size, 12, 'no update is lost');
});

void test('files that a command visibly writes are asked for, elsewhere than in the workspace they are its own affair', POSIX, async (t) => {
  const engine = await TestEngine.open(t);
  const { id } = await runningTask(engine, 'prompt', []);
  const lab = await GuardLab.open(t, engine, id);
  const call = await lab.before('unknown', { command: 'sed -i s/a/b/ a.py && echo x > /tmp/elsewhere', named: [path.join(engine.workspace, 'named.txt')] });
  assert.ok(call.granted);
  assert.deepEqual(await holders(engine), [`a.py write agent ${id}`, `named.txt write agent ${id}`]);
  await lab.guard.after(call.id);
});

void test('what a command changed that was not its to write is reported as an undeclared write', POSIX, async (t) => {
  const engine = await TestEngine.open(t);
  for (const name of ['read-by-other.csv', 'written-by-other.csv', 'own.py', 'context.md', 'known.py']) engine.file(name, 'before\n');
  const other = await runningTask(engine, 'Sweep', [{ path: 'read-by-other.csv', mode: 'read' }, 'written-by-other.csv']);
  const { id } = await runningTask(engine, 'prompt', ['own.py']);
  const lab = await GuardLab.open(t, engine, id, ['context.md']);
  await lab.call(['known.py'], () => engine.file('known.py', 'edited\n'));
  const diff = await lab.call('unknown', () => {
    for (const name of ['read-by-other.csv', 'written-by-other.csv', 'own.py', 'context.md', 'known.py']) engine.file(name, 'after\n');
  }, { command: 'make' });
  const undeclared = (await engine.port.detail(id))!.run!.undeclared.map(({ path: file, guess }) => `${path.basename(file)} ${guess}`).sort();
  assert.deepEqual(undeclared, ['context.md false', 'known.py false', 'read-by-other.csv false'], 'neither what it claims nor what another one writes');
  assert.deepEqual((await engine.port.detail(other.id))!.run!.conflicts.map(({ path: file, held }) => [path.basename(file), held]), [['read-by-other.csv', true]]);
  assert.deepEqual([...lab.changed].sort(), ['context.md', 'known.py', 'known.py', 'own.py', 'read-by-other.csv']);
  assert.match(diff, /-edited\n\+after\n/);
});

void test('nobody waits for a file any longer when the run is to end', POSIX, async (t) => {
  const engine = await TestEngine.open(t);
  const { id } = await runningTask(engine, 'prompt', []);
  await runningTask(engine, 'Sweep', ['data']);
  const lab = await GuardLab.open(t, engine, id);
  const asking = lab.before(['data']);
  await until('it to wait', () => lab.clock.pending > 0);
  lab.stop();
  assert.equal((await asking).granted, false);
});
