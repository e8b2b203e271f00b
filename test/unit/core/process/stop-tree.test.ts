import assert from 'node:assert/strict';
import fs from 'node:fs';
import { describe, test } from 'node:test';
import { linuxProcessTable } from '../../../../src/core/process/linux-process-table.ts';
import { stopTree } from '../../../../src/core/process/stop-tree.ts';
import { FakeProcessTable } from '../../../support/process/fake-process-table.ts';
import { ShimmedRun } from '../../../support/process/shimmed-run.ts';
import { until } from '../../../support/until.ts';

const PATIENT_MS = 10_000;

interface Stopped {
  readonly forced: number;
  /** Processes that are left when the shim has ended. */
  readonly survivors: readonly number[];
  readonly code: number | undefined;
}

async function stop(run: ShimmedRun, graceMs: number): Promise<Stopped> {
  const forced = await stopTree({ pid: run.pid, mark: run.folder.path }, linuxProcessTable, graceMs);
  await run.ended;
  return { forced, survivors: await run.living(), code: run.folder.readResult()?.code };
}

const sh = (script: string): string[] => ['/bin/sh', '-c', script];
const FOR_EVER = 'while :; do sleep 60; done';

describe('on real processes', { concurrency: 3, timeout: 60_000, skip: process.platform === 'linux' ? false : 'the trees are told apart by /proc' }, () => {
  test('a command that ends when it is asked to is not forced', async (t) => {
    const run = await ShimmedRun.start(t, sh('trap "exit 7" TERM; echo ready; while :; do sleep 0.02; done'));
    await run.printed('ready');
    assert.deepEqual(await stop(run, PATIENT_MS), { forced: 0, survivors: [], code: 7 });
  });

  test('a command without a handler ends at once, and its shim tells', async (t) => {
    const run = await ShimmedRun.start(t, sh('echo ready; exec sleep 60'));
    await run.printed('ready');
    const started = performance.now();
    assert.deepEqual(await stop(run, PATIENT_MS), { forced: 0, survivors: [], code: 143 });
    assert.ok(performance.now() - started < PATIENT_MS / 2);
  });

  test('a child that ignores the request is forced after the grace period, and not before', async (t) => {
    const run = await ShimmedRun.start(t, sh(`trap "" TERM; echo ready; ${FOR_EVER}`));
    await run.printed('ready');
    const started = performance.now();
    const stopped = await stop(run, 150);
    assert.ok(performance.now() - started >= 150);
    assert.ok(stopped.forced >= 1);
    assert.deepEqual({ ...stopped, forced: 0 }, { forced: 0, survivors: [], code: 137 });
  });

  test('without a grace period all are forced at once', async (t) => {
    const run = await ShimmedRun.start(t, sh('trap "echo asked" TERM; echo ready; while :; do sleep 0.02; done'));
    await run.printed('ready');
    assert.deepEqual([(await stop(run, 0)).code, run.stdout], [137, 'ready\n']);
  });

  test('children that left their parent, their group or their session are found', async (t) => {
    const run = await ShimmedRun.start(t, sh(`(sleep 61 &); (setsid sleep 62 &); setsid sh -c '(sleep 63 &); setsid sleep 64 & exec sleep 65' & (trap "" TERM; (setsid sh -c 'while :; do sleep 66; done' &)); echo ready; wait`));
    await run.printed('ready');
    await until('all of the tree', async () => (await run.living()).length >= 8);
    const stopped = await stop(run, 150);
    assert.deepEqual(stopped.survivors, []);
    assert.ok(stopped.forced >= 1, 'one of them ignored the request');
  });

  test('a hundred children, each with a child that left twice, leave no survivor', async (t) => {
    const run = await ShimmedRun.start(t, sh(`i=0; while [ $i -lt 100 ]; do sh -c '(setsid sleep 60 &); exec sleep 60' & i=$((i+1)); done; echo ready; wait`));
    await run.printed('ready');
    await until('all of the tree', async () => (await run.living()).length >= 200);
    const stopped = await stop(run, PATIENT_MS);
    assert.deepEqual(stopped, { forced: 0, survivors: [], code: 143 });
  });

  test('a tree that ignores requests and goes on forking leaves no survivor', async (t) => {
    const run = await ShimmedRun.start(t, sh(`trap "" TERM; echo ready; i=0; while [ $i -lt 300 ]; do (setsid sleep 60 &); i=$((i+1)); done; ${FOR_EVER}`));
    await run.printed('ready');
    assert.deepEqual((await stop(run, 40)).survivors, []);
  });

  test('stopped children are woken to take the request', async (t) => {
    const run = await ShimmedRun.start(t, sh('trap "exit 7" TERM; kill -STOP $$; while :; do sleep 0.02; done'));
    await until('the stopped child', async () => (await run.living()).some((pid) => fs.readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') T ')));
    assert.deepEqual(await stop(run, PATIENT_MS), { forced: 0, survivors: [], code: 7 });
  });

  test('a run whose whole group was stopped ends too, with its shim', async (t) => {
    const run = await ShimmedRun.start(t, sh('echo ready; exec sleep 60'));
    await run.printed('ready');
    process.kill(-run.pid, 'SIGSTOP');
    assert.deepEqual(await stop(run, PATIENT_MS), { forced: 0, survivors: [], code: 143 });
  });

  test('a shim that is stopped while its command is asked to end tells how that was forced', async (t) => {
    const run = await ShimmedRun.start(t, sh(`trap "kill -STOP $PPID" TERM; echo ready; ${FOR_EVER}`));
    await run.printed('ready');
    await stopTree({ pid: run.pid, mark: run.folder.path, start: await linuxProcessTable.startOf(run.pid) }, linuxProcessTable, 300);
    assert.equal(run.folder.readResult()?.code, 137);
  });

  test('what is left of a run without its shim is ended', async (t) => {
    const run = await ShimmedRun.start(t, sh('(setsid sleep 60 &); echo ready; exec sleep 60'));
    await run.printed('ready');
    process.kill(run.pid, 'SIGKILL');
    await run.ended;
    assert.ok((await run.living()).length >= 2);
    assert.deepEqual((await stop(run, 0)).survivors, []);
    assert.equal(run.folder.readResult(), undefined);
  });

  test('other runs are left alone', async (t) => {
    const one = await ShimmedRun.start(t, sh('echo ready; exec sleep 60'));
    const other = await ShimmedRun.start(t, sh('(setsid sleep 60 &); echo ready; exec sleep 60'));
    await Promise.all([one.printed('ready'), other.printed('ready')]);
    const before = await until('the other tree', async () => {
      const living = await other.living();
      return living.length === 3 && living;
    });
    await stop(one, PATIENT_MS);
    assert.deepEqual(await other.living(), before);
  });

  test('ending a run that has ended does nothing', async (t) => {
    const run = await ShimmedRun.finish(t, sh('exit 3'));
    assert.deepEqual(await stop(run, PATIENT_MS), { forced: 0, survivors: [], code: 3 });
  });
});

