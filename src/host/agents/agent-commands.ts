import * as vscode from 'vscode';
import { UserError } from '../../core/base/user-error.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import type { AgentsView } from '../../core/model/agents/agents-view.ts';
import { AGENT_NAMES, type AgentName } from '../../core/model/agents/agent.ts';
import type { ExecutionMode } from '../../core/model/agents/execution-mode.ts';
import { agentLabel } from '../../core/present/agents/agent-label.ts';
import { agentAction, describeAgent } from '../../core/present/agents/describe-agent.ts';
import type { ShownAgent } from '../../core/present/agents/present-agent.ts';
import { MODES } from '../../core/present/agents/present-mode.ts';
import type { Commands } from '../commands/command-parts.ts';
import { COMMANDS, VIEWS } from '../ids.ts';
import type { AgentWatch } from './agent-watch.ts';
import { openSettings, setUpAgent } from './set-up-agent.ts';

interface AgentCommandParts {
  readonly engine: Pick<EnginePort, 'agents' | 'pinExecutionMode'>;
  readonly watch: AgentWatch;
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
}

/** Commands about who carries out prompts. */
export function agentCommands({ engine, watch, now, onError }: AgentCommandParts) {
  const refresh = async (): Promise<void> => {
    await vscode.window.withProgress({ location: { viewId: VIEWS.agents } }, () => watch.refresh());
  };
  return {
    [COMMANDS.refreshAgents]: refresh,
    [COMMANDS.showAgentStatus]: () => vscode.commands.executeCommand(`${VIEWS.agents}.focus`),
    [COMMANDS.openAgentSettings]: (target) => openSettings(nameOf(target)),
    [COMMANDS.pinExecutionMode]: async (target) => {
      const picked = isMode(target) ? { mode: target } : await pickMode(await engine.agents());
      if (picked !== undefined) await engine.pinExecutionMode(picked.mode);
    },
    [COMMANDS.setUpAgent]: async (target) => {
      const agent = await pickAgent((await engine.agents()).agents, nameOf(target), now());
      if (agent !== undefined) await setUpAgent(agent, () => refresh().catch(onError));
    },
  } satisfies Commands;
}

async function pickMode({ pinned, mode, reason }: AgentsView): Promise<{ readonly mode: ExecutionMode | undefined } | undefined> {
  const here = vscode.l10n.t('in force');
  const automatic = {
    label: `$(sync) ${vscode.l10n.t('Automatic')}`,
    description: pinned === undefined ? `${here}: ${MODES[mode].label}` : '',
    detail: pinned === undefined ? reason : vscode.l10n.t('The mode follows from the agents that are there.'),
    mode: undefined,
  };
  const modes = (Object.keys(MODES) as ExecutionMode[]).map((each) => ({
    label: `$(${pinned === each ? 'pinned' : 'pin'}) ${MODES[each].label}`,
    description: pinned === each ? here : '',
    detail: MODES[each].meaning,
    mode: each,
  }));
  return vscode.window.showQuickPick([automatic, ...modes], {
    title: vscode.l10n.t('Pin Execution Mode'),
    placeHolder: vscode.l10n.t('Pick who carries out prompts, on this whole machine'),
  });
}

/** The one that the command was called on, or one that lacks something. */
async function pickAgent(agents: readonly ShownAgent[], name: AgentName | undefined, now: number): Promise<ShownAgent | undefined> {
  const called = agents.find((agent) => agent.name === name);
  if (called !== undefined) return called;
  const items = agents.flatMap((agent) => {
    const action = agentAction(agent);
    return action === undefined
      ? []
      : [
          {
            label: agentLabel(agent.name),
            description: describeAgent(agent, now),
            detail: `${action.replace(/…$/, '')}: ${agent.next ?? ''}`,
            agent,
          },
        ];
  });
  if (items.length === 0) throw new UserError(vscode.l10n.t('No agent lacks anything that a click could help with.'));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Set Up Agent'), placeHolder: vscode.l10n.t('Pick an agent') }))?.agent;
}

/** Of a row of the view, or as a command was given it. */
function nameOf(target: unknown): AgentName | undefined {
  const row = target as { readonly name?: unknown; readonly parent?: { readonly name?: unknown } } | undefined | null;
  return AGENT_NAMES.find((name) => name === target || name === row?.name || name === row?.parent?.name);
}

function isMode(target: unknown): target is ExecutionMode {
  return typeof target === 'string' && Object.hasOwn(MODES, target);
}
