import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { COMMANDS, CONFIG_SCHEME, MILESTONE_SCHEME } from '../../src/host/ids.ts';
import { eventually, fileUri, Observer, workspaceFolder } from './support/observer.ts';

const FILES = ['claude_parallel_config.json', 'claude_resource_config.json', 'claude_scheduler_config.json', 'parallel_execution_config.json'];

describe('files of the project', () => {
  let observer: Observer;
  before(async () => {
    observer = await Observer.open();
    await vscode.extensions.getExtension('parallel-workflow.parallel-workflow')!.activate();
  });
  after(() => observer.close());
  afterEach(async () => {
    for (const name of FILES) for (const file of [name, `${name}.bak`]) rmSync(fileUri(file).fsPath, { force: true });
    await limitIs(11);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const write = (name: string, value: unknown): void => writeFileSync(fileUri(name).fsPath, typeof value === 'string' ? value : JSON.stringify(value, null, 2));
  const limitIs = (limit: number): Promise<true> => eventually(`a limit of ${limit}`, async () => ((await observer.engine.status([])).limits.total === limit ? true : undefined));
  const problemsOf = (name: string): readonly vscode.Diagnostic[] => vscode.languages.getDiagnostics(fileUri(name)).filter(({ source }) => source === 'Parallel Workflow');

  it('are in force as soon as they are saved, and no longer when they are gone', async () => {
    write('claude_parallel_config.json', { maxParallel: 3 });
    await limitIs(3);
    write('claude_parallel_config.json', { maxParallel: 4 });
    await limitIs(4);
  });

  it('tell a mistake at its line, and stay in force as they were', async () => {
    write('claude_parallel_config.json', { maxParallel: 3 });
    await limitIs(3);
    write('claude_parallel_config.json', '{\n  "types": {},\n  "maxParallel": 0\n}\n');
    const found = await eventually('the mistake to be told', () => problemsOf('claude_parallel_config.json').find(({ severity }) => severity === vscode.DiagnosticSeverity.Error));
    assert.equal(found.range.start.line, 2);
    assert.match(found.message, /`maxParallel`: expected an integer from 1 to 1024/);
    assert.equal((await observer.engine.status([])).limits.total, 3);
    write('claude_parallel_config.json', { maxParallel: 5 });
    await limitIs(5);
    await eventually('no mistake to be left', () => (problemsOf('claude_parallel_config.json').length === 0 ? true : undefined));
  });

  it('with a mistake are in force in all else, and the effective configuration says what is wrong', async () => {
    write('claude_parallel_config.json', { memoryThreshold: 'much', maxParallel: 3 });
    await limitIs(3);
    write('claude_scheduler_config.json', { schedules: [{ name: 'wrong', daily: '25:00', tasks: [{ script: 'quick.sh' }] }, { name: 'right', daily: '02:00', tasks: [{ script: 'quick.sh' }] }] });
    const names = async (): Promise<string> => (await observer.engine.schedules([workspaceFolder().uri.fsPath])).flatMap(({ schedule }) => (schedule.source.type === 'file' ? schedule.name : [])).join();
    await eventually('the schedule that is right', async () => ((await names()) === 'right' ? true : undefined));
    const found = await eventually('the schedule that is wrong to be told', () => problemsOf('claude_scheduler_config.json')[0]);
    assert.deepEqual([found.range.start.line, found.message], [4, '`schedules[0].daily`: expected a time such as `08:30`, got `"25:00"`; the schedule is left out']);
    await vscode.commands.executeCommand(COMMANDS.showEffectiveConfig);
    const document = await eventually('the document', () => vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === CONFIG_SCHEME));
    await eventually('both mistakes in it', () => (/^\/\/ error: claude_scheduler_config\.json:5: .*; the schedule is left out$/m.test(document.getText()) && /\/\/ error: claude_parallel_config\.json:2: `memoryThreshold`: .*; it is left out\n {2}\/\/ built in\n {2}"parallelWorkflow\.memoryThreshold"/.test(document.getText()) ? true : undefined));
  });

  it('are weaker than the settings of the workspace, and the effective configuration says who has the word', async () => {
    const section = vscode.workspace.getConfiguration('parallelWorkflow');
    write('claude_parallel_config.json', { maxParallel: 3 });
    await limitIs(3);
    await section.update('maxParallel', 6, vscode.ConfigurationTarget.Workspace);
    try {
      await limitIs(6);
      await section.update('maxParallel', undefined, vscode.ConfigurationTarget.Workspace);
      await limitIs(3);
    } finally {
      await section.update('maxParallel', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await vscode.commands.executeCommand(COMMANDS.showEffectiveConfig);
    const document = await eventually('the document', () => vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === CONFIG_SCHEME));
    assert.match(document.getText(), /\/\/ claude_parallel_config\.json:2\n {2}"parallelWorkflow\.maxParallel": 3/);
    assert.match(document.getText(), /\/\/ built in\n {2}"parallelWorkflow\.onClose": "keep"/);
  });

  it('are written with what is in force, and never over one that is there', async () => {
    await vscode.commands.executeCommand(COMMANDS.createResourceConfig);
    const file = fileUri('claude_resource_config.json').fsPath;
    const { version, whenCritical, dwellSeconds } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    assert.deepEqual([version, whenCritical, dwellSeconds], [2, 'suspend', 5]);
    await eventually('a file without problems', () => (problemsOf('claude_resource_config.json').length === 0 ? true : undefined));
    write('claude_resource_config.json', { dwellSeconds: 7 });
    await vscode.commands.executeCommand(COMMANDS.createResourceConfig);
    assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), { dwellSeconds: 7 });
  });

  it('of an older shape are read, and brought up to date with a copy kept', async () => {
    const older = { max_parallel_tasks: 4, task_types: { simulation: { max_concurrent: 2 } } };
    write('claude_parallel_config.json', older);
    await limitIs(4);
    await vscode.commands.executeCommand(COMMANDS.updateConfig, fileUri('claude_parallel_config.json'));
    assert.deepEqual(JSON.parse(readFileSync(fileUri('claude_parallel_config.json').fsPath, 'utf8')), { version: 2, maxParallel: 4, types: { simulation: { limit: 2 } } });
    assert.deepEqual(JSON.parse(readFileSync(fileUri('claude_parallel_config.json.bak').fsPath, 'utf8')), older);
    await limitIs(4);
  });

  it('are brought up to date from the palette while another file is open, and with what is typed in the editor', async () => {
    write('claude_parallel_config.json', { max_parallel_tasks: 4 });
    await limitIs(4);
    const document = await vscode.workspace.openTextDocument(fileUri('claude_parallel_config.json'));
    await vscode.window.showTextDocument(document, { preview: false });
    // An editor that was open before reads the file again when it hears of the change.
    await eventually('the editor to have what was written', () => document.getText() === readFileSync(document.uri.fsPath, 'utf8'));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), '{ "max_parallel_tasks": 5 }');
    await vscode.workspace.applyEdit(edit);
    await vscode.window.showTextDocument(fileUri('quick.sh'), { preview: false });
    const updating = vscode.commands.executeCommand(COMMANDS.updateConfig);
    // The only one of an older shape is picked from the list.
    let isDone = false;
    void updating.then(() => (isDone = true));
    await eventually('the file to be picked', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return isDone || undefined;
    });
    assert.deepEqual(JSON.parse(readFileSync(fileUri('claude_parallel_config.json').fsPath, 'utf8')), { version: 2, maxParallel: 5 });
    assert.equal(document.isDirty, false);
    await limitIs(5);
  });

  it('may hold comments and trailing commas, which the editor does not mark', async () => {
    write('claude_parallel_config.json', '{\n  // As many as there are cores.\n  "maxParallel": "all",\n}\n');
    await vscode.window.showTextDocument(fileUri('claude_parallel_config.json'));
    const marks = await eventually('the editor’s own check', () => {
      const found = vscode.languages.getDiagnostics(fileUri('claude_parallel_config.json')).filter(({ source }) => source !== 'Parallel Workflow');
      return found.length > 0 ? found : undefined;
    });
    assert.deepEqual(marks.map(({ range }) => range.start.line), [2], marks.map(({ message }) => message).join('; '));
  });

  it('bring roles, and take them away', async () => {
    const roots = [workspaceFolder().uri.fsPath];
    const named = async (): Promise<string | undefined> => (await observer.engine.roles(roots)).find(({ role }) => role.name === 'night_watch')?.role.label;
    write('parallel_execution_config.json', { roles: { night_watch: { label: 'Night Watch', priority: 'low', command: ['sh', 'quick.sh'] } } });
    await eventually('the role', async () => ((await named()) === 'Night Watch' ? true : undefined));
    rmSync(fileUri('parallel_execution_config.json').fsPath);
    await eventually('the role to be gone', async () => ((await named()) === undefined ? true : undefined));
  });

  it('hold milestones, whose report tells how far they are and what blocks them', async () => {
    write('parallel_execution_config.json', { roles: { project_management: { options: { milestones: [{ name: 'Paper', due: '2030-01-31', tags: ['paper'] }] } } } });
    const batch = fileUri('milestone.parallel.json');
    writeFileSync(batch.fsPath, JSON.stringify({ tasks: [{ script: 'quick.sh', name: 'draw', tags: ['paper'] }, { script: 'fails.sh', name: 'prove', tags: ['paper'] }] }));
    const ids = await observer.newTasks(2, () => vscode.commands.executeCommand(COMMANDS.queueBatch, batch));
    await observer.reaches(ids[0]!, 'succeeded');
    await observer.reaches(ids[1]!, 'failed');
    await eventually('the report', async () => {
      await vscode.commands.executeCommand(COMMANDS.openMilestoneReport);
      const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: MILESTONE_SCHEME, path: '/Milestones.md' }));
      return document.getText().includes('| Paper | 2030-01-31 | 1 of 2 |') && /What blocks Paper\n\n- .*prove: failed/.test(document.getText()) ? true : undefined;
    });
    rmSync(batch.fsPath);
    assert.ok(!existsSync(batch.fsPath));
  });
});
