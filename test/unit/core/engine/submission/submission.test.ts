import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SubmitRequest } from '../../../../../src/core/engine/engine-port.ts';
import { submit } from '../../../../../src/core/engine/submission/submission.ts';
import { taskId } from '../../../../../src/core/model/ids.ts';
import { formatProblem } from '../../../../../src/core/spec/problem.ts';
import { MemoryStore } from '../../../../support/memory-store.ts';
import { lab } from '../../spec/lab-context.ts';

const NOW = 5000;

function request(tasks: readonly unknown[], more: Partial<SubmitRequest> = {}): SubmitRequest {
  return { workspace: '/lab', name: 'Sweep', confine: true, tasks, ...more };
}

function queue(memory: MemoryStore, tasks: readonly unknown[], more: Partial<SubmitRequest> = {}): number[] {
  const result = submit(request(tasks, more), lab, memory.store, memory.ledger, NOW);
  assert.ok(result.ok, JSON.stringify(result));
  return [...result.value.tasks];
}

test('tasks are queued in one batch, in their order, with their claims', (t) => {
  const memory = new MemoryStore(t);
  const result = submit(request([{ script: 'a.py' }, { command: ['make'], files: ['out.bin'] }]), lab, memory.store, memory.ledger, NOW);
  assert.deepEqual(result, { ok: true, value: { batch: 1, tasks: [1, 2] } });
  assert.deepEqual(memory.store.tasks.ofBatch(1 as never).map(({ id, spec, workspace, submittedAt, state }) => [id, spec.name, workspace, submittedAt, state]), [
    [1, 'a.py', '/lab', NOW, { status: 'queued', held: false, readyAt: NOW }],
    [2, 'make', '/lab', NOW, { status: 'queued', held: false, readyAt: NOW }],
  ]);
  assert.deepEqual([1, 2].map((id) => memory.store.claims.of(taskId(id)).map(({ path, mode }) => `${mode} ${path}`)), [['read /lab/a.py'], ['write /lab/out.bin']]);
  assert.deepEqual(memory.store.batches.latest(['/lab'], 1).map(({ name, total }) => [name, total]), [['Sweep', 2]]);
});

test('defaults hold for all tasks of a request', (t) => {
  const memory = new MemoryStore(t);
  queue(memory, [{ script: 'a.py' }, { script: 'b.py', priority: 1 }], { defaults: { priority: 'low', type: 'analysis' } });
  assert.deepEqual([1, 2].map((id) => memory.task(taskId(id)).spec).map(({ priority, type }) => [priority, type]), [[9, 'analysis'], [1, 'analysis']]);
});

test('one wrong task is reason enough to queue none', (t) => {
  const memory = new MemoryStore(t);
  const revision = memory.store.revision();
  const result = submit(request([{ script: 'a.py' }, { script: 'none.py' }, { script: 'a.py', after: ['#77'] }]), lab, memory.store, memory.ledger, NOW);
  assert.deepEqual(result.ok ? [] : result.error.map(formatProblem), ['`tasks[1].script`: there is no file `/lab/none.py`', '`tasks[2].after`: there is no task #77 in the store; `parallel-workflow list` shows those there are']);
  assert.deepEqual([memory.store.revision(), memory.store.counts.workspaces(), memory.store.batches.latest(['/lab'], 9)], [revision, [], []]);
});

test('a dependency on a task that is not in the store is refused by its number', (t) => {
  const memory = new MemoryStore(t);
  const result = submit(request([{ script: 'a.py' }, { script: 'a.py', after: ['#77'] }]), lab, memory.store, memory.ledger, NOW);
  assert.deepEqual(result.ok ? [] : result.error.map(formatProblem), ['`tasks[1].after`: there is no task #77 in the store; `parallel-workflow list` shows those there are']);
  assert.deepEqual(memory.store.counts.workspaces(), []);
});

test('a follow-up waits for a conversation that is not over yet, however one that is over ended', (t) => {
  const memory = new MemoryStore(t);
  queue(memory, [{ prompt: 'First' }, { prompt: 'Second' }]);
  memory.finish(taskId(2), 1);
  queue(memory, [{ prompt: 'More', follows: '#1' }, { prompt: 'More', follows: '#2' }, { prompt: 'More', follows: '#1', after: ['#1'] }]);
  assert.deepEqual([3, 4, 5].map((id) => memory.task(taskId(id))).map(({ spec, unmet, state }) => [spec.after, unmet, state.status]), [[['#1'], 1, 'queued'], [[], 0, 'queued'], [['#1'], 1, 'queued']]);
});

