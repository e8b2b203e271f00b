import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { logText, noLogText } from '../../../src/host/log/log-text.ts';
import { plainText } from '../../../src/host/log/plain-text.ts';
import { readEnd } from '../../../src/host/log/read-end.ts';
import { logLinkIn, logName } from '../../../src/host/tasks/terminal-text.ts';
import { taskId } from '../../../src/core/model/ids.ts';
import { failed, NOW, sampleRun, sampleTask } from '../present/sample-task.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test('a log tells what ran and how it went, then both streams', () => {
  const run = sampleRun({ startedAt: NOW - 183_000, endedAt: NOW - 180_000, userMs: 2500, systemMs: 100, peakMemory: 96e6, outcome: failed.outcome });
  const text = logText(sampleTask({ state: failed, run }), run, { stdout: { text: 'one\ntwo\n', before: 0 }, stderr: { text: '', before: 0 } }, NOW);
  const shown = text.replaceAll(/\d\d?:\d\d:\d\d( [AP]M)?/g, 'TIME');
  assert.equal(
    shown,
    [
      'Sweep 3 (task 5)',
      '',
      '  state     failed (exit 2)',
      '  command   python3 /home/ada/lab/sweep.py --seed 3',
      '  folder    /home/ada/lab',
      '  started   TIME',
      '  ended     TIME, after 3.0 s',
      '  CPU time  2.6 s',
      '  peak      96 MB',
      '  files     /state/runs/70',
      '',
      `──── stdout ${'─'.repeat(60)}`,
      'one',
      'two',
      '',
      `──── stderr ${'─'.repeat(60)}`,
      '(nothing)',
      '',
    ].join('\n'),
  );
});

test('a log that is too long says what is missing and where it is', () => {
  const run = sampleRun();
  const text = logText(sampleTask({ run }), run, { stdout: { text: 'the end\n', before: 5e6 }, stderr: { text: '', before: 0 } }, NOW);
  assert.match(text, /… the first 5\.0 MB are left out here; all of it is in \/state\/runs\/70\/stdout …\nthe end\n/);
});

test('a task that has not run says so', () => {
  assert.match(noLogText(sampleTask({ wait: { type: 'held' } }), NOW), /state {5}held until it is released\n.*\n\nIt has not run yet/);
  assert.match(noLogText(sampleTask({ state: failed }), NOW), /It never ran, so there is no output/);
});

test('on a page there are no colours, and of redrawn lines the last state', () => {
  assert.equal(plainText('\u001b[31mred\u001b[0m\r\n10 %\r20 %\rdone\n50 %\r'), 'red\ndone\n50 %');
  assert.equal(plainText('\u001b]0;title\u0007text\u001b[2K\n'), 'text\n');
});

test('the end of a file begins with a whole line', async (t) => {
  const file = path.join(tempFolder(t), 'stdout');
  writeFileSync(file, 'first\nsecond\nthird\n');
  assert.deepEqual(await readEnd(file, 100), { text: 'first\nsecond\nthird\n', before: 0 });
  assert.deepEqual(await readEnd(file, 9), { text: 'third\n', before: 13 });
  assert.deepEqual(await readEnd(`${file}-none`, 9), { text: '', before: 0 });
});

test('the words that name a log in a terminal lead to it', () => {
  const line = `✖ failed (exit 1) · ${logName(taskId(42))}`;
  assert.deepEqual(logLinkIn(line), { start: line.indexOf('log of'), length: 'log of task #42'.length, id: 42 });
  assert.equal(logLinkIn('the log of nobody'), undefined);
});
