import path from 'node:path';
import { err, ok, type Result } from '../base/result.ts';
import { globProblem } from '../locks/glob-overlap.ts';
import type { Claim } from '../model/claim.ts';
import type { Expectation } from '../model/outcome.ts';
import { DEFAULT_PRIORITY } from '../model/priority.ts';
import type { TaskSpec, Work } from '../model/spec.ts';
import { DEFAULT_TYPE } from '../model/task-type.ts';
import { importsBpy } from './blender-script.ts';
import { nearest } from './nearest.ts';
import { isInside } from './paths.ts';
import { problemsOf, type Problem } from './problem.ts';
import { rawSpec, SPEC_FIELDS, type RawSpec } from './raw-spec.ts';
import { readClaim } from './read-claim.ts';
import type { SpecContext } from './spec-context.ts';

const DEFAULT_BACKOFF_MS = 1000;
const WORK_FIELDS = ['script', 'blender', 'function', 'command'] as const;

/** A complete spec from what a person wrote, or all that is wrong with it. `where` prefixes the problems' places. */
export function parseSpec(value: unknown, context: SpecContext, where = '', defaults: RawSpec = {}): Result<TaskSpec, readonly Problem[]> {
  const parsed = rawSpec.safeParse(value);
  if (!parsed.success) return err(problemsOf(parsed.error.issues, value, where, SPEC_FIELDS));
  const raw = withDefaults(parsed.data, defaults);
  const problems: Problem[] = [];
  const report = (field: string, message: string): void => {
    problems.push({ where: where === '' ? field : `${where}.${field}`, message });
  };
  const resolve = (file: string): string => path.resolve(context.base, file);

  const cwd = raw.cwd === undefined ? undefined : resolve(raw.cwd);
  if (cwd !== undefined && !context.isFolder(cwd)) report('cwd', `there is no folder \`${cwd}\``);
  const work = readWork(raw, context, report);
  const type = raw.type ?? (work?.kind === 'blender' ? 'blender_task' : DEFAULT_TYPE);
  if (!context.typeNames.includes(type)) report('type', unknownName('type', type, context.typeNames));
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
    name: oneLine(raw.name ?? nameOf(work)),
    work,
    args: raw.args ?? [],
    cwd: cwd ?? ('path' in work ? path.dirname(work.path) : context.base),
    env: raw.env ?? {},
    type,
    priority: raw.priority ?? role?.priority ?? DEFAULT_PRIORITY,
    files,
    after: raw.after ?? [],
    retries: raw.retries ?? 0,
    backoffMs: raw.backoff ?? DEFAULT_BACKOFF_MS,
    artifacts: raw.artifacts ?? [],
    interactive: raw.interactive ?? false,
    expect: expectationOf(raw.expect),
    ifMissing: raw.ifMissing ?? 'fail',
    ...(role !== undefined && { role: role.name, requirement: role.requirement }),
    ...(raw.agent !== undefined && { agent: raw.agent }),
    ...(raw.id !== undefined && { key: raw.id }),
    ...(raw.timeout !== undefined && { timeoutMs: raw.timeout }),
    ...(raw.cpu !== undefined && { cpu: raw.cpu }),
    ...(raw.memory !== undefined && { memory: raw.memory }),
    ...(raw.memoryLimit !== undefined && { memoryLimit: raw.memoryLimit }),
    ...(raw.startAt !== undefined && { startAt: Date.parse(raw.startAt) }),
    ...(raw.interpreter !== undefined && { interpreter: /[\\/]/.test(raw.interpreter) ? resolve(raw.interpreter) : raw.interpreter }),
  });
}

function withDefaults(raw: RawSpec, defaults: RawSpec): RawSpec {
  return { ...defaults, ...raw, env: { ...defaults.env, ...raw.env } };
}

function readWork(raw: RawSpec, context: SpecContext, report: (field: string, message: string) => void): Work | undefined {
  const given = WORK_FIELDS.filter((field) => raw[field] !== undefined);
  if (given.length !== 1) {
    report(given[1] ?? 'script', given.length === 0 ? 'missing: a task needs one of `script`, `blender`, `function` or `command`' : `a task has only one of ${given.map((name) => `\`${name}\``).join(' and ')}`);
    return undefined;
  }
  if (raw.shell === true && typeof raw.command !== 'string') report('shell', 'only goes with a `command` given as one text');
  if (raw.arguments !== undefined && raw.function === undefined) report('arguments', 'only goes with `function`; a program takes `args`');
  const existing = (field: string, file: string): string => {
    const absolute = path.resolve(context.base, file);
    if (!context.isFile(absolute)) report(field, `there is no file \`${absolute}\``);
    return absolute;
  };
  if (raw.script !== undefined) {
    const script = existing('script', raw.script);
    const isBlender = /\.py$/i.test(script) && importsBpy(context.readHead(script));
    return { kind: isBlender ? 'blender' : 'script', path: script };
  }
  if (raw.blender !== undefined) return { kind: 'blender', path: existing('blender', raw.blender) };
  if (raw.function !== undefined) {
    const colon = raw.function.lastIndexOf(':');
    const module = raw.function.slice(0, colon);
    const isPath = /\.(?:py|[cm]?[jt]s)$/i.test(module);
    return { kind: 'function', module: isPath ? existing('function', module) : module, name: raw.function.slice(colon + 1), arguments: raw.arguments ?? {} };
  }
  if (typeof raw.command === 'string') {
    if (raw.shell === true) return { kind: 'command', shell: raw.command };
    report('command', 'expected a list such as `["make", "all"]`; a single text needs `"shell": true`');
    return undefined;
  }
  return { kind: 'command', argv: raw.command! };
}

/** The file that a task's work is written in; a module by name is found by its language, not by us. */
function sourceOf(work: Work | undefined): string | undefined {
  if (work === undefined) return undefined;
  if ('path' in work) return work.path;
  return work.kind === 'function' && path.isAbsolute(work.module) ? work.module : undefined;
}

/** The declared claims, and a `read` claim on the script itself. */
function claimsOf(raw: RawSpec, work: Work, context: SpecContext, report: (field: string, message: string) => void): Claim[] {
  const declared = (raw.files ?? []).map((file, index): Claim => {
    const { path: name, mode } = typeof file === 'string' ? { path: file, mode: 'write' as const } : file;
    const claim = readClaim(path.resolve(context.base, name), mode, context);
    const problem = claim.glob === undefined ? undefined : globProblem(claim.glob);
    if (problem !== undefined) report(`files[${index}]`, problem);
    return claim;
  });
  const own = 'path' in work && !declared.some((claim) => claim.path === work.path && claim.glob === undefined) ? [{ path: work.path, mode: 'read' } as const] : [];
  return [...declared, ...own];
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
    case 'prompt':
      return work.prompt;
  }
}
