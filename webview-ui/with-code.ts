import { element } from './element.ts';

/** A text in which what stands between backticks is a word of the settings or a name. */
export function withCode(text: string): (Node | string)[] {
  return text.split('`').map((part, index) => (index % 2 === 0 ? part : element('code', {}, part)));
}
