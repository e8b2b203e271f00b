import { parseBytes } from '../base/units.ts';
import { err, ok, type Result } from '../base/result.ts';
import { builtInRole } from '../model/roles/built-in-roles.ts';
import { DEFAULT_PRIORITY, parsePriority } from '../model/priority.ts';
import { ROLE_NAME, type Requirement, type Role } from '../model/roles/role.ts';
import { nearest } from './nearest.ts';
import type { Problem } from './problem.ts';

/** What a role of one's own is taken to need of itself: next to nothing. */
const LEAST: Requirement = { cores: 0.25, memory: 32e6 };
const FIELDS = ['name', 'label', 'purpose', 'priority', 'requirement'];

/** A role as a program describes it, or all that is wrong with it. `others` are fields that are read elsewhere. */
export function readRole(value: unknown, others: readonly string[] = []): Result<Role, readonly Problem[]> {
  const problems: Problem[] = [];
  const report = (where: string, message: string, got: unknown): undefined => {
    problems.push({ where, message: `${message}, got ${shown(got)}` });
  };
  if (!isObject(value)) return err([{ where: '', message: `expected an object that describes a role, got ${shown(value)}` }]);
  const text = (field: string): string | undefined => {
    const given = value[field];
    return typeof given === 'string' && given.trim() !== '' ? given.trim() : report(field, 'expected a text that is not empty', given);
  };
  const known = [...FIELDS, ...others];
  for (const field of Object.keys(value)) if (!known.includes(field)) problems.push({ where: field, message: unknownField(field, known) });
  const { name } = value;
  if (typeof name !== 'string' || !ROLE_NAME.test(name)) report('name', 'expected a name in snake case, such as `night_shift`', name);
  else if (builtInRole(name) !== undefined) problems.push({ where: 'name', message: `\`${name}\` is a role that is built in; choose another name` });
  const label = text('label');
  const purpose = value.purpose === undefined ? '' : text('purpose');
  const priority = value.priority === undefined ? DEFAULT_PRIORITY : typeof value.priority === 'number' || typeof value.priority === 'string' ? parsePriority(value.priority) : undefined;
  if (priority === undefined) report('priority', 'expected a number (lower runs first), `high`, `normal` or `low`', value.priority);
  const requirement = readRequirement(value.requirement, report);
  if (problems.length > 0) return err(problems);
  return ok({ name: String(name), label: label!, purpose: purpose!, priority: priority!, requirement, enabled: true, options: {}, source: 'code' });
}

function readRequirement(value: unknown, report: (where: string, message: string, got: unknown) => undefined): Requirement {
  if (value === undefined) return LEAST;
  if (!isObject(value)) {
    report('requirement', 'expected an object with `cores` and `memory`', value);
    return LEAST;
  }
  for (const field of Object.keys(value)) if (field !== 'cores' && field !== 'memory') report(`requirement.${field}`, 'unknown field; known are `cores` and `memory`', value[field]);
  const { cores, memory } = value;
  if (cores !== undefined && !(typeof cores === 'number' && cores > 0 && Number.isFinite(cores))) report('requirement.cores', 'expected a number of cores > 0', cores);
  const bytes = memory === undefined ? LEAST.memory : typeof memory === 'number' || typeof memory === 'string' ? parseBytes(memory) : undefined;
  const size = typeof bytes === 'number' ? bytes : bytes?.ok === true ? bytes.value : undefined;
  if (size === undefined) report('requirement.memory', 'expected a size such as `512 MB` or a number of bytes', memory);
  return { cores: typeof cores === 'number' ? cores : LEAST.cores, memory: size ?? LEAST.memory };
}

function unknownField(field: string, known: readonly string[]): string {
  const near = nearest(field, known);
  return near === undefined ? `unknown field; known are ${known.map((name) => `\`${name}\``).join(', ')}` : `unknown field; did you mean \`${near}\`?`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  return typeof value === 'function' ? 'a function' : `\`${JSON.stringify(value)}\``;
}
