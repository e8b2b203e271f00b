/** What of a text is replaced by what: between two offsets of the old one. */
export interface ChangedPart {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The smallest part that makes one text the other, so that cursors and folded lines around it stay; line ends stay whole. */
export function changedPart(from: string, to: string): ChangedPart {
  const shorter = Math.min(from.length, to.length);
  let start = 0;
  while (start < shorter && from[start] === to[start]) start++;
  if (splits(from, start) || splits(to, start)) start--;
  let tail = 0;
  while (tail < shorter - start && from[from.length - 1 - tail] === to[to.length - 1 - tail]) tail++;
  if (splits(from, from.length - tail) || splits(to, to.length - tail)) tail--;
  return { start, end: from.length - tail, text: to.slice(start, to.length - tail) };
}

/** Whether an offset lies inside a line end, or inside a character of two units. */
function splits(text: string, at: number): boolean {
  const [before, behind] = [text.charCodeAt(at - 1), text.charCodeAt(at)];
  return (before === 0x0d && behind === 0x0a) || (before >= 0xd800 && before <= 0xdbff && behind >= 0xdc00 && behind <= 0xdfff);
}
