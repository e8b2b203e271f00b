import * as vscode from 'vscode';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import { AGENT_NAMES, type AgentChoice } from '../../core/model/agents/agent.ts';
import { DEFAULT_PRIORITY } from '../../core/model/priority.ts';
import { agentLabel } from '../../core/present/agents/agent-label.ts';
import { describeAgent } from '../../core/present/agents/describe-agent.ts';
import { fileRows, filesOf, type FileRow } from './file-rows.ts';
import { askInSteps, BACK, pickStep, type Step } from './steps.ts';
import { askForPriority } from './task-options.ts';

/** What is asked of a prompt beside its words. */
export interface PromptOptions {
  readonly agent: AgentChoice;
  /** Files it changes; nobody else does meanwhile. */
  readonly files: readonly vscode.Uri[];
  readonly priority: number;
}

export const PLAIN_PROMPT: PromptOptions = { agent: 'auto', files: [], priority: DEFAULT_PRIORITY };

/** Asks for the options, starting from `first`; `undefined` when it was left. */
export function askForPromptOptions(title: string, first: PromptOptions, engine: Pick<EnginePort, 'agents'>, now: () => number): Promise<PromptOptions | undefined> {
  return askInSteps(title, first, [agentStep(engine, now), filesStep, priorityStep]);
}

const agentStep =
  (engine: Pick<EnginePort, 'agents'>, now: () => number): Step<PromptOptions> =>
  async (draft, place) => {
    const picked = await pickStep({ ...place, placeholder: vscode.l10n.t('Who carries it out'), items: agentItems(engine, now), isChosen: ({ choice }) => choice === draft.agent });
    return picked === BACK || picked === undefined ? picked : { ...draft, agent: picked[0]!.choice };
  };

interface AgentItem extends vscode.QuickPickItem {
  readonly choice: AgentChoice;
}

async function agentItems(engine: Pick<EnginePort, 'agents'>, now: () => number): Promise<readonly AgentItem[]> {
  // Whoever asks for an agent that is not there may know that it will be.
  const { agents, reason } = await engine.agents();
  const named = AGENT_NAMES.map((choice): AgentItem => {
    const agent = agents.find(({ name }) => name === choice);
    return { label: agentLabel(choice), description: agent === undefined ? vscode.l10n.t('not looked for yet') : describeAgent(agent, now()), choice };
  });
  return [{ label: vscode.l10n.t('Any Agent'), description: reason, choice: 'auto' }, ...named];
}

const filesStep: Step<PromptOptions> = async (draft, place) => {
  const chosen = new Set(draft.files.map(String));
  const picked = await pickStep<FileRow>({
    ...place,
    placeholder: vscode.l10n.t('Files it changes, so that nobody else does meanwhile; other files it asks for one by one'),
    items: fileRows('**/*', draft.files),
    isChosen: ({ uri }) => uri !== undefined && chosen.has(String(uri)),
    many: true,
  });
  const files = picked === BACK || picked === undefined ? picked : await filesOf(picked);
  return files === BACK || files === undefined ? files : { ...draft, files };
};

const priorityStep: Step<PromptOptions> = async (draft, place) => {
  const priority = await askForPriority(draft.priority, place);
  return priority === BACK || priority === undefined ? priority : { ...draft, priority };
};
