import { asSentence } from '../../core/base/as-sentence.ts';
import { formatProblem, type Problem } from '../../core/spec/problem.ts';

/** What is wrong with what was to be queued, as a sentence for a notification. The engine's log has all of it. */
export function problemsText(problems: readonly Problem[], name: string): string {
  const [first] = problems;
  const rest = problems.length - 1;
  const one = first === undefined ? 'it was refused' : words(first, problems.length === 1);
  return asSentence(`“${name}” was not queued: ${one}${rest > 0 ? `; and ${rest} more ${rest === 1 ? 'problem' : 'problems'}` : ''}`);
}

/** A place in a list of one is no news to anybody. */
function words(problem: Problem, isOnly: boolean): string {
  return formatProblem(isOnly ? { ...problem, where: problem.where.replace(/^tasks\[0\]\.?/, '') } : problem);
}
