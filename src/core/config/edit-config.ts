import { applyEdits, modify } from 'jsonc-parser';
import type { JsonPath } from './json-places.ts';

/** The text of a configuration file with one value set or, with `undefined`, taken out; all else, comments too, stays as it is. */
export function withValue(text: string, path: JsonPath, value: unknown): string {
  const given = text.trim() === '' ? '{}\n' : text;
  return applyEdits(given, modify(given, [...path], value, { formattingOptions: { insertSpaces: true, tabSize: 2 } }));
}
