import * as vscode from 'vscode';
import { assertNever } from '../../core/base/assert-never.ts';
import type { AgentName, AgentState } from '../../core/model/agents/agent.ts';
import { agentLabel } from '../../core/present/agents/agent-label.ts';
import { SECTION } from '../ids.ts';
import { requireTrust } from '../workspace-roots.ts';

const GUIDES: Readonly<Record<AgentName, string>> = {
  claude: 'https://code.claude.com/docs/en/setup',
  autogen: 'https://microsoft.github.io/autogen/stable/user-guide/agentchat-user-guide/installation.html',
  vscode: 'https://code.visualstudio.com/docs/copilot/setup',
};

/** Does what a person can do about an agent with one click. `refresh` looks at the agents again. */
export async function setUpAgent(agent: AgentState, refresh: () => Promise<void>): Promise<void> {
  const { name, need, status, program } = agent;
  switch (need) {
    case 'install':
      await openGuide(name);
      return;
    case 'model':
      await (status === 'notInstalled' ? openGuide(name) : openSettings(name));
      return;
    case 'update':
    case 'login':
      if (name !== 'claude' || program === undefined) await openSettings(name);
      else inTerminal(program, need === 'update' ? ['update'] : ['auth', 'login'], refresh);
      return;
    case 'key':
      await openSettings(name);
      return;
    case 'look':
    case undefined:
      await refresh();
      return;
    default:
      assertNever(need);
  }
}

export function openSettings(name?: AgentName): Thenable<unknown> {
  return vscode.commands.executeCommand('workbench.action.openSettings', `${SECTION}.agents${name === undefined ? '' : `.${name}`}`);
}

function openGuide(name: AgentName): Thenable<unknown> {
  return vscode.env.openExternal(vscode.Uri.parse(GUIDES[name]));
}

/** The program itself speaks with the person; when it has ended, the agents are looked at again. */
function inTerminal(program: string, args: readonly string[], refresh: () => Promise<void>): void {
  requireTrust();
  const terminal = vscode.window.createTerminal({ name: agentLabel('claude'), shellPath: program, shellArgs: [...args], isTransient: true });
  const closing = vscode.window.onDidCloseTerminal((closed) => {
    if (closed !== terminal) return;
    closing.dispose();
    void refresh();
  });
  terminal.show();
}
