import assert from 'node:assert/strict';
import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { systemClock, type Clock } from '../../../src/core/base/clock.ts';
import { RunOutput } from '../../../src/host/tasks/output/run-output.ts';
import { tempFolder } from '../../support/temp-folder.ts';

interface Following {
  readonly folder: string;
  readonly output: RunOutput;
  readonly writes: string[];
  /** Resolves when all that was written so far matches. */
  readonly seen: (pattern: RegExp) => Promise<void>;
}

function follow(t: TestContext, clock: Clock = systemClock): Following {
  const folder = tempFolder(t);
  writeFileSync(path.join(folder, 'stdout'), '');
  writeFileSync(path.join(folder, 'stderr'), '');
  const writes: string[] = [];
  let check = (): void => undefined;
  const output = new RunOutput(folder, 'log of task #5', clock, (text) => {
    writes.push(text);
    check();
  });
  t.after(() => output.dispose());
  const seen = (pattern: RegExp): Promise<void> =>
    new Promise((resolve) => {
      check = () => pattern.test(writes.join('')) && resolve();
      check();
    });
  return { folder, output, writes, seen };
}

/** A clock whose timers keep the test's process alive. */
const patient: Clock = {
  now: () => Date.now(),
  after(delayMs, act) {
    const timer = setTimeout(act, delayMs);
    return () => clearTimeout(timer);
  },
};

test('both streams are passed on as they grow', async (t) => {
  const { folder, seen } = follow(t, patient);
  appendFileSync(path.join(folder, 'stdout'), 'first\n');
  await seen(/^first\r\n$/);
  appendFileSync(path.join(folder, 'stderr'), 'warning\n');
  await seen(/^first\r\nwarning\r\n$/);
});

test('a flood becomes a few bounded writes that say how much was left out, and ends with its last line', async (t) => {
  const { folder, output, writes } = follow(t, patient);
  const file = path.join(folder, 'stdout');
  const started = Date.now();
  let count = 0;
  // About 5 MB: lines are counted up to 16 MB a redraw, beyond that the bytes are told.
  for (let chunk = 0; chunk < 200; chunk++) {
    appendFileSync(file, Array.from({ length: 2000 }, () => `line ${++count}\n`).join(''));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await output.finish();
  const all = writes.join('');
  // Eight a second, however long the busy machine took, and the last one.
  const seconds = (Date.now() - started) / 1000;
  assert.ok(writes.length <= 8 * seconds + 4, `${writes.length} writes in ${seconds} s`);
  assert.ok(Math.max(...writes.map(({ length }) => length)) < 200_000, 'each is bounded');
  assert.match(all, new RegExp(`line ${count}\\r\\n$`));
  const leftOut = [...all.matchAll(/… ([\d,]+) lines left out here, all in the log of task #5 …/g)].map(([, lines]) => Number(lines!.replaceAll(',', '')));
  const shown = [...all.matchAll(/^line \d+\r$/gm)].length;
  assert.equal(leftOut.reduce((sum, lines) => sum + lines, 0) + shown, count);
});

test('finishing passes on the last output and ends its line; nothing comes later', async (t) => {
  const { folder, output, writes } = follow(t);
  appendFileSync(path.join(folder, 'stdout'), 'no newline at the end');
  await output.finish();
  assert.equal(writes.join(''), 'no newline at the end\r\n');
  appendFileSync(path.join(folder, 'stdout'), 'more');
  await output.finish();
  assert.equal(writes.join(''), 'no newline at the end\r\nmore\r\n');
});

test('once disposed, nothing is passed on', async (t) => {
  const { folder, output, writes } = follow(t);
  output.dispose();
  appendFileSync(path.join(folder, 'stdout'), 'unseen\n');
  await output.finish();
  assert.deepEqual(writes, []);
});
