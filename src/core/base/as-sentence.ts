/** A sentence's end for a text that may bring its own, such as a question. */
export function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
