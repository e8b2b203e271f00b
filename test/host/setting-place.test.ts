import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { SETTINGS } from '../../src/host/ids.ts';
import { changeSetting, LiveSettings } from '../../src/host/settings/live-settings.ts';
import { workspaceSettings } from '../../src/views/dashboard/workspace-settings.ts';

describe('a setting that a click changes', () => {
  const section = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('parallelWorkflow');
  const changed = [SETTINGS.maxParallel, SETTINGS.confirmCancelAll];
  afterEach(async () => {
    for (const key of changed) for (const target of [vscode.ConfigurationTarget.Global, vscode.ConfigurationTarget.Workspace]) await section().update(key, undefined, target);
  });

  const liveWith = (files: Readonly<Record<string, unknown>>): LiveSettings => {
    const merged = { values: new Map(Object.entries(files).map(([key, value]) => [key, { value, sources: [] }])) };
    return new LiveSettings(assert.fail, { merged, mergedOf: () => merged, onDidChange: () => new vscode.Disposable(() => undefined) });
  };

  for (const [who, files, target] of [
    ['a file of the project', { maxParallel: 3 }, vscode.ConfigurationTarget.Global],
    ['the workspace', {}, vscode.ConfigurationTarget.Workspace],
    ['nobody but the person', {}, vscode.ConfigurationTarget.Global],
  ] as const) {
    it(`is in force where ${who} sets it`, async () => {
      await section().update(SETTINGS.maxParallel, 5, target);
      const live = liveWith(files);
      const store = workspaceSettings(live);
      await store.write(SETTINGS.maxParallel, store.place(SETTINGS.maxParallel), 4);
      assert.equal(live.inForce(SETTINGS.maxParallel).value, 4);
      live.dispose();
    });
  }

  it('of a question that is not to come again as well', async () => {
    await section().update(SETTINGS.confirmCancelAll, true, vscode.ConfigurationTarget.Workspace);
    await changeSetting(SETTINGS.confirmCancelAll, false);
    assert.equal(section().get(SETTINGS.confirmCancelAll), false);
  });
});
