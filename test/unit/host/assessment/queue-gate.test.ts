import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AssessedScript } from '../../../../src/core/assessment/assessed-file.ts';
import { reportOf } from '../../../../src/core/assessment/report.ts';
import type { TaskId } from '../../../../src/core/model/ids.ts';
import { QueueGate, type PoorScripts } from '../../../../src/host/assessment/queue-gate.ts';
import { scriptsInRequest } from '../../../../src/host/assessment/scripts-in-request.ts';
import type { AssessmentSettings } from '../../../../src/host/settings/settings.ts';
import { FakeEngine } from '../../../support/fake-engine.ts';
import { sampleAssessment, sampleScript } from '../../../support/sample-assessment.ts';
import { ManualClock, settled } from '../../views/manual-clock.ts';

/** A gate before an engine in memory; each script has the points lost by so many errors. */
function lab(whenQueued: AssessmentSettings['whenQueued'], errors: Readonly<Record<string, number>>, fails = false) {
  const engine = new FakeEngine();
  const clock = new ManualClock();
  const asked: (readonly string[])[] = [];
  const warned: PoorScripts[] = [];
  const held: { readonly poor: PoorScripts; readonly tasks: readonly TaskId[] }[] = [];
  const failures: unknown[] = [];
  const gate = new QueueGate({
    engine,
    settings: () => ({ onSave: true, whenQueued, threshold: 'C' }),
    clock,
    assess: (files, signal) => {
      asked.push(files);
      if (fails) return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
      const scripts = files.map((path): AssessedScript => sampleScript({ path, counts: { error: errors[path] ?? 0 } }));
      return Promise.resolve(reportOf(sampleAssessment(scripts), [], 0, (file) => file));
    },
    tellWarned: (poor) => warned.push(poor),
    tellHeld: (poor, tasks) => held.push({ poor, tasks }),
    onError: (error) => failures.push(error),
  });
  const submit = (tasks: readonly unknown[]): Promise<unknown> => gate.submit({ workspace: '/lab', name: 'test', tasks, confine: true });
  return { engine, clock, gate, submit, asked, warned, held, failures };
}

const names = (poor: PoorScripts | undefined): readonly string[] => poor?.scripts.map(({ script }) => script.path) ?? [];

test('with `off` nothing is looked at', async () => {
  const { engine, submit, asked } = lab('off', { '/lab/bad.py': 3 });
  await submit([{ script: 'bad.py' }]);
  assert.deepEqual([asked, engine.requests.length], [[], 1]);
});

test('with `warn` it is queued at once, and those below the threshold are told afterwards', async () => {
  const { engine, submit, warned, asked } = lab('warn', { '/lab/bad.py': 3, '/lab/poor.py': 4 });
  await submit([{ script: 'good.py' }, { script: 'bad.py' }, { script: 'poor.py', args: ['1'] }, { script: 'bad.py', args: ['2'] }, { command: ['make'] }]);
  assert.deepEqual(engine.requests.map(({ holdScripts }) => holdScripts), [undefined]);
  await settled();
  assert.deepEqual(asked, [['/lab/good.py', '/lab/bad.py', '/lab/poor.py']]);
  assert.deepEqual(warned.map(names), [['/lab/bad.py', '/lab/poor.py']]);
});

test('with `hold` those below the threshold are queued held, and that is told with the tasks that are', async () => {
  const { engine, submit, held } = lab('hold', { '/lab/bad.py': 3 });
  engine.onQueued = (ids) => void engine.hold(ids.slice(1));
  await submit([{ script: 'good.py' }, { script: 'bad.py' }]);
  assert.deepEqual(engine.requests.map(({ holdScripts }) => holdScripts), [['/lab/bad.py']]);
  await settled();
  assert.deepEqual(held.map(({ poor, tasks }) => [names(poor), tasks]), [[['/lab/bad.py'], [2]]]);
});

test('what is good enough is queued without a word', async () => {
  for (const mode of ['warn', 'hold'] as const) {
    const { engine, submit, warned, held } = lab(mode, { '/lab/fine.py': 2 });
    await submit([{ script: 'fine.py' }]);
    await settled();
    assert.deepEqual([engine.requests[0]?.holdScripts, warned, held], [undefined, [], []]);
  }
});

test('a request that the engine refuses is told as ever, and nothing is told of its scripts', async () => {
  for (const mode of ['warn', 'hold'] as const) {
    const { submit, warned, held } = lab(mode, { '/lab/missing.py': 3 });
    const result = (await submit([{ script: 'missing.py' }])) as { ok: boolean };
    await settled();
    assert.deepEqual([result.ok, warned, held], [false, [], []]);
  }
});

test('grades that do not come keep nothing out of the queue', async () => {
  const { engine, submit, clock, failures } = lab('hold', {}, true);
  const submitted = submit([{ script: 'a.py' }]);
  await settled();
  assert.equal(engine.requests.length, 0);
  await clock.advance(30_000);
  await submitted;
  assert.deepEqual([engine.requests.map(({ holdScripts }) => holdScripts), String(failures[0])], [[undefined], 'Error: no grade within 30 s']);
});

test('the Python files of a request are found wherever a task names them', () => {
  const tasks = [
    { script: 'a.py' }, { script: '../b.py' }, { script: '/abs/c.pyw' }, { blender: 'scene.py' }, { function: 'lib/d.py:run' }, { script: 'a.py' },
    { script: 'run.sh' }, { function: 'package.module:run' }, { command: ['python3', 'e.py'] }, { script: 7 }, {}, null, 'f.py',
  ];
  assert.deepEqual(scriptsInRequest({ workspace: '/lab', base: '/lab/sub', tasks }), ['/lab/sub/a.py', '/lab/b.py', '/abs/c.pyw', '/lab/sub/scene.py', '/lab/sub/lib/d.py']);
  assert.deepEqual(scriptsInRequest({ workspace: '/lab', tasks: [{ script: 'a.py' }] }), ['/lab/a.py']);
});
