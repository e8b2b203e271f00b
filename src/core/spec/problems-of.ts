import type * as z from 'zod/mini';
import { nearest } from './nearest.ts';
import type { Problem } from './problem.ts';
import { SPEC_FIELDS } from './raw-spec.ts';

type Issue = z.core.$ZodIssue;

/** Problems in words of ours from the validator's issues; a field nobody knows is told with the one that was probably meant. */
export function problemsOf(issues: readonly Issue[], value: unknown, prefix: string, knownFields: readonly string[], above: readonly PropertyKey[] = []): Problem[] {
  return issues.flatMap((issue): Problem[] => {
    const path = [...above, ...issue.path];
    const where = joinPath(prefix, path);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ where: joinPath(where, [key]), message: unknownField(key, fieldsAt(path, knownFields)) }));
    }
    const meant = issue.code === 'invalid_union' ? branchMeant(issue.errors) : undefined;
    if (meant !== undefined) return problemsOf(meant, value, prefix, knownFields, path);
    return [{ where, message: `${inWords(issue)}, got ${shown(valueAt(value, path))}` }];
  });
}

/** Of several ways to write a value, the only one whose kind of value was given: what is wrong then lies inside. */
function branchMeant(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const possible = branches.filter((branch) => branch.every((issue) => issue.path.length > 0 || issue.code === 'unrecognized_keys'));
  return possible.length === 1 ? possible[0] : undefined;
}

const FIELDS_OF: Readonly<Record<string, readonly string[]>> = { expect: ['exitCode'], weekly: ['days', 'time'], monthly: ['day', 'time'] };

function fieldsAt(path: readonly PropertyKey[], knownFields: readonly string[]): readonly string[] {
  if (path.length === 0) return knownFields;
  if (path.at(-1) === 'defaults') return SPEC_FIELDS;
  return FIELDS_OF[String(path.at(-1))] ?? ['path', 'mode'];
}

function unknownField(key: string, known: readonly string[]): string {
  const near = nearest(key, known);
  return near === undefined ? `unknown field; known are ${known.map((name) => `\`${name}\``).join(', ')}` : `unknown field; did you mean \`${near}\`?`;
}

function inWords(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${article(issue.expected)}`;
    case 'invalid_value':
      return `expected ${issue.values.map((value) => `\`${String(value)}\``).join(' or ')}`;
    case 'invalid_union': {
      const parts = issue.errors.flatMap((branch) => branch.slice(0, 1).map((nested) => inWords(nested).replace(/^expected /, '')));
      return parts.length === 0 ? 'expected another kind of value' : `expected ${[...new Set(parts)].join(' or ')}`;
    }
    default:
      return issue.message.split(', got')[0] ?? issue.message;
  }
}

function article(type: string): string {
  if (type === 'array') return 'a list';
  if (type === 'object' || type === 'record') return 'an object';
  if (type === 'int') return 'an integer';
  return type === 'string' ? 'a text' : `a ${type}`;
}

function joinPath(prefix: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (joined, part) => (typeof part === 'number' ? `${joined}[${part}]` : joined === '' ? String(part) : `${joined}.${String(part)}`),
    prefix,
  );
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, part) => (typeof inner === 'object' && inner !== null ? (inner as Record<PropertyKey, unknown>)[part] : undefined), value);
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = written(value);
  return `\`${text.length > 60 ? `${text.slice(0, 57)}…` : text}\``;
}

/** A program may hand over what JSON has no words for: big integers, functions, what contains itself. */
function written(value: unknown): string {
  try {
    return JSON.stringify(value) ?? typeof value;
  } catch {
    return typeof value;
  }
}
