import path from 'node:path';
import type { FileUse, FileUser } from '../../model/files/file-use.ts';
import { chiefHolder, describeHolders, useState } from './describe-users.ts';
import { escapeMarkdown } from '../format/escape-markdown.ts';
import { userTable } from './file-use-tooltip.ts';
import { formatClock } from '../format/format-duration.ts';
import { oneLine } from '../format/one-line.ts';
import type { StatusText } from '../tasks/status-text.ts';

/** As wide as a digit, and never collapsed. */
const FIGURE_SPACE = '\u2007';
const LONGEST_NAME = 24;

/** What the status bar says of the active file when it is not free, and which ways out there are. */
export interface FileStatus extends StatusText {
  /** Who waits for this window to save, when that is what holds things up; else who has the file is what matters. */
  readonly kind: 'save' | 'locked' | 'read';
}

/**
 * @param file Absolute.
 * @param uses What covers the file.
 * @param links By kind, as Markdown.
 */
export function presentFileStatus(file: string, uses: readonly FileUse[], now: number, links: (kind: FileStatus['kind']) => readonly string[]): FileStatus | undefined {
  const holders = uses.flatMap((use) => use.holders);
  const others = holders.filter(({ own }) => !own);
  const kind = kindOf(holders, others, uses);
  if (kind === undefined) return undefined;
  const waiting = uses.reduce((sum, use) => sum + use.waiting, 0);
  const name = oneLine(path.basename(file));
  const said = kind === 'save' ? waitsForSave(waiting) : describeHolders({ holders: others }, LONGEST_NAME);
  return {
    kind,
    text: `$(${icon(kind, others)}) ${kind === 'save' ? said : `${said} ${clock(others, now)}`}`,
    accessibility: `${name}: ${said}`,
    // A page that is being read stays open only if it changes together with the text.
    tooltip: [`**${escapeMarkdown(name)}**`, escapeMarkdown(kind === 'save' ? said : `${said} for ${formatClock(age(others, now))}`), userTable(uses, { now }), links(kind).join(' · ')].join('\n\n'),
  };
}

function kindOf(holders: readonly FileUser[], others: readonly FileUser[], uses: readonly FileUse[]): FileStatus['kind'] | undefined {
  const state = useState({ holders: others });
  if (state === 'written') return 'locked';
  if (holders.length > others.length && uses.some(({ waiting }) => waiting > 0)) return 'save';
  return state === 'read' ? 'read' : undefined;
}

function icon(kind: FileStatus['kind'], others: readonly FileUser[]): string {
  switch (kind) {
    case 'save':
      return 'watch';
    case 'read':
      return 'eye';
    case 'locked':
      return chiefHolder({ holders: others })?.holder.type === 'editor' ? 'edit' : 'lock';
  }
}

/** Room for minutes of two digits, so that nothing jumps. */
function clock(holders: readonly FileUser[], now: number): string {
  return formatClock(age(holders, now)).padEnd('00:00'.length, FIGURE_SPACE);
}

function age(holders: readonly FileUser[], now: number): number {
  return now - (chiefHolder({ holders })?.since ?? now);
}

function waitsForSave(count: number): string {
  return count === 1 ? '1 task waits for you to save' : `${count} tasks wait for you to save`;
}
