import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { TaskView } from '../../src/core/engine/engine-port.ts';
import type { TaskId } from '../../src/core/model/ids.ts';
import { EditedFile } from './support/edited-file.ts';
import { modelProvider, resultsIn, type ModelProvider, type ProvidedAnswer, type ProvidedRequest } from './support/model-provider.ts';
import { configure, eventually, fileUri, Observer, workspaceFolder } from './support/observer.ts';

describe('the models of VS Code', function () {
  this.timeout(120_000);

  let observer: Observer;
  let provider: ModelProvider;
  before(async () => {
    observer = await Observer.open();
    await vscode.extensions.getExtension('parallel-workflow.parallel-workflow')!.activate();
    provider = await modelProvider();
    await configure('autoSave', 'off', 'files');
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));
  after(async () => {
    provider.offer([]);
    await configure('autoSave', undefined, 'files');
    await observer.close();
  });

  const known = async (...ids: readonly string[]): Promise<void> => {
    await eventually(`the engine to know ${ids.join(', ') || 'no model'}`, async () => {
      const { agents } = await observer.engine.agents();
      const models = agents.find(({ name }) => name === 'vscode')?.models ?? [];
      return models.join() === ids.join() ? true : undefined;
    });
  };

  /** Queues a prompt for a model that answers like this. */
  const prompt = async (answers: (request: ProvidedRequest, count: number) => ProvidedAnswer | Promise<ProvidedAnswer>, more: object = {}): Promise<TaskId> => {
    provider.offer(['standin-1'], answers);
    await known('standin-1');
    const submitted = await observer.engine.submit({ workspace: workspaceFolder().uri.fsPath, name: 'prompt', tasks: [{ prompt: 'Do it.', agent: 'vscode', name: 'Do it', ...more }], confine: true });
    assert.ok(submitted.ok, JSON.stringify(submitted));
    return submitted.value.tasks[0]!;
  };

  /** Each prompt is a program of its own, which a busy machine may take long to start. */
  const ended = (id: TaskId, how: string): Promise<TaskView> =>
    eventually(`task ${id} to have ${how}`, async () => {
      const view = await observer.view(id);
      const { state } = view.task;
      if (state.status === 'finished') assert.equal(state.outcome.type, how, JSON.stringify(state.outcome));
      return state.status === 'finished' ? view : undefined;
    }, 90_000);

  const conversation = ({ run }: TaskView): string => readFileSync(path.join(run!.folder, 'stdout'), 'utf8');

  it('are known as long as they are offered', async () => {
    provider.offer(['standin-1', 'standin-2']);
    await known('standin-1', 'standin-2');
    provider.offer([]);
    await known();
  });

  it('carry out a prompt: read, edit an open file through its editor, run a task', async () => {
    const file = new EditedFile('one\ntwo\n');
    const document = await file.show();
    writeFileSync(fileUri('answer.sh').fsPath, 'echo forty-two\n');
    const id = await prompt((_, count) =>
      count === 1
        ? { say: 'I look.', calls: [{ name: 'read_file', input: { path: file.name } }, { name: 'edit_file', input: { path: file.name, old: 'two', new: 'zwei' } }, { name: 'run_task', input: { script: 'answer.sh' } }] }
        : { say: 'All done.' },
    );
    const view = await ended(id, 'succeeded');
    assert.equal(file.disk, 'one\nzwei\n');
    assert.deepEqual([document.getText(), document.isDirty], ['one\nzwei\n', false]);
    const [read, edit, task] = resultsIn(provider.requests[1]!);
    assert.deepEqual([read, edit], [`${file.name}, 2 lines.\none\ntwo`, `Changed ${file.name}.`]);
    assert.match(task!, /^Task #\d+ succeeded\.\nforty-two$/);
    assert.match(conversation(view), /I look\.[^]*Edit.* data-[^]*All done\./);
    const { agent } = view.run!;
    assert.deepEqual([agent?.model, agent?.turns, agent?.answer, agent?.filesChanged], ['standin-1', 2, 'All done.', [file.uri.fsPath]]);
    assert.ok(agent!.inputTokens > 0 && agent!.outputTokens > 0);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), 'one\ntwo\n', 'a person can undo it');
  });

  it('make and change files that nobody has open', async () => {
    const name = `made-${Date.now()}.txt`;
    const id = await prompt((_, count) => [{ say: '', calls: [{ name: 'write_file', input: { path: name, content: 'a\n' } }] }, { say: '', calls: [{ name: 'edit_file', input: { path: name, old: 'a', new: 'b' } }] }, { say: 'Done.' }][count - 1]!);
    await ended(id, 'succeeded');
    assert.equal(readFileSync(fileUri(name).fsPath, 'utf8'), 'b\n');
    assert.ok(!vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label === name)), 'no tab comes up');
  });

  it('do not get at a file with unsaved changes: what was typed survives', async () => {
    const file = new EditedFile('saved\n');
    const document = await file.change('typed, ');
    await eventually('the file to be held', async () => ((await observer.engine.filesInUse([])).some((use) => use.path === file.uri.fsPath) ? true : undefined));
    const id = await prompt((_, count) =>
      count === 1
        ? { say: '', calls: [{ name: 'read_file', input: { path: file.name } }, { name: 'edit_file', input: { path: file.name, old: 'saved', new: 'lost' } }, { name: 'write_file', input: { path: file.name, content: 'lost' } }] }
        : { say: 'I could not.' },
    );
    const { run } = await ended(id, 'succeeded');
    assert.deepEqual([document.getText(), document.isDirty, file.disk], ['typed, saved\n', true, 'saved\n']);
    const [read, edit] = resultsIn(provider.requests[1]!);
    assert.match(read!, /unsaved changes[^]*typed, saved$/);
    assert.match(edit!, /^Refused: .*unsaved changes/);
    assert.deepEqual(run?.agent?.refusals.map((refusal) => refusal.path), [file.uri.fsPath, file.uri.fsPath]);
    assert.deepEqual(run?.agent?.filesChanged, []);
  });

  it('that may not be used are told as such', async () => {
    const id = await prompt(() => ({ fail: vscode.LanguageModelError.NoPermissions('no') }));
    const { task } = await ended(id, 'failed');
    assert.ok(task.state.status === 'finished' && task.state.outcome.type === 'failed' && task.state.outcome.reason === 'agent', JSON.stringify(task.state));
    assert.equal(task.state.outcome.evidence.type, 'refused');
  });
});
