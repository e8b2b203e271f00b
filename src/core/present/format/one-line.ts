const LONGEST_LABEL = 40;
/** Leaves some room for the state in a side bar as wide as it is at first. */
const LONGEST_IN_ROW = 32;

/** A name on one line, without characters that would break the row. */
export function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what has to go
  return text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim();
}

/** A name short enough to leave room for the state behind it. Cut in the middle: names of a sweep differ at their ends. */
export function shortLabel(name: string, longest = LONGEST_LABEL): string {
  const characters = [...oneLine(name)];
  if (characters.length <= longest) return characters.join('');
  const head = Math.ceil((longest - 1) * 0.6);
  return `${characters.slice(0, head).join('')}…${characters.slice(characters.length - (longest - 1 - head)).join('')}`;
}

/** The name of a task, a batch or a schedule in its row of a view; the tooltip and the screen reader have all of it. */
export function rowLabel(name: string): string {
  return shortLabel(name, LONGEST_IN_ROW);
}
