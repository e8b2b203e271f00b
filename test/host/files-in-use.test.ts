import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { systemClock } from '../../src/core/base/clock.ts';
import { unclaimedWrites } from '../../src/core/present/tasks/describe-run-files.ts';
import { COMMANDS, VIEWS } from '../../src/host/ids.ts';
import { AwaitedFiles } from '../../src/host/locks/awaited-files.ts';
import { LockWatch } from '../../src/host/locks/lock-watch.ts';
import { FilesModel } from '../../src/views/files/files-model.ts';
import type { FilesNode } from '../../src/views/files/files-node.ts';
import { LockDecorations } from '../../src/views/files/lock-decorations.ts';
import { EditedFile } from './support/edited-file.ts';
import { gatedTasks, queueGated, untilItRuns } from './support/gated-tasks.ts';
import { eventually, fileUri, Observer, row, workspaceFolder } from './support/observer.ts';

describe('files in use', () => {
  const run = (command: string, ...args: unknown[]): Thenable<unknown> => vscode.commands.executeCommand(command, ...args);
  let observer: Observer;
  let watch: LockWatch;
  before(async () => {
    observer = await Observer.open();
    watch = new LockWatch(observer.engine, systemClock, assert.ifError);
  });
  after(() => {
    watch.dispose();
    return observer.close();
  });
  afterEach(() => run('workbench.action.closeAllEditors'));

  const free = (name: string): Promise<true> => eventually(`${name} to be free`, () => (watch.usesOf(fileUri(name).fsPath).length === 0 ? true : undefined));

  it('show with their holder and who waits, and go when they are free', async () => {
    const { name } = new EditedFile();
    const holder = await gatedTasks(observer, 1, { name: 'Holder', files: [name] });
    const waiter = await queueGated(observer, 1, { name: 'Waiter', files: [name] });
    const awaited = { has: () => false, onDidChange: () => ({ dispose: () => undefined }) };
    const model = new FilesModel({ watch, engine: observer.engine, awaited, roots: () => [workspaceFolder().uri.fsPath], clock: systemClock, onError: assert.ifError });
    model.setVisible(true);
    const users = async (): Promise<string | undefined> => {
      const file = (await model.children()).find(({ face }) => face.label === name);
      return file === undefined ? undefined : (await model.children(file)).map(({ face }: FilesNode) => `${face.label} ${face.description.split(' · ')[0]}`).join(', ');
    };
    try {
      await eventually('both', async () => ((await users()) === 'Holder writes, Waiter waits to write' ? true : undefined));
      holder.open();
      await eventually('the next one', async () => ((await users()) === 'Waiter writes' ? true : undefined));
      waiter.open();
      await eventually('no row', async () => ((await users()) === undefined ? true : undefined));
    } finally {
      model.dispose();
      for (const { open } of [holder, waiter]) open();
    }
    await Promise.all([...holder.ids, ...waiter.ids].map((id) => observer.reaches(id, 'succeeded')));
  });

  it('open from the view', async () => {
    const { name, uri } = new EditedFile();
    const { ids, open } = await gatedTasks(observer, 1, { files: [name] });
    await eventually('the lock', () => watch.writerOf(uri.fsPath));
    await eventually('the file in an editor', async () => {
      await run(`${VIEWS.filesInUse}.focus`);
      await run('list.focusFirst');
      await run('list.select');
      return vscode.window.activeTextEditor?.document.uri.fsPath === uri.fsPath ? true : undefined;
    });
    open();
    await observer.reaches(ids[0]!, 'succeeded');
  });

  it('have a badge while a task writes them, none while one reads them', async () => {
    const [written, read] = [new EditedFile(), new EditedFile()];
    const decorations = new LockDecorations(watch, systemClock, () => true);
    const changed = new Set<string>();
    const listener = decorations.onDidChangeFileDecorations((uris) => uris?.forEach(({ fsPath }) => changed.add(fsPath)));
    const answers = (): (string | undefined)[] => [written, read].map(({ uri }) => decorations.provideFileDecoration(uri)?.tooltip);
    try {
      assert.deepEqual(answers(), [undefined, undefined]);
      const { ids, open } = await gatedTasks(observer, 1, { name: 'Sweep', files: [written.name, { path: read.name, mode: 'read' }] });
      await eventually('the badge', () => (changed.has(written.uri.fsPath) ? true : undefined));
      assert.match(answers()[0] ?? '', /^Locked: “Sweep” writes it since /);
      assert.equal(answers()[1], undefined);
      changed.clear();
      open();
      await observer.reaches(ids[0]!, 'succeeded');
      await eventually('no badge', () => (changed.has(written.uri.fsPath) ? true : undefined));
      assert.deepEqual(answers(), [undefined, undefined]);
    } finally {
      listener.dispose();
      decorations.dispose();
    }
  });

  it('go to the next in line when a lock is taken away, and the run goes on', async () => {
    const { name, uri } = new EditedFile();
    const holder = await gatedTasks(observer, 1, { files: [name] });
    const waiter = await queueGated(observer, 1, { files: [name] });
    const user = await eventually('the lock', () => watch.writerOf(uri.fsPath));
    assert.equal(await observer.engine.breakLock(user.holder, uri.fsPath), true);
    await untilItRuns(observer, waiter.ids[0]!);
    assert.equal((await observer.view(holder.ids[0]!)).task.state.status, 'running');
    for (const { ids, open } of [holder, waiter]) {
      open();
      await observer.reaches(ids[0]!, 'succeeded');
    }
    await free(name);
  });

  it('are told once when they are free', async () => {
    const { name, uri } = new EditedFile();
    const told: string[] = [];
    const memory = { get: () => undefined, update: () => Promise.resolve() };
    const awaited = new AwaitedFiles({ watch, engine: observer.engine, memory, tell: (files) => told.push(...files), onError: assert.ifError });
    const { ids, open } = await gatedTasks(observer, 1, { files: [name] });
    await eventually('the lock', () => watch.writerOf(uri.fsPath));
    awaited.add(uri.fsPath);
    await run(COMMANDS.notifyWhenFree, uri);
    open();
    await observer.reaches(ids[0]!, 'succeeded');
    await free(name);
    assert.deepEqual(told, [uri.fsPath]);
    awaited.dispose();
  });

  it('that a task wrote without a claim are claimed from its next run on, on request', async function () {
    if (process.platform !== 'linux') return this.skip();
    const { name, uri } = new EditedFile();
    const gate = fileUri(`gate-${randomUUID()}`).fsPath;
    const batch = fileUri('writes.parallel.json');
    writeFileSync(batch.fsPath, JSON.stringify({ tasks: [{ name: 'Writer', script: 'write-on.sh', args: [gate, name] }] }));
    const [writer] = await observer.newTasks(1, () => run(COMMANDS.queueBatch, batch));
    await eventually('the write to be noticed', async () => (unclaimedWrites(await observer.view(writer!)).some((write) => write.path === uri.fsPath) ? true : undefined));
    await run(COMMANDS.claimNextTime, row(writer!));
    writeFileSync(gate, '');
    const { task } = await observer.reaches(writer!, 'succeeded');
    assert.ok(task.spec.files.some((claim) => claim.path === uri.fsPath && claim.mode === 'write'));
    const holder = await gatedTasks(observer, 1, { files: [name] });
    await run(COMMANDS.retry, row(writer!));
    await eventually('the claim to hold it back', async () => {
      const { wait } = await observer.view(writer!);
      return wait?.type === 'lock' && wait.path === uri.fsPath ? true : undefined;
    });
    holder.open();
    await observer.reaches(writer!, 'succeeded');
  });
});
