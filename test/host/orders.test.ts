import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TaskId } from '../../src/core/model/ids.ts';
import { COMMANDS } from '../../src/host/ids.ts';
import { gatedTasks } from './support/gated-tasks.ts';
import { configure, eventually, fileUri, Observer, row, workspaceFolder } from './support/observer.ts';

describe('orders about tasks', () => {
  const roots = [workspaceFolder().uri.fsPath];
  let observer: Observer;
  before(async () => (observer = await Observer.open()));
  after(() => observer.close());
  // A test that fails leaves no paused queue to the next.
  afterEach(() => observer.engine.setPaused(roots, false));

  const run = (command: string, ...args: unknown[]): Thenable<unknown> => vscode.commands.executeCommand(command, ...args);

  const quick = async (): Promise<TaskId> => (await observer.newTasks(1, () => run(COMMANDS.queue, fileUri('quick.sh'))))[0]!;

  it('cancels a running task with all that it started', async () => {
    const [id] = (await gatedTasks(observer)).ids;
    const { run: before } = await observer.view(id!);
    await run(COMMANDS.cancel, row(id!));
    await observer.reaches(id!, 'cancelled');
    assert.throws(() => process.kill(before!.pid!, 0), /ESRCH/);
  });

  it('retries a finished task', async () => {
    const id = await quick();
    await observer.reaches(id, 'succeeded');
    await run(COMMANDS.retry, row(id));
    await eventually('a second attempt', async () => {
      const { task } = await observer.view(id);
      return task.attempts === 2 && task.state.status === 'finished' ? true : undefined;
    });
  });

  it('pauses the queue, and what waits can be held, released and given another priority', async () => {
    await run(COMMANDS.pauseQueue);
    assert.equal((await observer.engine.status(roots)).paused, true);
    const id = await quick();
    await eventually('the reason', async () => ((await observer.view(id)).wait?.type === 'paused' ? true : undefined));
    await run(COMMANDS.hold, row(id));
    assert.equal((await observer.view(id)).wait?.type, 'held');
    const changing = run(COMMANDS.changePriority, row(id));
    await new Promise((resolve) => setTimeout(resolve, 400));
    await run('workbench.action.quickOpenSelectNext');
    await run('workbench.action.acceptSelectedQuickOpenItem');
    await changing;
    assert.equal((await observer.view(id)).task.spec.priority, 9);
    await run(COMMANDS.resumeQueue);
    assert.equal((await observer.engine.status(roots)).paused, false);
    assert.equal((await observer.view(id)).task.state.status, 'queued');
    await run(COMMANDS.release, row(id));
    await observer.reaches(id, 'succeeded');
  });

  it('cancels everything that runs or waits', async () => {
    await configure('confirmations.cancelAll', false);
    const [running] = (await gatedTasks(observer)).ids;
    await run(COMMANDS.pauseQueue);
    const waiting = await quick();
    await run(COMMANDS.cancelAll);
    await Promise.all([observer.reaches(running!, 'cancelled'), observer.reaches(waiting, 'cancelled')]);
    await run(COMMANDS.resumeQueue);
  });

  it('clears what has finished, and only that', async () => {
    await configure('confirmations.clearFinished', false);
    const { ids, open } = await gatedTasks(observer);
    await run(COMMANDS.clearFinished);
    assert.deepEqual((await observer.tasks()).map(({ task }) => task.id), ids);
    open();
    await observer.reaches(ids[0]!, 'succeeded');
  });

  it('tells the engine new limits, and the safe ones for wrong values', async () => {
    const totalIs = (total: number): Promise<true> => eventually(`a limit of ${total}`, async () => ((await observer.engine.status(roots)).limits.total === total ? true : undefined));
    await configure('maxParallel', 3);
    await totalIs(3);
    await configure('maxParallel', 0);
    await totalIs(11);
    await configure('maxParallel', undefined);
  });
});
