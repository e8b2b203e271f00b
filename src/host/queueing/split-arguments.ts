/**
 * Words of a line as a person types arguments: separated by blanks, `'…'` and `"…"` hold words together. A backslash
 * takes a quote or a blank literally; elsewhere it is itself, so that Windows paths need no care.
 */
export function splitArguments(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let index = 0; index < line.length; index++) {
    const character = line[index]!;
    const next = line[index + 1];
    if (character === '\\' && quote !== "'" && next !== undefined && (quote === undefined ? /['"\s]/ : /"/).test(next)) {
      word = (word ?? '') + next;
      index++;
    } else if (character === quote) {
      quote = undefined;
    } else if (quote === undefined && (character === '"' || character === "'")) {
      quote = character;
      word ??= '';
    } else if (quote === undefined && /\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + character;
    }
  }
  if (quote !== undefined) throw new SyntaxError(`a ${quote} that is not closed`);
  return word === undefined ? words : [...words, word];
}
