import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { messageOf, UserError } from '../../core/base/user-error.ts';
import { describeJsonError, jsonErrorOffset } from '../../core/spec/json-error.ts';
import { formatProblem, type Problem } from '../../core/spec/problem.ts';
import { problemsOf } from '../../core/spec/problems-of.ts';
import { BATCH_FIELDS, rawBatch } from '../../core/spec/raw-spec.ts';
import { locateInJson } from './locate-in-json.ts';
import { problemsError } from './problems-error.ts';
import type { SubmissionDraft } from './submission-draft.ts';

/** The tasks of a batch file; its folder is their workspace. */
export function batchFileRequest(file: string, cwd: string): SubmissionDraft {
  const absolute = path.resolve(cwd, file);
  const text = readBatch(absolute, file);
  const describe = (problems: readonly Problem[]): readonly string[] => describedInOrder(problems, file, text);
  const value = parseJson(text, file);
  const batch = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  const { defaults, tasks, ...others } = batch;
  // Where there are no tasks, an engine has nothing to check.
  if (!Array.isArray(tasks) || tasks.length === 0) throw problemsError(describe(batchProblems(value)));
  const folder = path.dirname(absolute);
  return {
    folder,
    ownWorkspace: folder,
    request: (workspace) => ({
      workspace,
      base: folder,
      name: typeof others.name === 'string' ? others.name : path.basename(file).replace(/\.parallel\.json$|\.json$/, ''),
      ...(defaults !== undefined && { defaults }),
      tasks,
      others,
      confine: false,
    }),
    describe,
  };
}

/** What is wrong with a batch apart from its tasks. */
export function batchProblems(value: unknown): readonly Problem[] {
  const parsed = rawBatch.safeParse(value);
  return parsed.success ? [] : problemsOf(parsed.error.issues, value, '', BATCH_FIELDS);
}

/** A line each, as they stand in the file; those of other files behind them. */
function describedInOrder(problems: readonly Problem[], file: string, text: string): readonly string[] {
  const own = problems.filter(({ place }) => place === undefined).map((problem) => ({ problem, offset: problem.where === '' ? undefined : locateInJson(text, problem.where) }));
  return [
    ...own.sort((a, b) => (a.offset ?? 0) - (b.offset ?? 0)).map(({ problem, offset }) => `${offset === undefined ? file : `${file}:${lineAt(text, offset)}`}: ${formatProblem(problem)}`),
    ...problems.filter(({ place }) => place !== undefined).map(formatProblem),
  ];
}

function readBatch(absolute: string, file: string): string {
  try {
    return readFileSync(absolute, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const whole = `${file}.parallel.json`;
    if (code === 'ENOENT') throw new UserError(`There is no batch file \`${path.basename(file)}\` in ${path.dirname(absolute)}${existsSync(`${absolute}.parallel.json`) ? `; did you mean \`${whole}\`?` : '.'}`);
    if (code === 'EISDIR') throw new UserError(`\`${file}\` is a folder; name a batch file in it, such as \`tasks.parallel.json\`.`);
    throw new UserError(`The batch file \`${file}\` cannot be read: ${messageOf(error)}.`);
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw problemsError([`${file}:${lineAt(text.trimEnd(), jsonErrorOffset(text))}: not valid JSON: ${describeJsonError(text)}`]);
  }
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