test('each process is asked once, woken, and never is the shim', async () => {
  const table = new FakeProcessTable().add(10).add(11, { parent: 10 }).add(12, { parent: 11 }).add(13).add(99);
  table.marks.set(10, 'PARALLEL_WORKFLOW_RUN=/run').set(13, 'PARALLEL_WORKFLOW_RUN=/run').set(99, 'PARALLEL_WORKFLOW_RUN=/other');
  assert.equal(await stopTree({ pid: 10, mark: '/run' }, table, 1000), 0);
  assert.deepEqual(table.signals, ['SIGCONT 10', 'SIGTERM 11', 'SIGCONT 11', 'SIGTERM 12', 'SIGCONT 12', 'SIGTERM 13', 'SIGCONT 13']);
  assert.deepEqual([...table.processes.keys()], [10, 99]);
});

test('a process that has the number of a shim that is gone is left alone, with all below it', async () => {
  const table = new FakeProcessTable().add(10, { start: 'later' }).add(11, { parent: 10 }).add(13);
  table.marks.set(13, 'PARALLEL_WORKFLOW_RUN=/run');
  assert.equal(await stopTree({ pid: 10, mark: '/run', start: '100' }, table, 1000), 0);
  assert.deepEqual([...table.processes.keys()], [10, 11]);
});

test('a shim without a command has the grace period to start it, or to record its end, and is ended then', async () => {
  const table = new FakeProcessTable().add(10);
  const started = performance.now();
  assert.equal(await stopTree({ pid: 10, mark: '/run', start: '100' }, table, 100), 1);
  assert.ok(performance.now() - started >= 100);
  assert.deepEqual([table.signals, table.processes.size], [['SIGCONT 10', 'SIGKILL 10'], 0]);
});

test('a shim whose command was forced has time to record that', async () => {
  const table = new FakeProcessTable().add(10, { start: '100' }).add(11, { parent: 10 });
  let looks = 0;
  table.onSignal = (pid, signal) => {
    if (signal === 'SIGKILL') table.end(pid);
  };
  const list = table.list.bind(table);
  table.list = () => {
    if (!table.processes.has(11) && ++looks === 5) table.end(10);
    return list();
  };
  assert.equal(await stopTree({ pid: 10, mark: '/run', start: '100' }, table, 0), 1);
  assert.deepEqual([...new Set(table.signals)], ['SIGCONT 10', 'SIGKILL 11']);
});

test('a shim whose command ended as the grace period did has time to record that, however long looks take', async (t) => {
  const table = new FakeProcessTable().add(10, { start: '100' }).add(11, { parent: 10 });
  let [now, looks] = [0, 0];
  t.mock.method(performance, 'now', () => now);
  const list = table.list.bind(table);
  table.list = () => {
    const seen = list();
    now += looks++ * 600;
    if (looks === 3) table.end(10);
    return seen;
  };
  assert.equal(await stopTree({ pid: 10, mark: '/run', start: '100' }, table, 500), 0);
  assert.deepEqual([table.signals, looks], [['SIGCONT 10', 'SIGTERM 11', 'SIGCONT 11', 'SIGCONT 10'], 4]);
});

test('members that are to be spared are', async () => {
  const table = new FakeProcessTable().add(10).add(11, { parent: 10 }).add(12, { parent: 11 });
  assert.equal(await stopTree({ pid: 10, mark: '/run', spare: new Set([11]) }, table, 1000), 0);
  assert.deepEqual([...table.processes.keys()], [10, 11]);
});

test('a run whose shim is not known sends no signal but to those that carry its mark', async () => {
  const table = new FakeProcessTable().add(1, { parent: 0 }).add(13);
  table.marks.set(13, 'PARALLEL_WORKFLOW_RUN=/run');
  assert.equal(await stopTree({ pid: -1, mark: '/run' }, table, 0), 1);
  assert.deepEqual(table.signals, ['SIGKILL 13']);
});

test('a process that cannot be ended is given up on, after many tries', async () => {
  const table = new FakeProcessTable().add(10).add(11, { parent: 10 });
  let kills = 0;
  table.onSignal = (pid, signal) => {
    if (signal === 'SIGKILL' && ++kills === 60) table.end(pid);
  };
  assert.equal(await stopTree({ pid: 10, mark: '/run' }, table, 0), 1);
  assert.equal(kills, 60);
});
