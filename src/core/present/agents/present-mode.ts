import { assertNever } from '../../base/assert-never.ts';
import type { AgentsView } from '../../model/agents/agents-view.ts';
import type { ExecutionMode } from '../../model/agents/execution-mode.ts';
import { agentLabel } from './agent-label.ts';
import { describeAgent } from './describe-agent.ts';
import { escapeMarkdown } from '../format/escape-markdown.ts';
import type { Face } from '../face.ts';
import { agentIcon } from './present-agent.ts';
import type { StatusText } from '../tasks/status-text.ts';

/** What people call a mode, and what it means. */
export const MODES: Readonly<Record<ExecutionMode, { readonly label: string; readonly meaning: string }>> = {
  'claude-only': { label: 'Claude Only', meaning: 'All prompts go to Claude Code.' },
  supplement: { label: 'Supplement', meaning: 'AutoGen and VS Code’s models take what they can, Claude Code what is more.' },
  takeover: { label: 'Takeover', meaning: 'Claude Code takes over what would be for AutoGen and VS Code’s models.' },
  'no-agent': { label: 'No Agent', meaning: 'Prompts wait, scripts run.' },
};

/** The execution mode as a row, with its reason. */
export function presentMode({ mode, reason, pinned, stranded }: AgentsView): Face {
  const { label } = MODES[mode];
  const parts = [pinned === undefined ? undefined : 'pinned', stranded === 0 ? undefined : waitFor(stranded), reason].filter((part) => part !== undefined);
  return {
    label,
    description: parts.join(' · '),
    icon: pinned === undefined ? modeIcon(mode) : 'pinned',
    ...(mode === 'no-agent' && stranded > 0 && { iconColor: 'list.warningForeground' as const }),
    accessibility: `Execution mode ${[label, ...parts].join(', ')}`,
    contextValue: 'mode',
  };
}

/** Whether there are prompts that run or wait. */
export function hasPrompts({ agents, stranded }: AgentsView): boolean {
  return stranded > 0 || agents.some(({ running, waiting }) => running + waiting > 0);
}

/** The execution mode in the status bar: `$(sparkle) Claude Only`. */
export function presentModeStatus(view: AgentsView, now: number, links: readonly string[]): StatusText & { readonly isAlarming: boolean } {
  const { mode, reason, pinned, stranded, agents } = view;
  const { label } = MODES[mode];
  const isAlarming = mode === 'no-agent' && stranded > 0;
  const rows = agents.map((agent) => `| $(${agentIcon(agent.status).icon}) ${agentLabel(agent.name)} | ${escapeMarkdown(describeAgent(agent, now))} | ${agent.running} | ${agent.waiting} |`);
  return {
    text: `$(${pinned === undefined ? modeIcon(mode) : 'pinned'}) ${label}`,
    accessibility: `Execution mode ${label}${pinned === undefined ? '' : ', pinned'}${stranded === 0 ? '' : `, ${waitFor(stranded)}`}`,
    tooltip: [`**${label}**${pinned === undefined ? '' : ' (pinned)'}`, escapeMarkdown(reason), ['| | | Running | Waiting |', '|:--|:--|--:|--:|', ...rows].join('\n'), ...(stranded === 0 ? [] : [`${waitFor(stranded)}.`]), links.join(' · ')].join('\n\n'),
    isAlarming,
  };
}

function waitFor(stranded: number): string {
  return stranded === 1 ? '1 prompt waits for an agent' : `${stranded.toLocaleString('en')} prompts wait for an agent`;
}

function modeIcon(mode: ExecutionMode): string {
  switch (mode) {
    case 'claude-only':
      return 'sparkle';
    case 'supplement':
      return 'organization';
    case 'takeover':
      return 'arrow-swap';
    case 'no-agent':
      return 'circle-slash';
    default:
      return assertNever(mode);
  }
}
