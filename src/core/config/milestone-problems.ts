import { formatProblem } from '../spec/problem.ts';
import { parseMilestones } from '../spec/parse-milestones.ts';
import type { JsonPath } from './json-places.ts';
import { isPlain } from './translate.ts';

const OPTIONS = ['roles', 'project_management', 'options'] as const;

/** What is wrong with the milestones in a file of roles. It leaves out those it is about, and nothing else of the file. */
export function milestoneProblems(value: unknown): readonly { readonly path: JsonPath; readonly message: string }[] {
  const options = OPTIONS.reduce((inner: unknown, name) => (isPlain(inner) ? inner[name] : undefined), value);
  if (!isPlain(options)) return [];
  return parseMilestones(options.milestones).problems.map((problem) => {
    const path = problem.where.split(/[.[\]]+/).filter((part) => part !== '').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
    return { path: [...OPTIONS, ...path], message: formatProblem(problem) };
  });
}
