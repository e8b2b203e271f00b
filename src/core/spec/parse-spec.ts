import path from 'node:path';
import { err, ok, type Result } from '../base/result.ts';
import { globProblem } from '../locks/glob-overlap.ts';
import { PROMPT_TYPE } from '../model/agents/agent.ts';
import type { Claim } from '../model/files/claim.ts';
import type { Expectation } from '../model/outcome.ts';
import { DEFAULT_PRIORITY } from '../model/priority.ts';
import type { TaskSpec, Work } from '../model/spec.ts';
import { DEFAULT_TYPE } from '../model/task-type.ts';
import { nearest } from './nearest.ts';
import { isInside } from './paths.ts';
import type { Problem } from './problem.ts';
import { problemsOf } from './problems-of.ts';
import { rawSpec, SPEC_FIELDS, type RawSpec } from './raw-spec.ts';
import { isWorkClear, readableFields } from './readable-fields.ts';
import { readClaim } from './read-claim.ts';
import { promptFileName } from './prompt-file-name.ts';
import { promptFileAt } from './read-prompt.ts';
import { readWork, WORK_FIELDS } from './read-work.ts';
import type { SpecContext } from './spec-context.ts';

const DEFAULT_BACKOFF_MS = 1000;
const NONE: ReadonlySet<string> = new Set();

/**
 * A complete spec from what a person wrote, or all that is wrong with it. `where` prefixes the problems' places; what the defaults
 * of its batch say has its place there. `unread` are fields that cannot be read and were told already: with such there may be nothing
 * more to tell.
 */
export function parseSpec(value: unknown, context: SpecContext, where = '', defaults: RawSpec = {}, unread: ReadonlySet<string> = NONE): Result<TaskSpec, readonly Problem[]> {
  const parsed = rawSpec.safeParse(value);
  if (!parsed.success) {
    const rest = readableFields(value, parsed.error.issues);
    const others = rest === undefined ? undefined : parseSpec(rest.fields, context, where, defaults, new Set([...unread, ...rest.unread]));
    return err([...problemsOf(parsed.error.issues, value, where, SPEC_FIELDS), ...(others?.ok === false ? others.error : [])]);
  }
  const own = parsed.data;
  const file = own.prompt === undefined ? promptFileAt(own.script, context)?.file : undefined;
  const raw = withDefaults(withDefaults(own, file?.fields ?? {}), defaults);
  if (unread.size > 0 && !isWorkClear(raw, unread)) return err([]);
  const problems: Problem[] = [...(file?.problems ?? [])];
  const report = (field: string, message: string): void => {
    const name = /^\w+/.exec(field)![0];
    if (name in defaults && !(name in own) && !(name in (file?.fields ?? {}))) problems.push({ where: `defaults.${field}`, message });
    else problems.push(file !== undefined && !(name in own) ? file.problemAt(field, message) : { where: where === '' ? field : `${where}.${field}`, message });
  };
  const resolve = (file: string): string => path.resolve(context.base, file);

  const cwd = raw.cwd === undefined ? undefined : resolve(raw.cwd);
  if (cwd !== undefined && !context.isFolder(cwd)) report('cwd', `there is no folder \`${cwd}\``);
  const work = readWork(own, raw, context, report);
  const isPrompt = work?.kind === 'prompt';
  const type = isPrompt ? PROMPT_TYPE : (raw.type ?? (work?.kind === 'blender' ? 'blender_task' : DEFAULT_TYPE));
  if (!isPrompt && !context.typeNames.includes(type)) report('type', unknownName('type', type, context.typeNames));
  const role = context.roles.find(({ name }) => name === raw.role);
  if (raw.role !== undefined && role === undefined) report('role', unknownName('role', raw.role, context.roles.map(({ name }) => name)));
  const confine = (field: string, place: string | undefined): void => {
    if (place === undefined || context.roots.length === 0 || context.roots.some((root) => isInside(place, root))) return;
    report(field, `\`${place}\` lies outside the workspace (${context.roots.join(', ')}); open its folder, or move it into the workspace`);
  };
  confine('cwd', cwd);
  confine(WORK_FIELDS.find((field) => raw[field] !== undefined) ?? 'script', sourceOf(work));
  const files = work === undefined ? [] : claimsOf(raw, work, context, report);
  if (problems.length > 0 || work === undefined) return err(problems);

  return ok({
    name: oneLine(raw.name ?? raw.id ?? nameOf(work)),
    work,
    args: isPrompt ? [] : (raw.args ?? []),
    cwd: cwd ?? ('path' in work ? path.dirname(work.path) : context.base),
    env: raw.env ?? {},
    type,
    priority: raw.priority ?? role?.priority ?? DEFAULT_PRIORITY,
    files,
    after: raw.after ?? [],
    retries: raw.retries ?? 0,
    backoffMs: raw.backoff ?? DEFAULT_BACKOFF_MS,
    artifacts: isPrompt ? [] : (raw.artifacts ?? []),
    interactive: !isPrompt && (raw.interactive ?? false),
    expect: expectationOf(raw.expect),
    ifMissing: raw.ifMissing ?? 'fail',
    ...(role !== undefined && { role: role.name, requirement: role.requirement }),
    ...(raw.agent !== undefined && !isPrompt && { agent: raw.agent }),
    ...(raw.tags !== undefined && { tags: [...new Set(raw.tags)] }),
    ...(raw.id !== undefined && { key: raw.id }),
    ...(raw.timeout !== undefined && { timeoutMs: raw.timeout }),
    ...(raw.cpu !== undefined && { cpu: raw.cpu }),
    ...(raw.memory !== undefined && { memory: raw.memory }),
    ...(raw.memoryLimit !== undefined && { memoryLimit: raw.memoryLimit }),
    ...(raw.startAt !== undefined && { startAt: Date.parse(raw.startAt) }),
    ...(raw.interpreter !== undefined && !isPrompt && { interpreter: /[\\/]/.test(raw.interpreter) ? resolve(raw.interpreter) : raw.interpreter }),
  });
}

