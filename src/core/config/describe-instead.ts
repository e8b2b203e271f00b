import type { Wrong } from './config-issues.ts';
import type { ConfigFile } from './config-files.ts';
import type { Instead, Mend } from './fallen-back.ts';

const LONGEST = 60;
const MOST_BESIDE = 3;
/** Fields of which more is known than what the file said before. */
const KNOWN: ReadonlyMap<string, string> = new Map([
  ['schedules', 'schedules that it made stay as they are'],
  ['timeZone', 'schedules that name none stay as they are, and new ones are left out'],
  ['executionMode', 'the mode that it pinned stays'],
]);

/** What is wrong, and what holds instead, in a sentence. */
export function withInstead({ message, path, meant = path, instead, beside }: Wrong & Mend): string {
  const known = instead.type === 'nothing' && beside.length === 0 ? KNOWN.get(meant.join('.')) : undefined;
  const others = beside.slice(0, MOST_BESIDE).map(([field, each]) => `of \`${field}\` ${inForce(each)}`);
  const more = beside.length > others.length ? [`so does what it said before of ${beside.length - others.length} more`] : [];
  const holds = [known ?? inForce(instead), ...others, ...more].join('; ');
  return message.endsWith('?') ? `${message} ${holds.charAt(0).toUpperCase()}${holds.slice(1)}` : `${message}; ${holds}`;
}

/** The same of a file of which nothing can be understood. */
export function insteadOfFile(file: ConfigFile, wasRead: boolean): string {
  return wasRead ? 'what the file said before stays in force' : file === 'scheduler' ? KNOWN.get('schedules')! : 'the file is not in force';
}

function inForce(instead: Instead): string {
  if (instead.type === 'nothing') return 'it is left out';
  const text = JSON.stringify(instead.value);
  const value = text.length > LONGEST ? '' : `\`${text}\`, `;
  return instead.type === 'before' ? `${value}what the file said before${value === '' ? '' : ','} stays in force` : `${value}the careful choice, is in force until it is corrected`;
}
