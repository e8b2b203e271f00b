import { err, ok, type Result } from '../base/result.ts';
import { messageOf } from '../base/user-error.ts';

/** A YAML text whose top is a map. Lines are counted from 1. */
export interface YamlMap {
  readonly value: Readonly<Record<string, unknown>>;
  /** Line of what stands at a place such as `['files', 1]`; of its nearest ancestor that is there, when the place itself is not. */
  lineOf(place: readonly (string | number)[]): number;
}

export interface YamlProblem {
  readonly line: number;
  readonly message: string;
}

/** Reads a YAML text. The parser is loaded on use. */
export async function readYamlMap(text: string): Promise<Result<YamlMap, readonly YamlProblem[]>> {
  const { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } = await import('yaml');
  const lines = new LineCounter();
  const lineAt = (node: unknown): number | undefined => (isNode(node) && node.range ? lines.linePos(node.range[0]).line : undefined);
  // The core schema knows JSON's values only: dates stay texts.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, schema: 'core' });
  if (document.errors.length > 0) return err(document.errors.map(({ message, pos }) => ({ line: lines.linePos(pos[0]).line, message })));
  const { contents } = document;
  if (contents !== null && !isMap(contents)) return err([{ line: lineAt(contents) ?? 1, message: 'expected lines such as `agent: claude`' }]);

  const lineOf = (place: readonly (string | number)[]): number => {
    let node: unknown = contents;
    let line = 1;
    for (const part of place) {
      const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && key.value === part) : undefined;
      const next: unknown = pair === undefined && isSeq(node) ? node.items[Number(part)] : pair?.value;
      const found = lineAt(pair === undefined ? next : pair.key);
      if (found === undefined) break;
      line = found;
      node = next;
    }
    return line;
  };
  try {
    const value = (document.toJS() ?? {}) as Record<string, unknown>;
    // What contains itself goes through no JSON, and no spec has it.
    JSON.stringify(value);
    return ok({ value, lineOf });
  } catch (error) {
    // An alias of nothing, of too much, or of what it is in.
    return err([{ line: 1, message: messageOf(error) }]);
  }
}
