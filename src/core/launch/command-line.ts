import path from 'node:path';
import { assertNever } from '../base/assert-never.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { ScriptEnding } from '../model/script-extensions.ts';
import type { TaskSpec, Work } from '../model/spec.ts';
import type { ProgramFinder } from './find-program.ts';
import { NODE_FUNCTION, PYTHON_FUNCTION } from './function-runners.ts';
import { ASSESSMENT_ROLE } from '../model/roles/built-in-roles.ts';
import { findPython } from './python-interpreter.ts';
import { windowFolder } from './window-folder.ts';

export interface CommandLineContext {
  readonly workspace: string;
  /** Programs named by settings: `python`, `node`, `blender`, `bash`, `Rscript`, `pwsh`. */
  readonly programs: Readonly<Record<string, string>>;
  readonly finder: ProgramFinder;
  readonly platform: NodeJS.Platform;
  /** A Node that is there in any case, such as the one that runs this. */
  readonly ownNode: string;
  /** The program that carries out prompts. */
  readonly agentRunner?: string | undefined;
  /** The program that judges scripts. */
  readonly assessor?: string | undefined;
  /** The program that has a window carry out work of an extension's kind, and the state folder in which windows say where they are. */
  readonly hostedRunner?: string | undefined;
  readonly home?: string | undefined;
  /** Where a function finds its arguments and leaves its result. */
  readonly argumentsFile: string;
  readonly resultFile: string;
}

