import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { TaskDetail } from '../../src/core/engine/engine-port.ts';
import type { StoredRun } from '../../src/core/store/run-table.ts';
import { readCapacity } from '../../src/core/engine/machine/capacity.ts';
import { TestEngine, outcomeOf } from '../support/test-engine.ts';

const MB = 1e6;

/** Takes 200 MB until it is told to go on. */
const HUNGRY = `
import fs from 'node:fs';
const held = Buffer.alloc(200e6, 1);
const look = setInterval(() => { if (fs.existsSync(process.argv[2])) clearInterval(look); }, 20);
process.on('exit', () => held.length);
`;

const GUESS = Math.max(32 * MB, Math.min(512 * MB, Math.floor(readCapacity().memoryTotal / 32)));

const reservedOf = ({ run }: TaskDetail): [bytes: number, from: string | undefined] => [(run as StoredRun).reservedMemory, (run as StoredRun).memoryFrom];

test('a script that took 200 MB three times has about 220 MB set aside the fourth time', async (t) => {
  const engine = await TestEngine.open(t);
  engine.file('hungry.mjs', HUNGRY);
  const reserved: [bytes: number, from: string | undefined][] = [];
  for (let round = 0; round < 4; round++) {
    const go = path.join(engine.workspace, `go-${round}`);
    const [id] = await engine.submit({ script: 'hungry.mjs', args: [go], type: 'utility' });
    const running = await engine.when(id!, 'running', ({ run }) => (run?.peakMemory ?? 0) > 200 * MB);
    reserved.push(reservedOf(running));
    fs.writeFileSync(go, '');
    assert.equal(outcomeOf(await engine.ended(id!))?.type, 'succeeded');
  }
  assert.deepEqual([reserved[0], reserved.map(([, from]) => from)], [[GUESS, 'guess'], ['guess', 'guess', 'guess', 'learned']]);
  for (const [bytes] of reserved.slice(1, 3)) assert.ok(bytes >= Math.max(GUESS, 200 * MB), `${bytes} bytes were guessed after the first run`);
  // The interpreter itself takes something as well.
  assert.ok(reserved[3]![0] >= 220 * MB && reserved[3]![0] < 400 * MB, `${reserved[3]![0]} bytes were set aside`);
  const [id] = await engine.submit({ script: 'hungry.mjs', args: [path.join(engine.workspace, 'go-0')], type: 'utility' });
  const { estimate } = (await engine.port.detail(id!))!;
  assert.deepEqual([estimate.memory.source, estimate.memory.runs, estimate.cpu.source], ['learned', 4, 'learned']);
  await engine.ended(id!);
});

test('a retry after a run went over its memory limit has more set aside', async (t) => {
  const engine = await TestEngine.open(t);
  engine.file('hungry.mjs', HUNGRY);
  const detail = await engine.finish({ script: 'hungry.mjs', args: [path.join(engine.workspace, 'never')], type: 'utility', memoryLimit: '100 MB', retries: 1, backoff: '1ms' });
  const reserved = detail.runs.map((run) => (run as StoredRun).reservedMemory);
  const outcome = outcomeOf(detail);
  assert.ok(outcome?.type === 'failed' && outcome.reason === 'memory-limit', JSON.stringify(outcome));
  assert.equal(reserved[0], Math.min(GUESS, 100 * MB));
  assert.ok(reserved[1]! >= 125 * MB, `${reserved[1]} bytes were set aside for the retry`);
  assert.equal(detail.task.spec.memoryLimit, 100 * MB);
});

test('one that somebody kills when it has grown says how far, and that memory may be why', async (t) => {
  const engine = await TestEngine.open(t);
  engine.file('hungry.mjs', HUNGRY);
  const go = path.join(engine.workspace, 'never');
  const [id] = await engine.submit({ command: ['sh', '-c', 'echo $$ > pid; exec "$0" "$@"', process.execPath, 'hungry.mjs', go], type: 'utility' });
  await engine.when(id!, 'running', ({ run }) => (run?.peakMemory ?? 0) > 200 * MB);
  process.kill(Number(fs.readFileSync(path.join(engine.workspace, 'pid'), 'utf8')), 'SIGKILL');
  const detail = await engine.ended(id!);
  const outcome = outcomeOf(detail);
  assert.ok(outcome?.type === 'failed' && outcome.reason === 'signal', JSON.stringify(outcome));
  assert.ok(outcome.grownTo !== undefined && outcome.grownTo > 200 * MB, JSON.stringify(outcome));
  assert.deepEqual(detail.runs[0]!.outcome, outcome);
});

test('a task that needs more memory than the machine has fails at once, and says so', async (t) => {
  const engine = await TestEngine.open(t);
  const [giant, after] = await engine.submit({ command: ['true'], id: 'giant', memory: 2 ** 50 }, { command: ['true'], after: ['giant'] });
  const outcome = outcomeOf(await engine.ended(giant!));
  assert.ok(outcome?.type === 'failed' && outcome.reason === 'never-fits', JSON.stringify(outcome));
  assert.deepEqual([outcome.resource, outcome.needs], ['memory', 2 ** 50]);
  assert.ok(outcome.has > 0 && outcome.has < 2 ** 50);
  assert.equal(outcomeOf(await engine.ended(after!))?.type, 'skipped');
});

test('what ran is told by script and as bars, and gives no advice as long as it is little', async (t) => {
  const engine = await TestEngine.open(t);
  engine.file('quick.mjs', 'process.exit(Number(process.argv[2]))');
  for (const code of [0, 0, 3]) await engine.finish({ script: 'quick.mjs', args: [String(code)] });
  const roots = [engine.workspace];
  const scripts = await engine.port.scripts(roots);
  assert.deepEqual(scripts.map(({ script, runs, success }) => [script, runs, success]), [[path.join(engine.workspace, 'quick.mjs'), 3, 2 / 3]]);
  const bars = await engine.port.runsBetween({ from: 0, to: Date.now() + 1000 }, roots);
  assert.deepEqual(bars.map(({ isFailure, waitedFrom, startedAt, endedAt }) => [isFailure, waitedFrom <= startedAt && startedAt <= endedAt!]), [[false, true], [false, true], [true, true]]);
  assert.deepEqual(await engine.port.recommendations(roots), []);
  assert.deepEqual(await engine.port.scripts(['/elsewhere']), []);
});
