import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { AgentsView } from '../../src/core/model/agents/agents-view.ts';
import { COMMANDS } from '../../src/host/ids.ts';
import { configure, eventually, Observer } from './support/observer.ts';

const PROGRAM = 'agents.claude.program';

describe('agents', () => {
  let observer: Observer;
  let folder: string;
  before(async () => {
    observer = await Observer.open();
    folder = mkdtempSync(path.join(tmpdir(), 'agents-'));
  });
  after(async () => {
    await configure(PROGRAM, undefined);
    await observer.engine.pinExecutionMode(undefined);
    await observer.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A Claude Code of the test's own. */
  const claude = (version: string, isLoggedIn: boolean): string => {
    const file = path.join(folder, 'claude');
    writeFileSync(file, `#!/bin/sh\ncase $1 in\n--version) echo '${version} (Claude Code)' ;;\nauth) echo '{"loggedIn": ${isLoggedIn}, "authMethod": "api_key"}'; ${isLoggedIn} ;;\n*) echo '[]' ;;\nesac\n`, { mode: 0o755 });
    return file;
  };
  const known = (what: string, isMeant: (view: AgentsView) => boolean): Promise<AgentsView> =>
    eventually(what, async () => {
      const view = await observer.engine.agents();
      return isMeant(view) ? view : undefined;
    });
  const statusOf = ({ agents }: AgentsView): string | undefined => agents.find(({ name }) => name === 'claude')?.status;

  it('are looked for when a setting names a program, and again on request', async function () {
    if (process.platform === 'win32') return this.skip();
    const program = claude('2.1.329', true);
    await configure(PROGRAM, program);
    const view = await known('Claude Code', (each) => statusOf(each) === 'credentials');
    const found = view.agents.find(({ name }) => name === 'claude')!;
    assert.deepEqual([found.program, found.version, found.login], [program, '2.1.329', 'API key']);
    claude('2.1.329', false);
    await vscode.commands.executeCommand(COMMANDS.refreshAgents);
    await known('the logout', (each) => statusOf(each) === 'installed');
  });

  it('carry out prompts by a mode that a person can pin', async () => {
    await vscode.commands.executeCommand(COMMANDS.pinExecutionMode, 'takeover');
    const { mode, reason } = await known('the pin', ({ pinned }) => pinned === 'takeover');
    assert.equal(mode, 'takeover');
    assert.match(reason, /^A person pinned it/);
    const decisions = await observer.engine.decisions({ from: 0, to: Date.now() });
    assert.ok(decisions.some(({ what }) => what.startsWith('execution mode') && what.includes('pinned')));
  });

  it('are shown in their view', async () => {
    await vscode.commands.executeCommand(COMMANDS.showAgentStatus);
  });
});
