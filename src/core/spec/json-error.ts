const TOKEN = /[{}[\],:]|"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;
const SPACE = /[ \t\r\n]*/y;
const SHOWN = 20;

type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'rest';

/** Says where a text stops being JSON, and at what; the engine's own message names the place for some errors only. */
export function describeJsonError(text: string): string {
  const offset = jsonErrorOffset(text);
  const before = text.slice(0, offset);
  if (offset === text.length) return `the text ends too early, in line ${before.trimEnd().split('\n').length}`;
  const rest = text.slice(offset, offset + SHOWN).split('\n')[0]!.trimEnd();
  return `unexpected \`${rest}\` in line ${before.split('\n').length}, column ${offset - before.lastIndexOf('\n')}`;
}

/** Offset of the first token that cannot stand where it does; the text's length when it only ends too early. */
export function jsonErrorOffset(text: string): number {
  const open: string[] = [];
  let expected: Expected = 'value';
  for (let offset = skipSpace(text, 0); ; offset = skipSpace(text, TOKEN.lastIndex)) {
    TOKEN.lastIndex = offset;
    const token = TOKEN.exec(text)?.[0];
    const next: Expected | undefined = token === undefined ? undefined : after(token, expected, open);
    if (next === undefined) return offset;
    expected = next;
  }
}

/** What may follow a token, `undefined` when the token itself may not stand here. Keeps `open` in step. */
function after(token: string, expected: Expected, open: string[]): Expected | undefined {
  const isString = token.startsWith('"');
  if (token === '}' || token === ']') {
    const mayEnd = expected === 'rest' || expected === (token === '}' ? 'key or end' : 'value or end');
    return mayEnd && open.pop() === token ? 'rest' : undefined;
  }
  switch (expected) {
    case 'key':
    case 'key or end':
      return isString ? 'colon' : undefined;
    case 'colon':
      return token === ':' ? 'value' : undefined;
    case 'rest':
      if (token !== ',' || open.length === 0) return undefined;
      return open.at(-1) === '}' ? 'key' : 'value';
    case 'value':
    case 'value or end':
      if (token === ':' || token === ',') return undefined;
      if (token === '{' || token === '[') open.push(token === '{' ? '}' : ']');
      if (token === '{') return 'key or end';
      return token === '[' ? 'value or end' : 'rest';
  }
}

function skipSpace(text: string, offset: number): number {
  SPACE.lastIndex = offset;
  return offset + SPACE.exec(text)![0].length;
}
