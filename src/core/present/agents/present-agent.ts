import { asSentence } from '../../base/as-sentence.ts';
import { assertNever } from '../../base/assert-never.ts';
import type { AgentsView } from '../../model/agents/agents-view.ts';
import type { AgentStatus } from '../../model/agents/agent.ts';
import { agentLabel } from './agent-label.ts';
import { agentAction, describeAgent } from './describe-agent.ts';
import { escapeMarkdown } from '../format/escape-markdown.ts';
import type { Face } from '../face.ts';
import { oneLine } from '../format/one-line.ts';
import type { Icon } from '../tasks/state-icon.ts';
import { timeOfDay } from '../format/time-of-day.ts';

/** An agent as its view shows it. */
export type ShownAgent = AgentsView['agents'][number];

/** An agent as a row: where it stands, its version, and what it has to do. */
export function presentAgent(agent: ShownAgent, now: number): Face {
  const label = agentLabel(agent.name);
  const stands = describeAgent(agent, now);
  const parts = [stands, versionOf(agent), ...workOf(agent)].filter((part) => part !== undefined);
  return {
    label,
    description: parts.join(' · '),
    ...agentIcon(agent.status),
    accessibility: [label, ...parts].join(', '),
    contextValue: ['agent', ...(agentAction(agent) === undefined ? [] : ['needy'])].join(' '),
  };
}

/** What stands in the way of an agent, as a row below it that helps when it is opened; `undefined` when nothing does. */
export function presentAgentNeed(agent: ShownAgent): Face | undefined {
  const action = agentAction(agent);
  const why = agent.why === undefined ? '' : oneLine(agent.why);
  if (action === undefined && why === '') return undefined;
  const [label, description] = action === undefined ? [why, ''] : [action, why];
  return { label, description, icon: action === undefined ? 'info' : 'lightbulb', accessibility: [action, why, agent.next].filter(Boolean).join(', '), contextValue: action === undefined ? 'why' : 'need' };
}

/** A model that an agent offers. */
export function presentAgentModel(model: string): Face {
  const label = oneLine(model);
  return { label, description: '', icon: 'symbol-parameter', accessibility: `Model ${label}`, contextValue: 'model' };
}

/** What there is to know of an agent, as Markdown. Never a secret: the state has none. */
export function agentTooltip(agent: ShownAgent, now: number, locale?: string): string {
  const { flavour, login, program, models, capacity, running, waiting, provedAt, costToday, checkedAt, why, next } = agent;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Status', describeAgent(agent, now)],
    ['Version', [flavour, agent.version].filter(Boolean).join(', ') || undefined],
    ['Program', program],
    ['Logged in by', login],
    ['Models', models.length === 0 ? undefined : `${models.slice(0, 3).join(', ')}${models.length > 3 ? ` and ${models.length - 3} more` : ''}`],
    ['Prompts', `${running} at work, ${waiting} waiting; at most ${capacity} at once`],
    ['Cost today', costToday > 0 ? dollars(costToday) : undefined],
    ['Last worked', provedAt === undefined ? undefined : timeOfDay(provedAt, now, locale)],
    ['Looked at', timeOfDay(checkedAt, now, locale)],
  ];
  const table = ['| | |', '|:--|:--|', ...rows.flatMap(([name, value]) => (value === undefined ? [] : [`| ${name} | ${escapeMarkdown(oneLine(value))} |`]))].join('\n');
  return [`**${agentLabel(agent.name)}**`, table, ...[why, next].flatMap((text) => (text === undefined ? [] : [escapeMarkdown(oneLine(sentence(text)))]))].join('\n\n');
}

export function agentIcon(status: AgentStatus): Icon {
  switch (status) {
    case 'proved':
      return { icon: 'pass', iconColor: 'testing.iconPassed' };
    case 'credentials':
      return { icon: 'pass' };
    case 'installed':
      return { icon: 'warning', iconColor: 'list.warningForeground' };
    case 'limited':
      return { icon: 'watch', iconColor: 'list.warningForeground' };
    case 'failing':
      return { icon: 'error', iconColor: 'testing.iconFailed' };
    case 'notInstalled':
      return { icon: 'circle-slash', iconColor: 'disabledForeground' };
    default:
      return assertNever(status);
  }
}

/** US dollars with cents, or less than one. */
export function dollars(amount: number): string {
  return amount < 0.01 ? '< $0.01' : `$${amount.toFixed(2)}`;
}

function versionOf({ flavour, version }: ShownAgent): string | undefined {
  return flavour === undefined ? version : [flavour, version].filter((part) => part !== undefined).join(' ');
}

function workOf({ status, capacity, running, waiting, costToday }: ShownAgent): readonly (string | undefined)[] {
  const mayWork = status === 'proved' || status === 'credentials';
  return [
    running > 0 ? `${running} of ${capacity} at work` : mayWork ? `${capacity} at once` : undefined,
    waiting > 0 ? `${waiting} waiting` : undefined,
    costToday > 0 ? `${dollars(costToday)} today` : undefined,
  ];
}

function sentence(text: string): string {
  return asSentence(`${text.charAt(0).toUpperCase()}${text.slice(1)}`);
}
