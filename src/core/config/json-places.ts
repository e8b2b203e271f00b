import { createScanner, parse, parseTree, printParseErrorCode, visit, type Node, type ParseError } from 'jsonc-parser';

/** Where something stands in a text; lines and columns are counted from zero. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export type JsonPath = readonly (string | number)[];

/** All who read the value go into it part by part; what a person writes is a few deep. */
const MOST_DEEP = 100;
const OPTIONS = { allowTrailingComma: true, disallowComments: false };

/** What a text of JSON, comments allowed, says, and where each part of it stands. */
export class JsonPlaces {
  /** `undefined` when it nests too deep to be read. */
  readonly value: unknown;
  /** Why it is no JSON; empty when it is. */
  readonly errors: readonly { readonly message: string; readonly place: Place }[];
  /** Names that are written again further down in the same object, where the last one holds. */
  readonly repeated: readonly { readonly name: string; readonly place: Place }[] = [];
  private readonly root: Node | undefined;
  private readonly lineStarts: readonly number[];

  constructor(text: string) {
    this.lineStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
    const tooDeep = placeTooDeep(text);
    if (tooDeep !== undefined) {
      this.errors = [{ message: `more than ${MOST_DEEP} values within one another`, place: this.placeOf(tooDeep, 1) }];
      return;
    }
    const errors: ParseError[] = [];
    this.root = parseTree(text, errors, OPTIONS);
    this.value = parse(text, [], OPTIONS) as unknown;
    this.errors = [
      // Of what follows from one break the first says it.
      ...errors.filter(({ offset }, index) => offset !== errors[index - 1]?.offset).map(({ error, offset, length }) => ({ message: inWords(printParseErrorCode(error)), place: this.placeOf(offset, length) })),
      ...namesOfNone(text).map(({ offset, length }) => ({ message: 'a field called `__proto__`', place: this.placeOf(offset, length) })),
    ];
    this.repeated = repeatedNames(this.root).map(({ value, offset, length }) => ({ name: String(value), place: this.placeOf(offset, length) }));
  }

  /** Of the value at a path, or of the nearest one around it; of a name that should not be there when `ofName`. */
  placeAt(path: JsonPath, ofName = false): Place {
    for (let length = path.length; length > 0; length--) {
      const node = this.root === undefined ? undefined : nodeAt(this.root, path.slice(0, length));
      if (node === undefined) continue;
      const shown = ofName && length === path.length && node.parent?.type === 'property' ? node.parent.children![0]! : node;
      // Of a long object the first line is enough to see which one is meant.
      return shown.type === 'object' || shown.type === 'array' ? this.placeOf(shown.offset, 1) : this.placeOf(shown.offset, shown.length);
    }
    return this.placeOf(this.root?.offset ?? 0, 1);
  }

  private placeOf(offset: number, length: number): Place {
    const [line, column] = this.position(offset);
    const [endLine, endColumn] = this.position(offset + Math.max(1, length));
    return { line, column, endLine, endColumn };
  }

  private position(offset: number): [number, number] {
    let low = 0;
    for (let high = this.lineStarts.length - 1; low < high; ) {
      const middle = Math.ceil((low + high) / 2);
      if (this.lineStarts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return [low, offset - this.lineStarts[low]!];
  }
}

/** Of a name that stands twice the last one, as it holds. Of an object that is read as a list, the entry of that number. */
function nodeAt(root: Node, path: JsonPath): Node | undefined {
  return path.reduce<Node | undefined>((node, part) => {
    const inner = node?.children ?? [];
    if (typeof part === 'number') return node?.type === 'array' ? inner[part] : inner[part]?.children?.[1];
    return node?.type === 'object' ? inner.findLast(({ children }) => children?.[0]?.value === part)?.children?.[1] : undefined;
  }, root);
}

function repeatedNames(node: Node | undefined): readonly Node[] {
  const inner = node?.children ?? [];
  const names = node?.type === 'object' ? inner.flatMap(({ children }) => children?.[0] ?? []) : [];
  const last = new Map(names.map((name) => [name.value as string, name]));
  return [...names.filter((name) => last.get(name.value as string) !== name), ...inner.flatMap(repeatedNames)];
}

/** Where brackets have opened too many levels, if they have. */
function placeTooDeep(text: string): number | undefined {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (scanner.scan(); scanner.getTokenLength() > 0; scanner.scan()) {
    const token = scanner.getTokenLength() === 1 ? text[scanner.getTokenOffset()]! : '';
    if ('[{'.includes(token) && token !== '') depth++;
    else if (']}'.includes(token) && token !== '') depth--;
    if (depth > MOST_DEEP) return scanner.getTokenOffset();
  }
  return undefined;
}

/** Where a field has the name that is none: the parser would give its object the value for a prototype. */
function namesOfNone(text: string): readonly { readonly offset: number; readonly length: number }[] {
  const found: { offset: number; length: number }[] = [];
  visit(text, { onObjectProperty: (name, offset, length) => void (name === '__proto__' && found.push({ offset, length })) }, OPTIONS);
  return found;
}

/** `CommaExpected` → `comma expected`. */
function inWords(code: string): string {
  return code.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).toLowerCase();
}
