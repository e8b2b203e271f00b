import { styleText } from 'node:util';

export type Look = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';
/** Text in a look, or just the text where colours are not wanted. */
export type Style = (look: Look, text: string) => string;

export const plainStyle: Style = (_look, text) => text;

export function styleFor(wanted: boolean): Style {
  return wanted ? (look, text) => (text === '' ? '' : styleText(look, text, { validateStream: false })) : plainStyle;
}

/** Colours go to terminals that know them, unless somebody said otherwise (no-color.org; FORCE_COLOR as in Node). */
export function wantsColor(env: NodeJS.ProcessEnv, isTerminal: boolean, refused: boolean): boolean {
  if (refused || (env.NO_COLOR ?? '') !== '') return false;
  const forced = env.FORCE_COLOR;
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  return isTerminal && env.TERM !== 'dumb';
}

export function withoutLooks(line: string): string {
  // eslint-disable-next-line no-control-regex -- looks are made of them
  return line.replace(/\u001b\[[\d;]*m/g, '');
}
