import type { AgentsView } from '../../core/model/agents/agents-view.ts';
import type { AgentStatus } from '../../core/model/agents/agent.ts';
import { agentLabel } from '../../core/present/agents/agent-label.ts';
import { describeAgent } from '../../core/present/agents/describe-agent.ts';
import { dollars } from '../../core/present/agents/present-agent.ts';
import { presentForeignSession } from '../../core/present/agents/present-foreign-session.ts';
import type { Look, Style } from '../terminal/style.ts';
import { renderTable, type Column } from '../terminal/table.ts';

export interface AgentLinesContext {
  readonly workspace: string;
  readonly now: number;
  readonly style: Style;
  readonly width: number | undefined;
}

const COLUMNS: readonly Column[] = [{ title: 'agent' }, { title: 'status', shrinksTo: 12 }, { title: 'version', shrinksTo: 8 }, { title: 'at work', align: 'right' }, { title: 'waiting', align: 'right' }, { title: 'cost today', align: 'right' }];
const LOOKS: Readonly<Record<AgentStatus, Look>> = { proved: 'green', credentials: 'green', installed: 'yellow', limited: 'yellow', failing: 'red', notInstalled: 'dim' };

/** The agents on a terminal: the mode and its reason, a row each, what can be done, sessions of others. */
export function agentLines({ agents, mode, reason, pinned, stranded, sessions }: AgentsView, { workspace, now, style, width }: AgentLinesContext): readonly string[] {
  const rows = agents.map((agent) => [
    agentLabel(agent.name),
    { text: describeAgent(agent, now), look: LOOKS[agent.status] },
    [agent.flavour, agent.version].filter((part) => part !== undefined).join(' '),
    `${agent.running} of ${agent.capacity}`,
    String(agent.waiting),
    agent.costToday > 0 ? dollars(agent.costToday) : '',
  ]);
  const lacks = agents.flatMap(({ name, why, next }) => (why === undefined && next === undefined ? [] : [`  ${agentLabel(name)}: ${[why, next].filter((part) => part !== undefined).join('. ')}`]));
  const others = sessions.map((session) => presentForeignSession(session, [workspace], now)).map(({ label, description }) => `  ${label}: ${description}`);
  return [
    `${style('bold', 'Execution mode')} ${mode}${pinned === undefined ? '' : ' (pinned)'}`,
    `  ${reason}`,
    ...(stranded === 0 ? [] : [`  ${stranded} ${stranded === 1 ? 'prompt waits' : 'prompts wait'} for an agent.`]),
    '',
    ...renderTable(COLUMNS, rows, { style, width }),
    ...section('What is missing', lacks, style),
    ...section('Sessions of Claude Code here that are no tasks', others, style),
  ];
}

function section(title: string, lines: readonly string[], style: Style): readonly string[] {
  return lines.length === 0 ? [] : ['', style('bold', title), ...lines];
}
