import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Grade } from '../../../src/core/assessment/grade.ts';
import { taskTooltip } from '../../../src/core/present/tasks/task-tooltip.ts';
import { timeOfDay } from '../../../src/core/present/format/time-of-day.ts';
import { failed, NOW, running, sampleTask, succeeded } from './sample-task.ts';

const context = { now: NOW, stderrTail: '', locale: 'en-GB' };
const at = (moment: number): string => timeOfDay(moment, NOW, 'en-GB').replaceAll(/[:]/g, '\\:');

void test('the page of a running task has its command line, times, and use against estimates', () => {
  const view = sampleTask({ state: running, run: { cores: 1.31, memory: 610e6, peakMemory: 700e6 }, spec: { memory: 512e6, retries: 2, agent: 'AI_Agent_1', timeoutMs: 90_000 } });
  assert.equal(
    taskTooltip(view, context),
    [
      '**Sweep 3**',
      '',
      'running for 0\\:42',
      '',
      '```sh',
      'python3 /home/ada/lab/sweep.py --seed 3',
      '```',
      '',
      '| | |',
      '|:--|:--|',
      `| Submitted | ${at(NOW - 60_000)} |`,
      `| Started | ${at(NOW - 42_000)} |`,
      '| Attempts | 1, at most 3 |',
      '| CPU | 1\\.3 cores now · taken to need 1 core \\(type simulation\\) |',
      '| Memory | 610 MB now · peak 700 MB · taken to need 512 MB \\(declared\\) |',
      '| Type | simulation, priority 5 |',
      '| Agent | AI\\_Agent\\_1 |',
      '| Timeout | 1 min 30 s |',
      '| Folder | /home/ada/lab |',
      '| Task | \\#5, process 4711 |',
    ].join('\n'),
  );
});

void test('the page tells what an estimate rests on', () => {
  const learned = { value: 220e6, source: 'learned', runs: 12 } as const;
  const page = taskTooltip(sampleTask({ estimate: { memory: learned, cpu: { value: 1.5, source: 'shortage', runs: 0 } } }), context);
  assert.match(page, /taken to need 220 MB \\\(estimated from 12 runs\\\)/);
  assert.match(page, /taken to need 1\\\.5 cores \\\(more, since a run died for lack of it\\\)/);
});

void test('a guess is told of until the task has finished', () => {
  const guess = { value: 512e6, source: 'guess', runs: 0 } as const;
  const estimate = { memory: guess, cpu: { ...guess, value: 0.75 } };
  const rows = (view: Parameters<typeof sampleTask>[0]): string[] => taskTooltip(sampleTask({ ...view, estimate }), context).split('\n').filter((line) => /^\| (CPU|Memory) /.test(line));
  assert.deepEqual(rows({ state: running }), [
    '| CPU | taken to need 0\\.75 cores \\(a guess, until three runs are known\\) |',
    '| Memory | taken to need 512 MB \\(a guess, until three runs are known\\) |',
  ]);
  assert.deepEqual(rows({ state: failed, run: { endedAt: NOW, peakMemory: 11e6 } }), ['| Memory | peak 11 MB |']);
});

void test('the last lines of the error output stand in a block, without colours and redrawn progress', () => {
  const stderrTail = 'start\n\u001b[31mred\u001b[0m\n 10 %\r 50 %\r100 %\r\nTraceback:\n  ``` not a fence ```\n\n';
  const page = taskTooltip(sampleTask({ state: failed, run: { endedAt: NOW } }), { ...context, stderrTail });
  assert.equal(page.slice(page.indexOf('Last lines'), page.indexOf('| | |')).trimEnd(), 'Last lines of its error output:\n\n````text\nstart\nred\n100 %\nTraceback:\n  ``` not a fence ```\n````');
});

void test('the last lines of a success stand at the end', () => {
  const page = taskTooltip(sampleTask({ state: succeeded, run: { endedAt: NOW } }), { ...context, stderrTail: 'warning\n' });
  assert.equal(page.endsWith('```text\nwarning\n```'), true);
});

void test('only the last eight lines are shown, long ones cut', () => {
  const stderrTail = Array.from({ length: 50 }, (_, line) => `${line} ${'x'.repeat(500)}`).join('\n');
  const page = taskTooltip(sampleTask({ state: failed, run: { endedAt: NOW } }), { ...context, stderrTail });
  const lines = page.split('```text\n')[1]?.split('\n```')[0]?.split('\n') ?? [];
  assert.deepEqual([lines.length, lines[0]?.slice(0, 4), lines[0]?.length], [8, '42 x', 161]);
});

void test('the grade of its script is told with its reasons', () => {
  const told = (grade: Grade): string | undefined => /\| Grade \| (.*) \|/.exec(taskTooltip(sampleTask({}), { ...context, grade }))?.[1];
  assert.equal(told({ letter: 'C', score: 73, reasons: [{ type: 'error', count: 1, points: 15 }, { type: 'slower', trend: 1.6, points: 12 }] }), 'C \\(73\\), 1 error; its latest runs took 60 % longer');
  assert.equal(told({ letter: 'A', score: 100, reasons: [] }), 'A \\(100\\)');
  assert.ok(!taskTooltip(sampleTask({}), context).includes('Grade'));
});

void test('nothing of a task turns into markup', () => {
  const name = '**b** [x](command:evil) <img src=x> `c` $(bug) | ~~s~~ # h';
  const page = taskTooltip(sampleTask({ spec: { name, role: 'a | b\n\n# c', cwd: '/a_b_c/http://x.y' } }), context);
  assert.match(page, /^\*\*\\\*\\\*b\\\*\\\* \\\[x\\\]\\\(command\\:evil\\\) &lt;img src=x&gt; \\`c\\` \\\$\\\(bug\\\) \\\| \\~\\~s\\~\\~ \\# h\*\*\n/);
  assert.match(page, /\| Role \| a \\\| b \\# c \|\n/);
  assert.match(page, /\| Folder \| \/a\\_b\\_c\/http\\:\/\/x\\\.y \|\n/);
});

void test('a task that has not run shows what it is going to run', () => {
  const command = (work: Parameters<typeof sampleTask>[0] & object): string => taskTooltip(sampleTask(work), context).split('\n')[5] ?? '';
  assert.deepEqual(
    [
      command({ spec: { args: ["it's", '', '$HOME'] } }),
      command({ spec: { work: { kind: 'blender', path: '/s.py' } } }),
      command({ spec: { work: { kind: 'function', module: 'tools.mesh', name: 'volume', arguments: { n: 3 } } } }),
      command({ spec: { work: { kind: 'command', shell: 'ls | wc' } } }),
    ],
    [`/home/ada/lab/sweep.py 'it'\\''s' '' '$HOME'`, 'blender --background --python /s.py -- --seed 3', 'tools.mesh:volume {"n":3}', 'ls | wc'],
  );
});