export interface CommandLine {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** A program that a task needs and that is not there, and what to do about it. */
export interface MissingProgram {
  readonly program: string;
  readonly wayOut: string;
}

interface Program {
  readonly name: string;
  readonly candidates: readonly string[];
  readonly before: readonly string[];
}

const PROGRAMS = {
  '.sh': { name: 'bash', candidates: ['bash', 'sh'], before: [] },
  '.js': { name: 'node', candidates: ['node'], before: [] },
  '.mjs': { name: 'node', candidates: ['node'], before: [] },
  '.cjs': { name: 'node', candidates: ['node'], before: [] },
  '.ts': { name: 'node', candidates: ['node'], before: ['--experimental-strip-types', '--no-warnings=ExperimentalWarning'] },
  '.r': { name: 'Rscript', candidates: ['Rscript'], before: [] },
  '.ps1': { name: 'pwsh', candidates: ['pwsh', 'powershell'], before: ['-NoProfile', '-NonInteractive', '-File'] },
} as const satisfies Readonly<Record<Exclude<ScriptEnding, '.py'>, Program>>;

/** The argument array that carries out a task. No shell unless the task asks for one. */
export function commandLine(spec: TaskSpec, context: CommandLineContext): Result<CommandLine, MissingProgram> {
  const { work } = spec;
  switch (work.kind) {
    case 'script':
      return scriptLine(spec, work.path, context);
    case 'blender': {
      const blender = context.finder.find(spec.interpreter ?? context.programs.blender ?? 'blender');
      if (blender === undefined) return missing('blender', spec, context);
      const tail = spec.args.length > 0 ? ['--', ...spec.args] : [];
      return line([blender, '--background', '--python-exit-code', '1', '--python', work.path, ...tail]);
    }
    case 'function':
      return functionLine(spec, work, context);
    case 'command':
      return 'shell' in work ? shellLine(work.shell, spec, context) : programLine(work.argv, spec, context);
    case 'prompt':
      return promptLine(spec, context);
    case 'hosted':
      return hostedLine(spec, context);
    default:
      return assertNever(work);
  }
}

/** The runner is a program of ours: it needs a Node, the engine's own will do. */
function promptLine(spec: TaskSpec, context: CommandLineContext): Result<CommandLine, MissingProgram> {
  const { agentRunner, ownNode } = context;
  if (agentRunner === undefined) return missing('agent runner', spec, context);
  return ok({ argv: [ownNode, '--no-warnings', agentRunner], env: { ELECTRON_RUN_AS_NODE: '1' } });
}

function hostedLine(spec: TaskSpec, context: CommandLineContext): Result<CommandLine, MissingProgram> {
  const { hostedRunner, home, ownNode, argumentsFile, workspace } = context;
  if (hostedRunner === undefined || home === undefined) return missing('window runner', spec, context);
  return ok({ argv: [ownNode, '--no-warnings', hostedRunner, argumentsFile, windowFolder(home, workspace)], env: { ELECTRON_RUN_AS_NODE: '1' } });
}

function scriptLine(spec: TaskSpec, script: string, context: CommandLineContext): Result<CommandLine, MissingProgram> {
  const extension = path.extname(script).toLowerCase();
  if (extension === '.py' && spec.role === ASSESSMENT_ROLE) return assessLine(spec, script, context);
  if (extension === '.py') return withProgram('python', python(spec, context), [script, ...spec.args], spec, context);
  const program = (PROGRAMS as Readonly<Record<string, Program>>)[extension];
  // Whatever else may be executed by itself.
  if (program === undefined) return programLine([script, ...spec.args], spec, context);
  const found = choose(program, spec, context);
  return withProgram(program.name, found?.argv, [...program.before, script, ...spec.args], spec, context, found?.env);
}

/** What is queued to this role is judged, not run. */
function assessLine(spec: TaskSpec, script: string, { assessor, ownNode, ...context }: CommandLineContext): Result<CommandLine, MissingProgram> {
  if (assessor === undefined) return missing('parallel-workflow', spec, { ...context, ownNode });
  return ok({ argv: [ownNode, '--no-warnings', assessor, 'assess', script, ...spec.args], env: { ELECTRON_RUN_AS_NODE: '1' } });
}

function functionLine(spec: TaskSpec, work: Extract<Work, { kind: 'function' }>, context: CommandLineContext): Result<CommandLine, MissingProgram> {
  const tail = [context.argumentsFile, context.resultFile, work.module, work.name, ...spec.args];
  if (!/\.[cm]?[jt]s$/i.test(work.module)) return withProgram('python', python(spec, context), ['-c', PYTHON_FUNCTION, ...tail], spec, context);
  const node = choose(PROGRAMS['.js'], spec, context);
  return withProgram('node', node?.argv, ['--input-type=module', '-e', NODE_FUNCTION, '--', ...tail], spec, context, node?.env);
}

function programLine(argv: readonly string[], spec: TaskSpec, context: CommandLineContext): Result<CommandLine, MissingProgram> {
  const [program = '', ...rest] = argv;
  const isPath = program.includes('/') || program.includes('\\');
  const found = context.finder.find(isPath ? path.resolve(spec.cwd, program) : program);
  if (found === undefined && isPath) return err({ program, wayOut: 'Correct the path; a file that is there has to be executable (`chmod +x`), or to stand behind the program that takes it.' });
  if (found === undefined) return err({ program, wayOut: /\s/.test(program) ? 'Give each of its words for itself, or have a shell read them (`sh -c`).' : `Install ${program}, put it on the PATH, or give its path.` });
  return line([found, ...rest, ...(spec.work.kind === 'command' ? spec.args : [])]);
}

function shellLine(text: string, spec: TaskSpec, context: CommandLineContext): Result<CommandLine, MissingProgram> {
  if (context.platform === 'win32') return line(['cmd.exe', '/d', '/s', '/c', text]);
  const shell = context.finder.find(context.programs.bash ?? 'bash') ?? '/bin/sh';
  return line([shell, '-c', text, shell, ...spec.args]);
}

function python(spec: TaskSpec, context: CommandLineContext): readonly string[] | undefined {
  const found = findPython(spec.interpreter ?? context.programs.python, context.workspace, context.finder, context.platform);
  return found === undefined ? undefined : [found];
}

function choose(program: Program, spec: TaskSpec, context: CommandLineContext): { argv: readonly string[]; env: Record<string, string> } | undefined {
  const chosen = spec.interpreter ?? context.programs[program.name];
  for (const candidate of chosen === undefined ? program.candidates : [chosen]) {
    const found = context.finder.find(candidate);
    if (found !== undefined) return { argv: [found], env: {} };
  }
  // VS Code brings a Node of its own, which this variable turns into one.
  return chosen === undefined && program.name === 'node' ? { argv: [context.ownNode], env: { ELECTRON_RUN_AS_NODE: '1' } } : undefined;
}

function withProgram(
  name: string,
  program: readonly string[] | undefined,
  rest: readonly string[],
  spec: TaskSpec,
  context: CommandLineContext,
  env: Readonly<Record<string, string>> = {},
): Result<CommandLine, MissingProgram> {
  return program === undefined ? missing(name, spec, context) : ok({ argv: [...program, ...rest], env });
}

function line(argv: readonly string[]): Result<CommandLine, MissingProgram> {
  return ok({ argv, env: {} });
}

function missing(name: string, spec: TaskSpec, context: CommandLineContext): Result<CommandLine, MissingProgram> {
  const chosen = spec.interpreter ?? context.programs[name];
  const program = chosen ?? name;
  return err({
    program,
    wayOut: chosen === undefined
      ? `Install ${name} or put it on the PATH, or name it in the setting \`parallelWorkflow.programs\`.`
      : `Correct the path, or leave it out to use the ${name} of the workspace or of the PATH.`,
  });
}
