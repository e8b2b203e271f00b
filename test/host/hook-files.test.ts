import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { HOOK_FILES } from '../../src/core/agents/hook-files.ts';
import { hookProgram } from '../../src/core/agents/hook-program.ts';
import { stateFolder } from '../../src/core/engine/state-folder.ts';
import { COMMANDS } from '../../src/host/ids.ts';
import { eventually, workspaceFolder } from './support/observer.ts';

describe('hook files for other agents', () => {
  const file = path.join(workspaceFolder().uri.fsPath, HOOK_FILES.claude);
  const run = (command: string): Thenable<unknown> => vscode.commands.executeCommand(command);
  const accept = (): Thenable<unknown> => run('workbench.action.acceptSelectedQuickOpenItem');
  const isProposal = ({ label }: vscode.Tab): boolean => label.includes(HOOK_FILES.claude);

  before(async () => {
    await vscode.extensions.getExtension('parallel-workflow.parallel-workflow')!.activate();
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, '{"permissions":{"allow":["Bash(ls)"]}}');
  });
  after(() => rmSync(path.dirname(file), { recursive: true, force: true }));

  /** Answers each question with what it offers first, until the command has ended. */
  const agreeing = async (command: string, whenShown: () => void): Promise<void> => {
    let hasEnded = false;
    let hasShown = false;
    const opening = vscode.window.tabGroups.onDidChangeTabs(({ opened }) => {
      if (hasShown || !opened.some(isProposal)) return;
      hasShown = true;
      whenShown();
    });
    const ending = Promise.resolve(run(command)).finally(() => (hasEnded = true));
    await eventually('the command to end', async () => {
      await accept();
      return hasEnded ? true : undefined;
    });
    opening.dispose();
    await ending;
    assert.ok(hasShown, 'the change was shown before it was made');
  };

  it('are written beside what is there, after they were shown, and call a program that asks', async function () {
    if (process.platform === 'win32') return this.skip();
    await agreeing(COMMANDS.protectFiles, () => assert.ok(!readFileSync(file, 'utf8').includes('hooks'), 'nothing is written yet'));
    const settings = JSON.parse(readFileSync(file, 'utf8')) as { permissions: unknown; hooks: Record<string, readonly { hooks: readonly { command: string }[] }[]> };
    assert.deepEqual(settings.permissions, { allow: ['Bash(ls)'] });
    const program = hookProgram(stateFolder(), process.platform);
    assert.ok(settings.hooks.PreToolUse![0]!.hooks[0]!.command.includes(program));
    const asked = spawnSync(program, { input: 'garbage', encoding: 'utf8' });
    assert.deepEqual([asked.status, asked.stderr.startsWith('Parallel Workflow could not ask')], [2, true], asked.stderr);
    assert.ok(!vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(isProposal)), 'the proposal is not left open');
  });

  it('are taken away again', async function () {
    if (process.platform === 'win32') return this.skip();
    await agreeing(COMMANDS.unprotectFiles, () => assert.ok(existsSync(file)));
    assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), { permissions: { allow: ['Bash(ls)'] } });
  });
});
