/** Letters that are written from right to left. */
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const LEFT_TO_RIGHT_MARK = '\u200e';

/** What follows a label in its row. Figures behind a name that is written from right to left would else be drawn before it. */
export function afterLabel(label: string, description: string): string {
  return RIGHT_TO_LEFT.test(label) ? `${LEFT_TO_RIGHT_MARK}${description}` : description;
}

/** A name within a line, which stays one that is read from left to right. */
export function inLine(name: string): string {
  return RIGHT_TO_LEFT.test(name) ? `${LEFT_TO_RIGHT_MARK}${name}${LEFT_TO_RIGHT_MARK}` : name;
}
