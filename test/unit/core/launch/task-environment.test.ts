import assert from 'node:assert/strict';
import { test } from 'node:test';
import { taskEnvironment } from '../../../../src/core/launch/task-environment.ts';
import { batchId, runId, taskId } from '../../../../src/core/model/ids.ts';
import type { TaskSpec } from '../../../../src/core/model/spec.ts';
import type { Task } from '../../../../src/core/model/task.ts';
import { sampleRun } from '../../../support/sample-run.ts';
import { sampleSpec } from '../../../support/sample-spec.ts';

const run = sampleRun({ folder: '/state/runs/1' });
const places = { temp: '/state/runs/1/tmp', output: '/lab/out' };

function task(spec: Partial<TaskSpec> = {}): Task {
  return { id: taskId(7), batch: batchId(1), workspace: '/lab', submittedAt: 0, attempts: 1, tries: 1, state: { status: 'running', run: runId(1), startedAt: 0 }, spec: sampleSpec(spec) };
}

test('a task inherits what it needs and nothing of what runs the engine', () => {
  const inherited = {
    PATH: '/bin', HOME: '/home/ada', NODE_ENV: 'test', EMPTY: '',
    VSCODE_PID: '1', VSCODE_IPC_HOOK_CLI: 'x', ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--require x', NODE_CHANNEL_FD: '3', APPLICATION_INSIGHTS_NO_STATSBEAT: 'true',
    PARALLEL_WORKFLOW_HOLDS: '3', GONE: undefined,
  };
  const env = taskEnvironment(inherited, task(), run, places);
  assert.deepEqual(env, {
    PATH: '/bin', HOME: '/home/ada', NODE_ENV: 'test', EMPTY: '',
    PYTHONUNBUFFERED: '1', PYTHONIOENCODING: 'utf-8', FORCE_COLOR: '1', CLICOLOR_FORCE: '1', PY_COLORS: '1',
    TMPDIR: places.temp, TMP: places.temp, TEMP: places.temp,
    PARALLEL_WORKFLOW_TASK: '7', PARALLEL_WORKFLOW_OUTPUT: '/lab/out', PARALLEL_WORKFLOW_RUN: '/state/runs/1',
  });
});

test('a task\'s own variables win, but not over the mark of its run', () => {
  const env = taskEnvironment({ PATH: '/bin' }, task({ env: { PATH: '/own', FORCE_COLOR: '0', TMPDIR: '/big', VSCODE_PID: 'wanted', PARALLEL_WORKFLOW_RUN: 'x' } }), run, places);
  assert.deepEqual([env.PATH, env.FORCE_COLOR, env.TMPDIR, env.VSCODE_PID, env.PARALLEL_WORKFLOW_RUN], ['/own', '0', '/big', 'wanted', '/state/runs/1']);
});

test('a task of an agent knows whose it is; one of nobody does not inherit it from the task that queued it', () => {
  const outer = { PARALLEL_WORKFLOW_AGENT: 'AI_Agent_2', PARALLEL_WORKFLOW_TASK: '3', PARALLEL_WORKFLOW_RUN: '/state/runs/0', PARALLEL_WORKFLOW_OUTPUT: '/outer' };
  assert.equal(taskEnvironment(outer, task({ agent: 'AI_Agent_1' }), run, places).PARALLEL_WORKFLOW_AGENT, 'AI_Agent_1');
  const env = taskEnvironment(outer, task(), run, places);
  assert.deepEqual([env.PARALLEL_WORKFLOW_AGENT, env.PARALLEL_WORKFLOW_TASK, env.PARALLEL_WORKFLOW_OUTPUT, env.PARALLEL_WORKFLOW_RUN], [undefined, '7', '/lab/out', '/state/runs/1']);
});
