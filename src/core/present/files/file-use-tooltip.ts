import type { FileUse, FileUser } from '../../model/files/file-use.ts';
import { describeUser } from './describe-users.ts';
import { escapeMarkdown } from '../format/escape-markdown.ts';
import { oneLine } from '../format/one-line.ts';
import { timeOfDay } from '../format/time-of-day.ts';

const NO_BREAK_SPACE = '\u00a0';
/** Users named; the rest are counted. */
const NAMED = 8;

export interface UseTooltipContext {
  readonly now: number;
  readonly locale?: string;
}

/** A small page about a file in use, as Markdown: where it is, who holds it since when, who waits. */
export function fileUseTooltip(use: FileUse, context: UseTooltipContext): string {
  const place = use.glob === '' ? use.path : `${use.path}/${use.glob}`;
  return [`**${escapeMarkdown(oneLine(place))}**`, userTable([use], context)].join('\n\n');
}

/** Who holds and who waits, as a Markdown table without figures that grow. */
export function userTable(uses: readonly FileUse[], { now, locale }: UseTooltipContext): string {
  const row = (user: FileUser, role: 'holder' | 'waiter'): string =>
    `| ${escapeMarkdown(describeUser(user, role))} | ${escapeMarkdown(`since ${timeOfDay(user.since, now, locale)}`).replaceAll(' ', NO_BREAK_SPACE)} |`;
  const holders = uses.flatMap((use) => use.holders);
  const waiters = uses.flatMap((use) => use.waiters);
  const waiting = uses.reduce((sum, use) => sum + use.waiting, 0);
  return ['| | |', '|:--|:--|', ...holders.slice(0, NAMED).map((user) => row(user, 'holder')), ...rest(holders.length - NAMED, 'hold it'), ...waiters.slice(0, NAMED).map((user) => row(user, 'waiter')), ...rest(waiting - Math.min(NAMED, waiters.length), 'wait')].join('\n');
}

/** Who has locked a file since when, as plain text for a decoration; it has no figure that grows. */
export function lockTooltip(user: FileUser, now: number, locale?: string): string {
  return `Locked: ${describeUser(user, 'holder')} since ${timeOfDay(user.since, now, locale)}`;
}

function rest(count: number, deed: string): string[] {
  return count > 0 ? [`| and ${count.toLocaleString('en')} more ${deed} | |`] : [];
}
