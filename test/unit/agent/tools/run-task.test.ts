import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { EngineTaskQueue } from '../../../../src/agent/tools/engine-task-queue.ts';
import { runTaskTool } from '../../../../src/agent/tools/run-task.ts';
import { ToolBox } from '../../../../src/agent/tools/tool-box.ts';
import type { ToolAnswer } from '../../../../src/agent/tools/tool.ts';
import { systemClock } from '../../../../src/core/base/clock.ts';
import { taskId, type TaskId } from '../../../../src/core/model/ids.ts';
import { RecordedTurn } from '../../../support/agents/recorded-turn.ts';
import { sh, TestEngine } from '../../../support/test-engine.ts';
import { until } from '../../../support/until.ts';

interface Setup {
  readonly engine: TestEngine;
  readonly turn: RecordedTurn;
  readonly call: (input: object) => Promise<ToolAnswer>;
}

async function setUp(t: TestContext, own: (engine: TestEngine) => Promise<TaskId> = () => Promise.resolve(taskId(1000))): Promise<Setup> {
  const engine = await TestEngine.open(t);
  const { port, workspace } = engine;
  const turn = new RecordedTurn({ workspace });
  const queue = new EngineTaskQueue({ engine: port, clock: systemClock, workspace, cwd: workspace, task: await own(engine) });
  const box = new ToolBox([runTaskTool(queue)], turn);
  return { engine, turn, call: (input) => box.call({ name: 'run_task', input }) };
}

test('a task is queued with what it writes, waited for, and told with its output', async (t) => {
  const { engine, call, turn } = await setUp(t);
  engine.file('hello.sh', 'echo hello $1; echo trouble >&2; echo x > out.txt\n');
  assert.deepEqual(await call({ script: 'hello.sh', args: ['you'], files: ['out.txt'], name: 'Greeting' }), { text: 'Task #1 succeeded.\nhello you\ntrouble', isError: false });
  assert.ok(existsSync(path.join(engine.workspace, 'out.txt')));
  const detail = await engine.port.detail(taskId(1));
  assert.deepEqual([detail?.task.spec.name, detail?.task.spec.files.some(({ path: file, mode }) => file.endsWith('out.txt') && mode === 'write')], ['Greeting', true]);
  assert.deepEqual(turn.guarded, [], 'the task claims its files itself');
  assert.deepEqual(await call({ command: ['sh', '-c', 'exit 4'] }), { text: 'Task #2 failed (exit 4).', isError: true });
});

test('what cannot be queued is told', async (t) => {
  const { call } = await setUp(t);
  assert.match((await call({ script: 'none.py' })).text, /none\.py/);
  assert.equal((await call({})).text, 'Expected one of `script`, `command` and `task`.');
  assert.equal((await call({ task: 77 })).text, 'There is no task #77.');
  assert.equal((await call({ command: ['true'], seconds: -1 })).isError, true);
});

test('a task that takes its time goes on, and is asked for again', async (t) => {
  const { engine, call } = await setUp(t);
  const gate = path.join(engine.workspace, 'gate');
  const first = await call({ command: ['sh', '-c', `while [ ! -e '${gate}' ]; do sleep 0.02; done; echo through`], seconds: 0 });
  assert.match(first.text, /^Task #1 (is queued and |still runs\. )[^]*ask again with \{"task": 1\}\.$/);
  const second = call({ task: 1 });
  engine.file('gate', '');
  assert.equal((await second).text, 'Task #1 succeeded.\nthrough');
});

test('nobody waits for a task that waits for the prompt itself', async (t) => {
  const { call } = await setUp(t, async (engine) => {
    const [own] = await engine.submit(sh('touch began; sleep 600', { files: ['data.txt'] }));
    await until('the task to run', () => existsSync(path.join(engine.workspace, 'began')));
    return own!;
  });
  const answer = await call({ command: ['true'], files: ['data.txt'] });
  assert.match(answer.text, /^Task #2 is queued and waits for data\.txt, held by “.*”.* It goes on by itself;/);
});

test('the end of the run ends the waiting, not the task', async (t) => {
  const { engine, call, turn } = await setUp(t);
  const answer = call({ command: ['sh', '-c', `touch '${path.join(engine.workspace, 'began')}'; sleep 600`] });
  await until('the task to run', () => existsSync(path.join(engine.workspace, 'began')));
  turn.end();
  assert.match((await answer).text, /^Task #1 still runs\./);
});