function withDefaults(raw: RawSpec, defaults: RawSpec): RawSpec {
  return { ...defaults, ...raw, env: { ...defaults.env, ...raw.env } };
}

/** The file that a task's work is written in; a module by name is found by its language, not by us. */
function sourceOf(work: Work | undefined): string | undefined {
  if (work === undefined) return undefined;
  if ('path' in work) return work.path;
  if (work.kind === 'prompt') return work.file;
  return work.kind === 'function' && path.isAbsolute(work.module) ? work.module : undefined;
}

/** The declared claims, and a `read` claim on the script itself or on what a prompt is given to read. */
function claimsOf(raw: RawSpec, work: Work, context: SpecContext, report: (field: string, message: string) => void): Claim[] {
  const declared = (raw.files ?? []).map((file, index): Claim => {
    const { path: name, mode } = typeof file === 'string' ? { path: file, mode: 'write' as const } : file;
    const claim = readClaim(path.resolve(context.base, name), mode, context);
    const problem = claim.glob === undefined ? undefined : globProblem(claim.glob);
    if (problem !== undefined) report(`files[${index}]`, problem);
    return claim;
  });
  const read = 'path' in work ? [work.path] : work.kind === 'prompt' ? work.context : [];
  const undeclared = [...new Set(read)].filter((file) => !declared.some((claim) => claim.path === file && claim.glob === undefined));
  return [...declared, ...undeclared.map((file): Claim => ({ path: file, mode: 'read' }))];
}

function expectationOf(expect: RawSpec['expect']): Expectation {
  if (expect === undefined || expect === 'succeeded') return { type: 'succeeded' };
  return expect === 'failed' ? { type: 'failed' } : { type: 'exit', code: expect.exitCode };
}

function unknownName(what: 'type' | 'role', name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return `unknown ${what} \`${name}\`; ${near === undefined ? `known are ${known.map((other) => `\`${other}\``).join(', ')}` : `did you mean \`${near}\`?`}`;
}

const LONGEST_NAME = 120;

function oneLine(name: string): string {
  const line = name.replaceAll(/\s+/g, ' ').trim();
  return line.length > LONGEST_NAME ? `${line.slice(0, LONGEST_NAME - 1)}…` : line;
}

function nameOf(work: Work): string {
  switch (work.kind) {
    case 'script':
    case 'blender':
      return path.basename(work.path);
    case 'function':
      return work.name;
    case 'command':
      return 'shell' in work ? work.shell : work.argv.map((part) => path.basename(part)).slice(0, 3).join(' ');
    case 'hosted':
      return work.runner;
    case 'prompt':
      return work.file === undefined ? work.prompt : promptFileName(work.file);
  }
}
