import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { runProgram, type ProgramAnswer } from '../../../../src/core/process/run-program.ts';
import { systemProcessTable } from '../../../../src/core/process/system-process-table.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { until } from '../../../support/until.ts';

const skip = process.platform === 'win32' && 'shell scripts';
const PATIENCE_MS = 30_000;

function script(t: TestContext, text: string): { readonly folder: string; readonly ask: (limitMs?: number, signal?: AbortSignal) => Promise<ProgramAnswer> } {
  const folder = tempFolder(t);
  const file = path.join(folder, 'tool');
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
  const env = { PATH: '/usr/bin:/bin', GIVEN: 'given' };
  return { folder, ask: (limitMs = PATIENCE_MS, signal = new AbortController().signal) => runProgram({ file, args: ['a b', '$HOME'], env, cwd: folder, limitMs, signal }) };
}

void test('a program answers with its output and its code, from the folder and with the arguments and the environment it was given', { skip }, async (t) => {
  const { ask, folder } = script(t, 'echo "$# $1 $2 $GIVEN ${HOME-none}"; pwd; echo wrong >&2; exit 3');
  assert.deepEqual(await ask(), { type: 'ended', code: 3, output: `2 a b $HOME given none\n${folder}` });
});

void test('a program that takes too long is ended with its children', { skip }, async (t) => {
  const { ask, folder } = script(t, 'sleep 600 & echo $! > child; wait');
  const stop = new AbortController();
  const answer = ask(PATIENCE_MS, stop.signal);
  const child = await until('the child', () => existsSync(path.join(folder, 'child')) && Number(readFileSync(path.join(folder, 'child'), 'utf8')));
  stop.abort();
  assert.deepEqual(await answer, { type: 'tooLong' });
  await until('its end', async () => (await systemProcessTable().startOf(child)) === undefined);
  assert.deepEqual(await ask(1), { type: 'tooLong' });
});

void test('a child that keeps the output open holds up nobody beyond the limit', { skip }, async (t) => {
  const { ask } = script(t, 'sleep 600 & echo said');
  assert.deepEqual(await ask(300), { type: 'tooLong' });
});

void test('what writes without end is cut off', { skip }, async (t) => {
  const answer = await script(t, 'exec yes').ask();
  assert.equal(answer.type, 'ended');
  assert.ok(answer.type === 'ended' && answer.code !== 0 && answer.output.startsWith('y\ny\n') && answer.output.length < 2 ** 20);
});

void test('what cannot be started is told, and what was called off before is not started', async (t) => {
  const folder = tempFolder(t);
  const call = { file: path.join(folder, 'none'), args: [], env: {}, cwd: folder, limitMs: PATIENCE_MS, signal: new AbortController().signal };
  assert.equal((await runProgram(call)).type, 'notStarted');
  assert.deepEqual(await runProgram({ ...call, signal: AbortSignal.abort() }), { type: 'tooLong' });
});
