/** Lower runs first. */
export const DEFAULT_PRIORITY = 5;

const WORDS: Readonly<Record<string, number>> = { high: 1, normal: 5, low: 9 };

export const PRIORITY_WORDS = Object.keys(WORDS);

/** A priority from a number or one of `high`, `normal`, `low`; `undefined` when it is neither. */
export function parsePriority(value: number | string): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  const text = value.trim().toLowerCase();
  if (Object.hasOwn(WORDS, text)) return WORDS[text];
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
}
