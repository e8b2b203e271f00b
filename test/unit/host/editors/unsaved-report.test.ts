import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UnsavedReport } from '../../../../src/host/editors/unsaved-report.ts';
import { settled } from '../../views/manual-clock.ts';

/** An engine that answers when the test says so. */
class SlowEngine {
  readonly told: string[] = [];
  private replies: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = [];

  setUnsaved(files: readonly string[]): Promise<void> {
    this.told.push(files.join(' '));
    return new Promise((resolve, reject) => this.replies.push({ resolve, reject }));
  }

  get pending(): number {
    return this.replies.length;
  }

  reply(): Promise<void> {
    this.replies.shift()!.resolve();
    return settled();
  }

  fail(): Promise<void> {
    this.replies.shift()!.reject(new Error('no engine'));
    return settled();
  }
}

function world(): { readonly engine: SlowEngine; readonly report: UnsavedReport; readonly errors: string[] } {
  const engine = new SlowEngine();
  const errors: string[] = [];
  return { engine, report: new UnsavedReport(engine, (error) => errors.push(String(error))), errors };
}

test('the first key is told at once, what comes while it is under way afterwards, and only the latest of it', async () => {
  const { engine, report } = world();
  report.set([]);
  report.set(['/a']);
  assert.deepEqual(engine.told, ['/a']);
  report.set(['/a', '/b']);
  report.set(['/b']);
  assert.equal(engine.pending, 1);
  await engine.reply();
  await engine.reply();
  report.set(['/b']);
  assert.deepEqual(engine.told, ['/a', '/b']);
});

test('a new engine is told again, also when a call to the old one was under way', async () => {
  const { engine, report } = world();
  report.set(['/a']);
  report.again();
  await engine.reply();
  await engine.reply();
  report.again();
  await engine.reply();
  assert.deepEqual(engine.told, ['/a', '/a', '/a']);
});

test('what an engine did not take is told with the next change, or to the next engine', async () => {
  const { engine, report, errors } = world();
  report.set(['/a']);
  await engine.fail();
  report.set(['/a']);
  await engine.fail();
  report.again();
  await engine.reply();
  assert.deepEqual([engine.told, errors, engine.pending], [['/a', '/a', '/a'], ['Error: no engine', 'Error: no engine'], 0]);
});
