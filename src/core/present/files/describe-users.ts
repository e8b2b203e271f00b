import { assertNever } from '../../base/assert-never.ts';
import type { FileUse, FileUser } from '../../model/files/file-use.ts';
import { oneLine, shortLabel } from '../format/one-line.ts';

const LONGEST_NAME = 28;

/** What is done with a file: somebody writes it, somebody reads it, or it is only waited for. */
export type UseState = 'written' | 'read' | 'awaited';

export function useState({ holders }: Pick<FileUse, 'holders'>): UseState {
  if (holders.length === 0) return 'awaited';
  return holders.some(({ mode }) => mode === 'write') ? 'written' : 'read';
}

/** Of several holders the one to name: a writer, else the longest-standing. */
export function chiefHolder({ holders }: Pick<FileUse, 'holders'>): FileUser | undefined {
  return holders.find(({ mode }) => mode === 'write') ?? holders[0];
}

/** What its holders do, without figures: `held by “Sweep 3”`, `read by “Report” and 2 more`, `unsaved in this window`. */
export function describeHolders(use: Pick<FileUse, 'holders'>, longestName = LONGEST_NAME): string {
  const chief = chiefHolder(use);
  if (chief === undefined) return 'not in use';
  const rest = use.holders.length - 1;
  const more = rest === 0 ? '' : ` and ${rest} more`;
  if (chief.holder.type === 'editor') return `unsaved in ${chief.own ? 'this' : 'another'} window${more}`;
  return `${chief.mode === 'write' ? 'held' : 'read'} by ${userName(chief, longestName)}${more}`;
}

/** Who it is, in the middle of a sentence: `“Sweep 3”`, `“pytest” (process 4711)`, `unsaved changes in this window`. */
export function userName({ holder, own }: Pick<FileUser, 'holder' | 'own'>, longest = LONGEST_NAME): string {
  switch (holder.type) {
    case 'task':
      return `“${shortLabel(holder.name, longest)}”`;
    case 'program':
      return `“${shortLabel(holder.name, longest)}” (process ${holder.pid})`;
    case 'editor':
      return unsaved(own);
    default:
      return assertNever(holder);
  }
}

/** What one user does or wants: `“Sweep 3” writes it`, `“Report” waits to read it`. */
export function describeUser(user: FileUser, role: 'holder' | 'waiter'): string {
  if (user.holder.type === 'editor') return unsaved(user.own);
  const name = oneLine(userName(user, 60));
  if (role === 'holder') return `${name} ${user.mode === 'write' ? 'writes' : 'reads'} it`;
  return `${name} waits to ${user.mode} it`;
}

function unsaved(own: boolean): string {
  return own ? 'unsaved changes in this window' : 'unsaved changes in another window';
}
