import { SPEC_FIELDS } from '../spec/raw-spec.ts';
import { problemsOf } from '../spec/problems-of.ts';
import type { ConfigFile } from './config-files.ts';
import { configValues, type ConfigValue } from './config-values.ts';
import { JsonPlaces, type JsonPath, type Place } from './json-places.ts';
import { milestoneProblems } from './milestone-problems.ts';
import type { MachineSize } from './older-amounts.ts';
import { olderShapes } from './older-shapes.ts';
import { RAW_CONFIG } from './raw-config.ts';
import { isPlain, translate } from './translate.ts';
import { thresholdProblems } from './threshold-problems.ts';

/** Something about a configuration file that its author should know, and where it stands. */
export interface ConfigProblem {
  /** `error`: the file is not in force, what it said before is. `hint`: it is, and could be written better. */
  readonly severity: 'error' | 'warning' | 'hint';
  readonly message: string;
  readonly place: Place;
}

/** Nobody reads more, and finding their places takes time. */
const MOST_PROBLEMS = 100;

export interface ParsedConfig {
  /** What the file sets; `undefined` when something in it is wrong. */
  readonly values: readonly (ConfigValue & { readonly place: Place })[] | undefined;
  readonly problems: readonly ConfigProblem[];
  /** Its text in today's shape, of a file in an older one. */
  readonly today: Readonly<Record<string, unknown>> | undefined;
}

/** Reads the text of a configuration file, in today's shape or an earlier one. */
export function parseConfig(file: ConfigFile, text: string, machine: MachineSize): ParsedConfig {
  const json = new JsonPlaces(text);
  if (json.errors.length > 0) return { values: undefined, problems: json.errors.slice(0, MOST_PROBLEMS).map(({ message, place }) => ({ severity: 'error', message: `This is no JSON: ${message}`, place })), today: undefined };
  const { value, isOlder, dropped, refused, origin } = translate(json.value, olderShapes(file, machine));
  const problems: ConfigProblem[] = dropped.slice(0, MOST_PROBLEMS).map((path) => ({ severity: 'warning', message: `\`${path.join('.')}\` has no meaning any more and is ignored`, place: json.placeAt(path, true) }));
  const schema = RAW_CONFIG[file];
  const parsed = schema.safeParse(value);
  const wrong = parsed.success ? thresholdProblems(parsed.data) : issuesOf(parsed.error.issues, value, Object.keys(schema.def.shape));
  for (const { path, message, isName } of wrong.slice(0, MOST_PROBLEMS)) problems.push({ severity: 'error', message, place: json.placeAt(origin(path), isName) });
  for (const path of refused.slice(0, MOST_PROBLEMS)) problems.push({ severity: 'error', message: `\`${path.join('.')}\`: \`__proto__\` cannot be a name; choose another`, place: json.placeAt(path, true) });
  for (const { path, message } of milestoneProblems(value).slice(0, MOST_PROBLEMS)) problems.push({ severity: 'warning', message, place: json.placeAt(origin(path)) });
  if (isOlder) problems.push({ severity: 'hint', message: 'Written in an older shape, which is read as well; Update Configuration File brings it up to date and keeps a copy', place: json.placeAt([]) });
  const isWrong = wrong.length > 0 || refused.length > 0 || !parsed.success;
  return {
    values: isWrong ? undefined : configValues(file, parsed.data as Readonly<Record<string, unknown>>).map((found) => ({ ...found, place: json.placeAt(origin(found.path), true) })),
    problems,
    today: isOlder && !isWrong && isPlain(value) ? value : undefined,
  };
}

interface Wrong {
  readonly path: JsonPath;
  readonly message: string;
  /** Whether the name of the field is wrong, rather than its value. */
  readonly isName: boolean;
}

type Issues = Parameters<typeof problemsOf>[0];

function issuesOf(issues: Issues, value: unknown, known: readonly string[]): Wrong[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
    const isName = issue.code === 'unrecognized_keys' || issue.code === 'invalid_key';
    const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path];
    const [prefix, at] = [path.join('.'), path.reduce<unknown>((inner, part) => (typeof inner === 'object' && inner !== null ? (inner as Record<string | number, unknown>)[part] : undefined), value)];
    return problemsOf([{ ...issue, path: [] }], at, prefix, path.length === 0 ? known : fieldsOf(path)).map(({ where, message }, index) => ({ path: paths[index] ?? path, message: where === '' ? message : `\`${where}\`: ${message}`, isName }));
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
