import { nearest } from '../spec/nearest.ts';
import { problemsOf } from '../spec/problems-of.ts';
import { SPEC_FIELDS } from '../spec/raw-spec.ts';
import { valueAt } from './config-unit.ts';
import type { JsonPath } from './json-places.ts';

/** Something that is wrong in a configuration of today's shape. */
export interface Wrong {
  readonly path: JsonPath;
  readonly message: string;
  /** Whether the name of the field is wrong, rather than its value. */
  readonly isName: boolean;
  /** The field that was probably meant by a wrong name. */
  readonly meant?: JsonPath;
  /** What it contradicts, and what both are part of. */
  readonly against?: { readonly path: JsonPath; readonly within: JsonPath };
}

type Issues = Parameters<typeof problemsOf>[0];

/** What is wrong, in words, from the validator's issues. `known` are the fields of the file. */
export function configIssues(issues: Issues, value: unknown, known: readonly string[]): readonly Wrong[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
    const isName = issue.code === 'unrecognized_keys' || issue.code === 'invalid_key';
    const names = issue.code === 'unrecognized_keys' ? issue.keys : [];
    if (issue.code === 'invalid_key') return [{ path, message: `\`${path.join('.')}\`: ${issue.issues.map(({ message }) => message).join('; ')}`, isName }];
    const fields = path.length === 0 ? known : fieldsOf(path);
    return problemsOf([{ ...issue, path: [] }], valueAt(value, path), path.join('.'), fields).map(({ where, message }, index): Wrong => {
      const name = names[index];
      const meant = name === undefined ? undefined : nearest(name, fields);
      return { path: name === undefined ? path : [...path, name], message: where === '' ? message : `\`${where}\`: ${message}`, isName, ...(meant !== undefined && { meant: [...path, meant] }) };
    });
  });
}

/** Fields of the objects inside, for a hint at what was meant. */
function fieldsOf(path: JsonPath): readonly string[] {
  if (path[0] === 'thresholds') return path.length === 1 ? ['cpu', 'memory', 'disk', 'pressure'] : ['enter', 'critical', 'release'];
  if (path[0] === 'types') return ['limit', 'cpu', 'memory'];
  if (path[0] === 'roles') return path.at(-1) === 'requirement' ? ['cores', 'memory'] : ['label', 'purpose', 'priority', 'requirement', 'enabled', 'command', 'options'];
  if (path[0] === 'agents') return path.length === 1 ? ['claude', 'autogen', 'vscode', 'handover', 'maxTurns', 'maxCost', 'maxCostPerDay'] : ['capacity', 'model'];
  return SPEC_FIELDS;
}
