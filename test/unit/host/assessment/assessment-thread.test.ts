import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Assessment } from '../../../../src/core/assessment/assessment.ts';
import type { AssessProgress, AssessRequest } from '../../../../src/core/assessment/assessor.ts';
import { AssessmentThread } from '../../../../src/host/assessment/assessment-thread.ts';
import { serveAssessment } from '../../../../src/host/assessment/serve-assessment.ts';
import type { EngineThread } from '../../../../src/host/engine/engine-thread.ts';
import type { RpcMessage } from '../../../../src/host/engine/rpc-message.ts';
import { sampleAssessment, sampleScript } from '../../../support/sample-assessment.ts';
import { ManualClock, settled } from '../../views/manual-clock.ts';
import { channelPair } from '../channel-pair.ts';

/** Threads without threads, over the real protocol, and an assessor that a test directs. */
function lab() {
  const clock = new ManualClock();
  const ended: number[] = [];
  let started = 0;
  const looks: { readonly request: AssessRequest; readonly tell: (progress: AssessProgress) => void; readonly signal: AbortSignal; readonly finish: (assessment: Assessment) => void; readonly fail: (error: Error) => void }[] = [];
  const exits: ((code: number) => void)[] = [];
  const start = (): EngineThread => {
    const number = ++started;
    const [here, there] = channelPair();
    serveAssessment(there, {
      assess: (request, tell = () => undefined, signal = new AbortController().signal) =>
        new Promise((finish, fail) => {
          signal.addEventListener('abort', () => fail(signal.reason as Error));
          looks.push({ request, tell, signal, finish, fail });
        }),
    });
    return {
      postMessage: (message) => here.postMessage(message),
      on: (event: string, listener: (value: never) => void) => {
        if (event === 'message') here.on('message', listener as (message: RpcMessage) => void);
        else if (event === 'exit') exits.push(listener as (code: number) => void);
      },
      terminate: () => Promise.resolve(ended.push(number)),
    };
  };
  return { thread: new AssessmentThread(start, clock), clock, looks, exits, ended, started: () => started };
}

const request: AssessRequest = { paths: ['/lab'], workspace: '/lab', allowPrograms: false };
const script = (name: string) => sampleScript({ path: `/lab/${name}.py` });

test('nothing is started before it is used, and files come in portions', async () => {
  const { thread, looks, started } = lab();
  assert.equal(started(), 0);
  const told: number[] = [];
  const assessing = thread.assess(request, ({ done }) => told.push(done));
  await settled();
  looks[0]!.tell({ files: [script('b')], done: 1, total: 2 });
  looks[0]!.tell({ files: [script('a')], done: 2, total: 2 });
  looks[0]!.finish(sampleAssessment([script('a'), script('b')], { notes: ['note'], read: 2 }));
  const assessment = await assessing;
  assert.deepEqual([assessment.files.map(({ path }) => path), assessment.notes, assessment.read, told, started()], [['/lab/a.py', '/lab/b.py'], ['note'], 2, [1, 2], 1]);
  assert.deepEqual(looks[0]!.request, request);
});

test('two looks at once keep their files apart', async () => {
  const { thread, looks } = lab();
  const both = [thread.assess(request), thread.assess({ ...request, paths: ['/other'] })];
  await settled();
  looks[1]!.tell({ files: [script('second')], done: 1, total: 1 });
  looks[0]!.tell({ files: [script('first')], done: 1, total: 1 });
  for (const { finish } of looks) finish(sampleAssessment([]));
  assert.deepEqual((await Promise.all(both)).map(({ files }) => files.map(({ path }) => path)), [['/lab/first.py'], ['/lab/second.py']]);
});

test('what is cancelled ends at once here, and is given up there', async () => {
  const { thread, looks } = lab();
  const control = new AbortController();
  const assessing = thread.assess(request, undefined, control.signal);
  await settled();
  control.abort(new Error('no more'));
  await assert.rejects(assessing, /no more/);
  await settled();
  assert.equal(looks[0]!.signal.aborted, true);
  await assert.rejects(thread.assess(request, undefined, AbortSignal.abort(new Error('never'))), /never/);
});

test('the thread ends when it has had nothing to do for a minute, and the next use starts another', async () => {
  const { thread, looks, clock, ended, started } = lab();
  const first = thread.assess(request);
  await settled();
  await clock.advance(120_000);
  assert.deepEqual(ended, []);
  looks[0]!.finish(sampleAssessment([]));
  await first;
  await clock.advance(59_000);
  const second = thread.assess(request);
  await settled();
  await clock.advance(2000);
  assert.deepEqual(ended, []);
  looks[1]!.finish(sampleAssessment([]));
  await second;
  await clock.advance(61_000);
  assert.deepEqual([ended, thread.isRunning], [[1], false]);
  const third = thread.assess(request);
  await settled();
  looks[2]!.finish(sampleAssessment([]));
  await third;
  assert.equal(started(), 2);
  thread.dispose();
  assert.deepEqual(ended, [1, 2]);
});

test('a thread that dies takes its calls along, and no others', async () => {
  const { thread, looks, exits, started } = lab();
  const lost = thread.assess(request);
  await settled();
  exits[0]!(1);
  await assert.rejects(lost, /ended with code 1/);
  const next = thread.assess(request);
  await settled();
  looks[1]!.finish(sampleAssessment([]));
  await next;
  assert.equal(started(), 2);
});

test('the assessor’s error is the caller’s', async () => {
  const { thread, looks } = lab();
  const assessing = thread.assess(request);
  await settled();
  looks[0]!.fail(new Error('no ruff'));
  await assert.rejects(assessing, /no ruff/);
});
