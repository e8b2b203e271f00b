import { untilText } from '../../agents/until-text.ts';
import { assertNever } from '../../base/assert-never.ts';
import type { AgentNeed, AgentState } from '../../model/agents/agent.ts';

/** Where an agent stands, in two or three words: `limited until 14:30`. */
export function describeAgent(agent: Pick<AgentState, 'name' | 'status' | 'need' | 'until'>, now: number): string {
  switch (agent.status) {
    case 'proved':
      return 'ready';
    case 'credentials':
      return 'ready, not tried yet';
    case 'notInstalled':
      return agent.name === 'vscode' ? 'no models' : 'not installed';
    case 'installed':
      return agent.need === undefined ? 'cannot be used yet' : LACKS[agent.need];
    case 'limited':
      return agent.until === undefined ? 'limited' : `limited until ${untilText(agent.until, now)}`;
    case 'failing':
      return 'failing';
    default:
      return assertNever(agent.status);
  }
}

const LACKS: Readonly<Record<AgentNeed, string>> = {
  install: 'not complete',
  update: 'too old',
  login: 'not logged in',
  key: 'no key',
  model: 'model missing',
  look: 'did not answer',
};

/** What a person can do about an agent with one click; `undefined` when there is nothing to do. */
export function agentAction({ name, status, need }: Pick<AgentState, 'name' | 'status' | 'need'>): string | undefined {
  switch (need) {
    case undefined:
      return undefined;
    case 'install':
      return name === 'claude' ? 'Install Claude Code…' : 'Install AutoGen…';
    case 'update':
      return 'Update Claude Code';
    case 'login':
      return name === 'claude' ? 'Log In…' : 'Open Settings';
    case 'key':
      return 'Open Settings';
    case 'model':
      return status === 'notInstalled' ? 'Set Up Models…' : 'Open Settings';
    case 'look':
      return 'Look Again';
    default:
      return assertNever(need);
  }
}
