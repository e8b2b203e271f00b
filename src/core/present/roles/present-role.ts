import { assertNever } from '../../base/assert-never.ts';
import type { RoleState } from '../../model/roles/role.ts';
import type { RoleView } from '../../model/roles/role-view.ts';
import { escapeMarkdown } from '../format/escape-markdown.ts';
import type { Face } from '../face.ts';
import { formatBytes } from '../format/format-bytes.ts';
import { formatCores } from '../format/format-cores.ts';
import { rowLabel } from '../format/one-line.ts';
import type { Icon } from '../tasks/state-icon.ts';

/** What can be done with a role; menus match these words. */
export type RoleWord = 'startable' | 'pausable' | 'stoppable' | 'enabled';

/** A role as a row. */
export function presentRole(view: RoleView): Face {
  const { role, state, counts } = view;
  const stands = stateWords(view);
  const tasks = [counts.running > 0 ? `${counts.running} running` : undefined, counts.waiting > 0 ? `${counts.waiting} waiting` : undefined];
  const parts = [stands, ...tasks, `priority ${role.priority}`].filter((part) => part !== undefined);
  return { label: rowLabel(role.label), description: parts.join(' · '), ...roleIcon(state, counts.running > 0), accessibility: [role.label, ...parts].join(', '), contextValue: ['role', ...roleWords(view)].join(' ') };
}

/** What there is to know of a role, as Markdown. */
export function roleTooltip({ role, state, counts }: RoleView): string {
  const rows: readonly (readonly [string, string])[] = [
    ['Queue', QUEUE[state]],
    ['Tasks', `${counts.running} running, ${counts.waiting} waiting, ${counts.scheduled} scheduled`],
    ['Finished', counts.failed > 0 ? `${counts.finished} (${counts.failed} failed)` : String(counts.finished)],
    ['Priority', `${role.priority} (lower runs first)`],
    ['A task needs', `${formatCores(role.requirement.cores)}, ${formatBytes(role.requirement.memory)}`],
    ...(role.command === undefined ? [] : [['Starts', `\`${role.command.join(' ')}\``] as const]),
    ['Comes from', { builtIn: 'Parallel Workflow', configuration: 'the configuration', code: 'an extension' }[role.source]],
  ];
  return [`**${escapeMarkdown(role.label)}** \`${role.name}\``, escapeMarkdown(role.purpose), ['| | |', '|:--|:--|', ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join('\n')].join('\n\n');
}

export function roleWords(view: RoleView): readonly RoleWord[] {
  const { role, state, counts } = view;
  if (!role.enabled) return [];
  switch (state) {
    case 'running':
      return [...(hasOwnWork(view) && counts.running + counts.waiting === 0 ? ['startable' as const] : []), 'pausable', 'stoppable', 'enabled'];
    case 'givesWay':
      return ['pausable', 'stoppable', 'enabled'];
    case 'paused':
      return ['startable', 'stoppable', 'enabled'];
    case 'stopped':
      return ['startable', 'enabled'];
    default:
      return assertNever(state);
  }
}

/** Whether starting it, even while its queue is open, queues what it is configured to do. */
function hasOwnWork({ role }: RoleView): boolean {
  return role.command !== undefined || role.options.simulations !== undefined;
}

export function roleIcon(state: RoleState, isAtWork: boolean): Icon {
  switch (state) {
    case 'running':
      return isAtWork ? { icon: 'play-circle', iconColor: 'charts.blue' } : { icon: 'circle-large-outline' };
    case 'paused':
      return { icon: 'debug-pause' };
    case 'stopped':
      return { icon: 'stop-circle' };
    case 'givesWay':
      return { icon: 'dashboard' };
    default:
      return assertNever(state);
  }
}

const QUEUE: Readonly<Record<RoleState, string>> = {
  running: 'open',
  paused: 'paused: running tasks go on, nothing new starts',
  stopped: 'stopped',
  givesWay: 'gives way to more urgent roles while the machine is short',
};

function stateWords({ role, state }: RoleView): string | undefined {
  if (!role.enabled) return 'not enabled';
  return state === 'running' ? undefined : { paused: 'paused', stopped: 'stopped', givesWay: 'gives way' }[state];
}
