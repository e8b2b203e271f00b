import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { TaskDetail } from '../../../../../src/core/engine/engine-port.ts';
import type { TaskId } from '../../../../../src/core/model/ids.ts';
import { sh, TestEngine } from '../../../../support/test-engine.ts';
import { until } from '../../../../support/until.ts';

const TELLS = process.platform === 'linux';

/** Keeps files open for writing until the file `go` is there. */
const keepsOpen = (files: string, more: object = {}): object => sh(`exec 3>>${files.split(' ').join(' 4>>')}; while [ ! -e go ]; do sleep 0.02; done`, more);

const namesOf = (detail: TaskDetail): string[] => detail.run!.undeclared.map(({ path: file, guess }) => `${path.basename(file)}${guess ? ' (guess)' : ''}`);

/** Tells of a change until the run has it: it may not have started when it is told first. */
async function told(engine: TestEngine, id: TaskId, file: string): Promise<TaskDetail> {
  return until(`a guess about ${file}`, async () => {
    fs.appendFileSync(file, 'x');
    await engine.port.noteChanged([file]);
    const detail = await engine.port.detail(id);
    return detail?.run?.undeclared.some((write) => write.path === file) === true && detail;
  });
}

test('a file that a run has open for writing without a claim stands in its record', { skip: !TELLS }, async (t) => {
  const engine = await TestEngine.open(t);
  engine.file('.git/index', '');
  const [open, claimed, artifact] = await engine.submit(
    keepsOpen('data.json .git/index', { name: 'careless' }),
    keepsOpen('claimed.json', { files: ['claim*.json'] }),
    keepsOpen('out.bin', { artifacts: ['*.bin'] }),
  );
  const detail = await engine.when(open!, 'running', ({ run }) => run!.undeclared.length > 0);
  assert.deepEqual([namesOf(detail), detail.run!.conflicts], [['data.json'], []]);
  engine.file('go', '');
  const ended = await Promise.all([open!, claimed!, artifact!].map((id) => engine.ended(id)));
  assert.deepEqual(ended.map(namesOf), [['data.json'], [], []]);
});

test('when another task holds the file, both runs carry the conflict', { skip: !TELLS }, async (t) => {
  const engine = await TestEngine.open(t);
  const file = engine.file('data.json', '{}');
  const [holder] = await engine.submit(sh('while [ ! -e go ]; do sleep 0.02; done', { name: 'Report', files: [{ path: file, mode: 'read' }] }));
  await engine.when(holder!, 'running');
  const [writer] = await engine.submit(keepsOpen('data.json', { name: 'Sweep' }));
  const wrote = await engine.when(writer!, 'running', ({ run }) => run!.conflicts.length > 0);
  const held = await engine.port.detail(holder!);
  const [at] = wrote.run!.conflicts.map((conflict) => conflict.at);
  assert.deepEqual(wrote.run!.conflicts, [{ path: file, at, guess: false, task: holder, name: 'Report', held: false }]);
  assert.deepEqual(held?.run?.conflicts, [{ path: file, at, guess: false, task: writer, name: 'Sweep', held: true }]);
  engine.file('go', '');
  await Promise.all([holder!, writer!].map((id) => engine.ended(id)));
});

test('a file that changes while one run may have written it is a guess, and knowledge replaces it', async (t) => {
  const engine = await TestEngine.open(t);
  const [id] = await engine.submit(sh('while [ ! -e open ]; do sleep 0.02; done; exec 3>>data.json; while [ ! -e go ]; do sleep 0.02; done'));
  await engine.when(id!, 'running');
  const file = engine.file('data.json', '');
  assert.deepEqual(namesOf(await told(engine, id!, file)), ['data.json (guess)']);
  engine.file('open', '');
  if (TELLS) await engine.when(id!, 'running', ({ run }) => run!.undeclared.some(({ guess }) => !guess));
  engine.file('go', '');
  assert.deepEqual(namesOf(await engine.ended(id!)), [TELLS ? 'data.json' : 'data.json (guess)']);
});

test('nobody is suspected of what a holder writes, of what was there before, or when too many may have done it', async (t) => {
  const engine = await TestEngine.open(t);
  const old = engine.file('old.json', '');
  fs.utimesSync(old, 1, 1);
  const [held, free] = [engine.file('held.json', ''), engine.file('free.json', '')];
  const idle = sh('while [ ! -e go ]; do sleep 0.02; done', { cpu: 0.1 });
  const ids = await engine.submit({ ...idle, files: [held] }, idle, idle);
  await Promise.all(ids.map((id) => engine.when(id, 'running')));
  await engine.port.noteChanged([old, held, path.join(engine.workspace, 'gone.json'), path.dirname(engine.workspace)]);
  const more = await engine.submit(idle, idle);
  await Promise.all(more.map((id) => engine.when(id, 'running')));
  fs.appendFileSync(free, 'x');
  await engine.port.noteChanged([free]);
  engine.file('go', '');
  const ended = await Promise.all([...ids, ...more].map((id) => engine.ended(id)));
  assert.deepEqual(ended.map(namesOf), [[], [], [], [], []]);
});

test('a change that is told once its writer has given the file back is still his', async (t) => {
  const engine = await TestEngine.open(t);
  const file = engine.file('data.json', '{}');
  const [bystander] = await engine.submit(sh('while [ ! -e go ]; do sleep 0.02; done', { name: 'Bystander' }));
  await engine.when(bystander!, 'running');
  await engine.finish(sh('echo x > data.json', { name: 'Writer', files: [file] }));
  const [reader] = await engine.submit(sh('while [ ! -e go ]; do sleep 0.02; done', { name: 'Reader', files: [{ path: file, mode: 'read' }] }));
  await engine.when(reader!, 'running');
  await engine.port.noteChanged([file]);
  engine.file('go', '');
  const ended = await Promise.all([bystander!, reader!].map((id) => engine.ended(id)));
  assert.deepEqual(ended.map(({ run }) => [run!.undeclared, run!.conflicts]), [[[], []], [[], []]]);
});

test('a run that has just ended may still be the one', async (t) => {
  const engine = await TestEngine.open(t);
  const { task } = await engine.finish(sh('echo x > late.json'));
  const file = path.join(engine.workspace, 'late.json');
  await engine.port.noteChanged([file]);
  assert.deepEqual(namesOf((await engine.port.detail(task.id))!), ['late.json (guess)']);
});
