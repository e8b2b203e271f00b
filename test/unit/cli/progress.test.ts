import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BlockProgress } from '../../../src/cli/follow/block-progress.ts';
import { LineProgress } from '../../../src/cli/follow/line-progress.ts';
import { progressBlock } from '../../../src/cli/follow/progress-block.ts';
import { TaskBoard } from '../../../src/cli/follow/task-board.ts';
import { plainStyle } from '../../../src/cli/terminal/style.ts';
import { textWidth } from '../../../src/cli/terminal/text-width.ts';
import { FakeEngine } from '../../support/fake-engine.ts';
import { FakeOutput } from '../../support/fake-world.ts';
import { VirtualScreen } from '../../support/virtual-screen.ts';

const START = 1_000_000;

/** Two that run, two that wait, one that is over. */
function scene(names = ['sweep.py', 'render.py', 'mesh.py', 'plot.py', 'done.py']) {
  const engine = new FakeEngine();
  const ids = names.map((name) => engine.add({ name, type: 'simulation' }));
  engine.start(ids[0]!, { cores: 1.26, memory: 610e6 });
  engine.start(ids[1]!);
  engine.wait(ids[2]!, { type: 'lock', path: '/lab/data.json', mode: 'write', holder: { type: 'task', id: ids[0]!, name: names[0]! }, waiting: false, since: undefined });
  engine.wait(ids[3]!, { type: 'dependency', tasks: [{ id: ids[2]!, name: names[2]! }] });
  engine.start(ids[4]!);
  const board = new TaskBoard(ids);
  const look = () => board.update(ids.map((id) => engine.get(id)));
  look();
  engine.end(ids[4]!, { type: 'failed', reason: 'exit', code: 2 });
  const events = look();
  return { engine, ids, board, events, look };
}

const frame = { now: START + 42_000, startedAt: START, columns: 80, rows: 24, turn: 0, style: plainStyle };

void test('the block tells what runs, what waits and why, and how far it is', () => {
  assert.deepEqual(progressBlock(scene().board, frame), [
    '⠋  #1 sweep.py   simulation  0:42  1.3 cores  610 MB',
    '⠋  #2 render.py  simulation  0:42',
    '· #3 mesh.py: waits for data.json, held by “sweep.py”',
    '· #4 plot.py: waits for “mesh.py”',
    '━━━━────────────────  1 of 5 · 1 not as expected · 2 running · 2 waiting · 0:42',
  ]);
});

for (const [columns, rows] of [[80, 24], [40, 10], [20, 6], [12, 3], [200, 4]] as const) {
  void test(`the block never fills more than ${columns} × ${rows}`, () => {
    const names = Array.from({ length: 40 }, (_, index) => `模拟-with-a-very-long-name-${index}.py`);
    const engine = new FakeEngine();
    const ids = names.map((name) => engine.add({ name }));
    for (const id of ids.slice(0, 15)) engine.start(id);
    const board = new TaskBoard(ids);
    board.update(ids.map((id) => engine.get(id)));
    const lines = progressBlock(board, { ...frame, columns, rows });
    assert.ok(lines.length < rows, `${lines.length} lines`);
    assert.deepEqual(lines.filter((line) => textWidth(line) >= columns), []);
    assert.match(lines.at(-1)!, /0 of 40/);
  });
}

void test('on a terminal, ends scroll away above the block, which is gone at the end', () => {
  const { engine, ids, board, events, look } = scene();
  const screen = new VirtualScreen(80);
  const output = new FakeOutput();
  output.columns = 80;
  output.write = (text) => screen.write(text);
  const progress = new BlockProgress(output, plainStyle, START);
  progress.show(board, events, START + 1000);
  assert.match(screen.text, /^✘ #5 done\.py: failed \(exit 2\) after 0 ms\n⠼ {2}#1 sweep\.py/);
  progress.suspend();
  engine.end(ids[0]!);
  progress.show(board, look(), START + 2000);
  assert.equal(screen.text, '✘ #5 done.py: failed (exit 2) after 0 ms');
  progress.resume();
  progress.show(board, [], START + 3000);
  assert.match(screen.text, /\n✔ #1 sweep\.py: succeeded after 0 ms\n.*render\.py/);
  progress.end();
  assert.equal(screen.text, '✘ #5 done.py: failed (exit 2) after 0 ms\n✔ #1 sweep.py: succeeded after 0 ms');
  assert.equal(screen.isCursorShown, true);
});

void test('in a pipe each event is a line', () => {
  const { board, events, engine, ids, look } = scene();
  const output = new FakeOutput();
  const progress = new LineProgress(output, START);
  progress.show(board, events, START + 1000);
  engine.end(ids[1]!, { type: 'failed', reason: 'signal', signal: 'SIGKILL' }, {}, START + 4000);
  progress.show(board, look(), START + 2000);
  engine.start(ids[1]!);
  progress.show(board, look(), START + 61_000);
  assert.equal(output.text, [
    '  0:01  ended     #5 done.py: failed (exit 2) after 0 ms',
    '  0:02  retrying  #2 render.py: failed (SIGKILL), tries again in 2.0 s',
    '  1:01  started   #2 render.py, attempt 2',
    '',
  ].join('\n'));
});

void test('when nothing runs, a pipe is told once what the next one waits for', () => {
  const engine = new FakeEngine();
  const id = engine.add({ name: 'a' });
  const output = new FakeOutput();
  const progress = new LineProgress(output, START);
  const board = new TaskBoard([id]);
  for (const wait of [{ type: 'next' }, { type: 'paused' }, { type: 'paused' }] as const) {
    engine.wait(id, wait);
    progress.show(board, board.update([engine.get(id)]), START);
  }
  assert.equal(output.text, '  0:00  waiting   #1 a: the queue is paused\n');
});
