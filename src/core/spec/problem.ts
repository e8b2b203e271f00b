import type * as z from 'zod/mini';
import { nearest } from './nearest.ts';

/** One thing that is wrong with what somebody wrote: where, and what to write instead. */
export interface Problem {
  /** Such as `tasks[2].timeout`; empty for the whole. */
  readonly where: string;
  readonly message: string;
}

export function formatProblem({ where, message }: Problem): string {
  return where === '' ? message : `\`${where}\`: ${message}`;
}

/** Problems in words of ours from the validator's issues; a field nobody knows is told with the one that was probably meant. */
export function problemsOf(issues: readonly z.core.$ZodIssue[], value: unknown, prefix: string, knownFields: readonly string[]): Problem[] {
  return issues.flatMap((issue): Problem[] => {
    const where = joinPath(prefix, issue.path);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ where: joinPath(where, [key]), message: unknownField(key, issue.path.length === 0 ? knownFields : ['path', 'mode', 'exitCode']) }));
    }
    return [{ where, message: `${inWords(issue)}, got ${shown(valueAt(value, issue.path))}` }];
  });
}

function unknownField(key: string, known: readonly string[]): string {
  const near = nearest(key, known);
  return near === undefined ? `unknown field; known are ${known.map((name) => `\`${name}\``).join(', ')}` : `unknown field; did you mean \`${near}\`?`;
}

function inWords(issue: z.core.$ZodIssue): string {
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
  const text = JSON.stringify(value);
  return `\`${text.length > 60 ? `${text.slice(0, 57)}…` : text}\``;
}
