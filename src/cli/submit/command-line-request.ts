import { statSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../../core/base/user-error.ts';
import type { SubmitRequest } from '../../core/engine/engine-port.ts';
import { formatProblem, type Problem } from '../../core/spec/problem.ts';
import type { ParsedLine } from '../parse-options.ts';
import { rawTasks, submissionName } from './raw-tasks.ts';
import type { SubmissionDraft } from './submission-draft.ts';
import { SPEC_OPTIONS } from './spec-options.ts';

type SpecLine = Pick<ParsedLine<typeof SPEC_OPTIONS>, 'options' | 'positionals' | 'rest'>;

/** What `run` and `submit` queue without a batch file. */
export function commandLineRequest(line: SpecLine, cwd: string, verb: string): SubmissionDraft {
  if (line.positionals.includes('-')) throw new UserError('`-` would be the standard input, which does not reach a task, since that outlives this terminal;', 'write what comes in to a file, and name that.');
  refuseFolders(line.positionals, cwd, verb);
  const tasks = rawTasks(line, verb);
  return {
    folder: cwd,
    ownWorkspace: undefined,
    request: (workspace): SubmitRequest => ({ workspace, base: cwd, name: submissionName(line), tasks, confine: false }),
    describe: (problems) => [...new Set(problems.map((problem) => describe(problem, line.positionals)))],
  };
}

/** Who names a folder may want all that is in it, which other commands do. */
function refuseFolders(files: readonly string[], cwd: string, verb: string): void {
  const folder = files.find((file) => statSync(path.resolve(cwd, file), { throwIfNoEntry: false })?.isDirectory());
  if (folder === undefined) return;
  throw new UserError(
    `\`${folder}\` is a folder, and \`${verb}\` takes scripts;`,
    `name those in it, such as \`parallel-workflow ${verb} ${path.join(folder, '*.py')}\`. A batch file in it is run by \`parallel-workflow batch FILE\`, and \`parallel-workflow assess ${folder}\` judges its scripts.`,
  );
}

/** In the words of the command line: the script or the option, not the place in a list that nobody wrote. */
function describe(problem: Problem, files: readonly string[]): string {
  if (problem.place !== undefined) return formatProblem(problem);
  const [, index, field = ''] = /^tasks\[(\d+)\]\.?(\w*)/.exec(problem.where) ?? [];
  if (index === undefined) return formatProblem(problem);
  if (field === 'script' || field === '') return files[Number(index)] === undefined ? problem.message : `${files[Number(index)]!}: ${problem.message}`;
  const option = optionFor(field);
  return option === undefined ? formatProblem(problem) : `--${option}: ${problem.message}`;
}

const RENAMED: Readonly<Record<string, string>> = { args: 'arg', files: 'file', tags: 'tag' };

function optionFor(field: string): string | undefined {
  const name = RENAMED[field] ?? field.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return name in SPEC_OPTIONS ? name : undefined;
}
