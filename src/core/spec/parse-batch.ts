import { err, ok, type Result } from '../base/result.ts';
import type { TaskSpec } from '../model/spec.ts';
import { findCycle } from './find-cycle.ts';
import { nearest } from './nearest.ts';
import { parseSpec } from './parse-spec.ts';
import type { Problem } from './problem.ts';
import { problemsOf } from './problems-of.ts';
import { BATCH_FIELDS, rawBatch, rawSpec, SPEC_FIELDS, type RawSpec } from './raw-spec.ts';
import { readableFields } from './readable-fields.ts';
import type { SpecContext } from './spec-context.ts';

/** Tasks that were submitted together: all of them or none. */
export interface BatchSpec {
  readonly name: string;
  readonly tasks: readonly TaskSpec[];
}

/** A batch, or all that is wrong with it: of what is wrong in one place the rest is checked nevertheless, as far as it can be told apart. */
export function parseBatch(value: unknown, context: SpecContext, fallbackName: string): Result<BatchSpec, readonly Problem[]> {
  const parsed = rawBatch.safeParse(value);
  const problems = parsed.success ? [] : problemsOf(parsed.error.issues, value, '', BATCH_FIELDS);
  const { tasks: written, defaults: inherited } = partsOf(value);
  const { fields, unread } = readDefaults(inherited);
  const specs: TaskSpec[] = [];
  const links = written.map((task, index): BatchLink => {
    const spec = parseSpec(task, context, `tasks[${index}]`, fields, unread);
    if (spec.ok) {
      specs.push(spec.value);
      return { key: spec.value.key, after: spec.value.after, isNameless: false };
    }
    problems.push(...spec.error);
    return linkAsWritten(task, inherited);
  });
  problems.push(...checkGraph(links));
  return parsed.success && problems.length === 0 ? ok({ name: parsed.data.name ?? fallbackName, tasks: specs }) : err(eachOnce(problems));
}

/** What is wrong with a default is found with every task. */
function eachOnce(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [`${problem.place ?? ''}\0${problem.where}\0${problem.message}`, problem])).values()];
}

function partsOf(value: unknown): { readonly tasks: readonly unknown[]; readonly defaults: unknown } {
  const { tasks, defaults } = recordOf(value);
  return { tasks: Array.isArray(tasks) ? tasks : [], defaults };
}

function readDefaults(value: unknown): { readonly fields: RawSpec; readonly unread: ReadonlySet<string> } {
  const whole = rawSpec.safeParse(value ?? {});
  if (whole.success) return { fields: whole.data, unread: new Set() };
  const rest = readableFields(value, whole.error.issues);
  return { fields: rawSpec.safeParse(rest?.fields).data ?? {}, unread: rest?.unread ?? new Set(['defaults']) };
}

/** What a task is called in its batch, and after which it comes. */
export interface BatchLink {
  readonly key: string | undefined;
  readonly after: readonly string[];
  /** It has no readable id, and may be meant by one that nobody has. */
  readonly isNameless: boolean;
}

/** The links of a task whatever else is wrong with it. */
export function linkAsWritten(task: unknown, defaults: unknown): BatchLink {
  const raw = { ...recordOf(defaults), ...recordOf(task) };
  const key = typeof raw.id === 'string' || typeof raw.id === 'number' ? String(raw.id).trim() : undefined;
  const after = Array.isArray(raw.after) ? raw.after.filter((each) => typeof each === 'string').map((each) => each.trim()) : [];
  return { key, after, isNameless: key === undefined && Object.keys(raw).some((name) => name === 'id' || !SPEC_FIELDS.includes(name)) };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {};
}

/** Duplicate ids, dependencies on nothing, and cycles. */
function checkGraph(tasks: readonly BatchLink[]): Problem[] {
  const problems: Problem[] = [];
  const indexByKey = new Map<string, number>();
  tasks.forEach((task, index) => {
    if (task.key === undefined) return;
    const first = indexByKey.get(task.key);
    if (first === undefined) indexByKey.set(task.key, index);
    else problems.push({ where: `tasks[${index}].id`, message: `\`${task.key}\` is already the id of tasks[${first}]; ids are unique in a batch` });
  });
  const areNamesKnown = !tasks.some(({ isNameless }) => isNameless);
  tasks.forEach((task, index) => {
    for (const key of task.after) {
      if (!areNamesKnown || indexByKey.has(key) || /^#\d+$/.test(key)) continue;
      const near = nearest(key, indexByKey.keys());
      problems.push({ where: `tasks[${index}].after`, message: `there is no task \`${key}\` in this batch; ${near === undefined ? 'give the task that it waits for this `id`' : `did you mean \`${near}\`?`}` });
    }
  });
  if (problems.length > 0) return problems;
  const cycle = findCycle(tasks.map((task) => task.after.flatMap((key) => indexByKey.get(key) ?? [])));
  if (cycle === undefined) return [];
  const names = cycle.map((index) => tasks[index]!.key).join(' → ');
  return [{ where: `tasks[${cycle[0]}].after`, message: `a cycle, so none of these could ever start: ${names}; take one \`after\` away` }];
}
