import type { Instead, Mend } from './mend-config.ts';

const LONGEST = 60;

/** What is wrong, and what holds instead, in a sentence. */
export function withInstead(message: string, { instead, beside }: Mend): string {
  const holds = [inForce(instead), ...beside.map(([field, each]) => `of \`${field}\` ${inForce(each)}`)].join('; ');
  return message.endsWith('?') ? `${message} ${holds.charAt(0).toUpperCase()}${holds.slice(1)}` : `${message}; ${holds}`;
}

function inForce(instead: Instead): string {
  if (instead.type === 'nothing') return 'it is left out';
  const text = JSON.stringify(instead.value);
  const value = text.length > LONGEST ? '' : `\`${text}\`, `;
  return instead.type === 'before' ? `${value}what the file said before${value === '' ? '' : ','} stays in force` : `${value}the careful choice, is in force until it is corrected`;
}
