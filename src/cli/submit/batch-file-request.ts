import { readFileSync } from 'node:fs';
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
  const describe = (problems: readonly Problem[]): readonly string[] => problems.map((problem) => (problem.place === undefined ? `${place(file, text, problem.where)}: ${formatProblem(problem)}` : formatProblem(problem)));
  const value = parseJson(text, file);
  const parsed = rawBatch.safeParse(value);
  if (!parsed.success) throw problemsError(describe(problemsOf(parsed.error.issues, value, '', BATCH_FIELDS)));
  const raw = value as { readonly name?: string; readonly defaults?: unknown; readonly tasks: readonly unknown[] };
  const folder = path.dirname(absolute);
  return {
    folder,
    ownWorkspace: folder,
    request: (workspace) => ({
      workspace,
      base: folder,
      name: raw.name ?? path.basename(file).replace(/\.parallel\.json$|\.json$/, ''),
      ...(raw.defaults !== undefined && { defaults: raw.defaults }),
      tasks: raw.tasks,
      confine: false,
    }),
    describe,
  };
}

function readBatch(absolute: string, file: string): string {
  try {
    return readFileSync(absolute, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new UserError(`There is no batch file \`${file}\` in ${path.dirname(absolute)}.`);
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

function place(file: string, text: string, where: string): string {
  const offset = where === '' ? undefined : locateInJson(text, where);
  return offset === undefined ? file : `${file}:${lineAt(text, offset)}`;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