test('only a prompt that is in the store can be followed up', (t) => {
  const memory = new MemoryStore(t);
  queue(memory, [{ script: 'a.py' }]);
  const result = submit(request([{ prompt: 'More', follows: '#1' }, { prompt: 'More', follows: '#7' }]), lab, memory.store, memory.ledger, NOW);
  assert.deepEqual(result.ok ? [] : result.error.map(formatProblem), [
    '`tasks[0].follows`: #1 a.py is no prompt, so there is no conversation to go on with',
    '`tasks[1].follows`: there is no task #7 in the store; `parallel-workflow list` shows those there are',
  ]);
});

test('a request without tasks is refused', (t) => {
  const memory = new MemoryStore(t);
  const result = submit(request([]), lab, memory.store, memory.ledger, NOW);
  assert.deepEqual(result.ok ? [] : result.error.map(formatProblem), ['`tasks`: expected at least one task, got `[]`']);
});

test('tasks wait for those of their batch, whichever comes first in it, and for earlier ones', (t) => {
  const memory = new MemoryStore(t);
  const [earlier] = queue(memory, [{ script: 'a.py' }]);
  const ids = queue(memory, [
    { script: 'a.py', id: 'render', after: ['mesh', `#${earlier}`, 'mesh'] },
    { script: 'a.py', id: 'mesh' },
  ]);
  assert.deepEqual(ids.map((id) => memory.task(taskId(id)).unmet), [2, 0]);
  memory.finish(taskId(earlier!));
  memory.finish(taskId(ids[1]!));
  assert.equal(memory.task(taskId(ids[0]!)).unmet, 0);
});

test('what comes after an earlier task that succeeded is free, after one that failed is skipped, with all that comes after it', (t) => {
  const memory = new MemoryStore(t);
  const [ok, failed] = queue(memory, [{ script: 'a.py' }, { script: 'b.py' }]);
  memory.finish(taskId(ok!));
  memory.finish(taskId(failed!), 1);
  const ids = queue(memory, [
    { script: 'a.py', after: ['middle'] },
    { script: 'a.py', id: 'middle', after: [`#${failed}`] },
    { script: 'a.py', after: ['middle'] },
    { script: 'a.py', after: [`#${ok}`] },
  ]);
  assert.deepEqual(ids.map((id) => memory.task(taskId(id))).map(({ state, unmet }) => (state.status === 'finished' && state.outcome.type === 'skipped' && state.outcome.reason === 'upstream' ? `after ${state.outcome.name}` : `${state.status} ${unmet}`)), [
    'after middle', 'after b.py', 'after middle', 'queued 0',
  ]);
});

test('a task for later is not in the queue until then', (t) => {
  const memory = new MemoryStore(t);
  const [id] = queue(memory, [{ script: 'a.py', startAt: '2030-01-31T08:00:00Z' }]);
  const at = Date.UTC(2030, 0, 31, 8);
  assert.deepEqual([memory.task(taskId(id!)).state, memory.store.tasks.nextTimed(), memory.store.tasks.startableTypes('/lab')], [{ status: 'queued', held: false, readyAt: at }, at, []]);
  const [past] = queue(memory, [{ script: 'a.py', startAt: '1970-01-01T00:00:00Z' }]);
  assert.deepEqual(memory.task(taskId(past!)).state, { status: 'queued', held: false, readyAt: NOW });
});

test('three thousand tasks are queued in one transaction', (t) => {
  const memory = new MemoryStore(t);
  const ids = queue(memory, Array.from({ length: 3000 }, () => ({ command: ['true'] })));
  assert.deepEqual([ids.length, memory.store.counts.of(['/lab']).waiting, memory.store.revision()], [3000, 3000, 1]);
});

test('tasks of scripts that are to be held are queued held, with the rest of their batch around them', (t) => {
  const memory = new MemoryStore(t);
  queue(memory, [{ script: 'a.py', id: 'a' }, { script: 'b.py' }, { command: ['make'], after: ['a'] }, { function: 'a.py:f' }], { holdScripts: ['/lab/sub/../a.py'] });
  assert.deepEqual([1, 2, 3, 4].map((id) => memory.task(taskId(id)).state), [true, false, false, true].map((held) => ({ status: 'queued', held, readyAt: NOW })));
});
