import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parseResult, RunFolder } from '../../../../src/core/process/run-folder.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

const RESULTS: Readonly<Record<string, readonly [text: string, record: ReturnType<typeof parseResult>]>> = {
  'dash': ['0m0.000000s 0m0.000000s\n0m0.120000s 0m0.030000s\nexit 0\n', { code: 0, userMs: 120, systemMs: 30 }],
  'bash': ['0m0.001s 0m0.002s\n1m2.345s 0m0.500s\nexit 3\n', { code: 3, userMs: 62_345, systemMs: 500 }],
  'a shell that speaks German': ['0m0,001s 0m0,002s\n0m1,250s 0m0,500s\nexit 137\n', { code: 137, userMs: 1250, systemMs: 500 }],
  'hours of work': ['0m0.0s 0m0.0s\n600m0.0s 60m30.5s\nexit 0\n', { code: 0, userMs: 36_000_000, systemMs: 3_630_500 }],
  'the Node shim': ['0m0s 0m0s\n0m0s 0m0s\nexit 1\n', { code: 1, userMs: 0, systemMs: 0 }],
  'a shell without times': ['\nexit 2\n', { code: 2, userMs: 0, systemMs: 0 }],
};
for (const [name, [text, record]] of Object.entries(RESULTS)) {
  test(`a result is read as it is written by ${name}`, () => {
    const read = parseResult(text);
    assert.deepEqual(read === undefined ? undefined : { ...read, userMs: Math.round(read.userMs), systemMs: Math.round(read.systemMs) }, record);
  });
}

for (const text of ['', '0m0.0s 0m0.0s\n', '0m0.0s 0m0.0s\n0m0.1s 0m0.0s\nexit', '0m0.0s 0m0.0s\n0m0.1s 0m0.0s\nexit ', '0m0.0s 0m0.0s\n0m0.1s 0m0.0s\nexit 13']) {
  test(`${JSON.stringify(text)} is not the whole of a result`, () => assert.equal(parseResult(text), undefined));
}

test('a run without files has neither pid nor result', (t) => {
  const folder = new RunFolder(path.join(tempFolder(t), 'none'));
  assert.deepEqual([folder.readPid(), folder.readResult()], [undefined, undefined]);
});

const PIDS: readonly (readonly [text: string, record: ReturnType<RunFolder['readPid']>])[] = [
  ['4711 99887766\n', { pid: 4711, start: '99887766' }],
  ['4711 \n', { pid: 4711, start: undefined }],
  ['4711 ', { pid: 4711, start: undefined }],
  ['', undefined],
  ['\n', undefined],
];
for (const [text, record] of PIDS) {
  test(`the pid file ${JSON.stringify(text)} tells ${JSON.stringify(record)}`, (t) => {
    const folder = new RunFolder(tempFolder(t));
    fs.writeFileSync(path.join(folder.path, 'pid'), text);
    assert.deepEqual(folder.readPid(), record);
  });
}

test('a ticket that nobody took is voided, also when there is no folder yet, and stays voided', (t) => {
  const folder = new RunFolder(path.join(tempFolder(t), 'run'));
  assert.deepEqual([folder.void(), folder.void(), new RunFolder(folder.path).void()], [true, true, true]);
  assert.deepEqual(fs.readdirSync(folder.path), ['ticket'], 'nothing else is left behind');
});

test('a ticket that the shim took cannot be voided', (t) => {
  const folder = new RunFolder(tempFolder(t));
  fs.writeFileSync(path.join(folder.path, 'ticket'), '');
  assert.deepEqual([folder.void(), fs.readdirSync(folder.path)], [false, ['ticket']]);
});

test('a folder is for its owner alone, has a place for temporary files, and goes with all that is in it', (t) => {
  const folder = new RunFolder(path.join(tempFolder(t), 'run'));
  folder.create();
  folder.create();
  fs.writeFileSync(path.join(folder.temp, 'x'), '');
  if (process.platform !== 'win32') assert.equal(fs.statSync(folder.path).mode & 0o777, 0o700);
  folder.remove();
  folder.remove();
  assert.equal(fs.existsSync(folder.path), false);
});
