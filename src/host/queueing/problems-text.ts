import { formatProblem, type Problem } from '../../core/spec/problem.ts';

/** What is wrong with what was to be queued: a sentence for a notification, and all of it for the log. */
export function problemsText(problems: readonly Problem[], name: string): { readonly brief: string; readonly full: string } {
  const [first] = problems;
  const rest = problems.length - 1;
  const one = first === undefined ? 'it was refused' : words(first, problems.length === 1);
  return {
    brief: `“${name}” was not queued: ${one}${rest > 0 ? `; and ${rest} more ${rest === 1 ? 'problem' : 'problems'}` : ''}.`,
    full: `“${name}” was not queued:\n${problems.map((problem) => `  ${formatProblem(problem)}`).join('\n')}`,
  };
}

/** A place in a list of one is no news to anybody. */
function words(problem: Problem, isOnly: boolean): string {
  return formatProblem(isOnly ? { ...problem, where: problem.where.replace(/^tasks\[0\]\.?/, '') } : problem);
}
