import type { AgentSettings } from '../model/agents/agent-settings.ts';
import type { WindowModel } from '../model/agents/agents-view.ts';
import type { AgentState } from '../model/agents/agent.ts';

/** VS Code as an agent: what all windows together offer. Pure; `now` in milliseconds since the epoch. */
export function windowAgent(offered: readonly WindowModel[], { model }: AgentSettings['vscode'], now: number): AgentState {
  const models = [...new Set(offered.map(({ id }) => id))];
  const known = { name: 'vscode', models, checkedAt: now } as const;
  if (offered.length === 0) return { ...known, status: 'notInstalled', why: 'no window offers a model', next: 'Sign in to GitHub Copilot in a window of VS Code, or install another extension that provides models.', need: 'model' };
  if (model !== undefined && !offered.some(({ id, family }) => id === model || family === model)) {
    return { ...known, status: 'installed', why: `no window offers the model \`${model}\``, next: 'Correct the setting `parallelWorkflow.agents.vscode.model`, or leave it empty to use the first model there is.', need: 'model' };
  }
  return { ...known, status: 'credentials' };
}
