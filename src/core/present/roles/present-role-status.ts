import type { RoleView } from '../../model/roles/role-view.ts';
import type { CountWidths } from '../tasks/present-status.ts';
import { roleIcon, roleTooltip } from './present-role.ts';
import { FIGURE_SPACE, type StatusText } from '../tasks/status-text.ts';

/** Whether a role has something to do, or kept from being done. */
export function hasWork({ counts }: RoleView): boolean {
  return counts.running + counts.waiting > 0;
}

/** A role in the status bar: `$(play-circle) GUI Testing 1 ▸ 12`. */
export function presentRoleStatus(view: RoleView, widths: CountWidths, links: readonly string[]): StatusText {
  const { role, state, counts } = view;
  return {
    text: `$(${roleIcon(state, counts.running > 0).icon}) ${role.label} ${figures(counts, widths)}`,
    accessibility: `Role ${role.label}: ${counts.running} running, ${counts.waiting} waiting${state === 'running' ? '' : `, ${STATES[state]}`}`,
    tooltip: [roleTooltip(view), links.join(' · ')].join('\n\n'),
  };
}

/** All roles with work in one item: `$(organization) 3 roles 4 ▸ 30`. */
export function presentFoldedRoles(views: readonly RoleView[], widths: CountWidths, links: readonly string[]): StatusText {
  const sum = totals(views);
  const rows = views.map(({ role, state, counts }) => `| $(${roleIcon(state, counts.running > 0).icon}) ${role.label} | ${counts.running} | ${counts.waiting} |`);
  const roles = views.length === 1 ? '1 role' : `${views.length} roles`;
  return {
    text: `$(organization) ${roles} ${figures(sum, widths)}`,
    accessibility: `${roles} at work: ${sum.running} running, ${sum.waiting} waiting`,
    tooltip: ['**Roles**', ['| | Running | Waiting |', '|:--|--:|--:|', ...rows].join('\n'), links.join(' · ')].join('\n\n'),
  };
}

/** Of several roles together. */
export function totals(views: readonly RoleView[]): { readonly running: number; readonly waiting: number } {
  const sum = (of: 'running' | 'waiting'): number => views.reduce((total, { counts }) => total + counts[of], 0);
  return { running: sum('running'), waiting: sum('waiting') };
}

/** Room for one digit each at least. It only grows while the role has work, so that nothing jumps. */
export function roleWidths(counts: { readonly running: number; readonly waiting: number }, before: CountWidths = { running: 1, waiting: 1 }): CountWidths {
  return { running: Math.max(before.running, String(counts.running).length), waiting: Math.max(before.waiting, String(counts.waiting).length) };
}

const STATES = { paused: 'paused', stopped: 'stopped', givesWay: 'gives way' } as const;

function figures({ running, waiting }: { readonly running: number; readonly waiting: number }, widths: CountWidths): string {
  return `${running} ▸ ${waiting}`.padEnd(widths.running + ' ▸ '.length + widths.waiting, FIGURE_SPACE);
}
