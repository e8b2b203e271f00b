import { milestoneWarning, parseMilestones } from '../spec/parse-milestones.ts';
import type { JsonPath } from './json-places.ts';
import { isPlain } from './translate.ts';

const IN_ROLES = ['project_management', 'options', 'milestones'] as const;

/** What roles, as somebody wrote them, say of milestones; `undefined` when nothing. */
export function milestonesIn(roles: unknown): unknown {
  return IN_ROLES.reduce((inner: unknown, name) => (isPlain(inner) ? inner[name] : undefined), roles);
}

/** What is wrong with the milestones in a file of roles. It leaves out those it is about, and nothing else of the file. */
export function milestoneProblems(value: unknown): readonly { readonly path: JsonPath; readonly message: string }[] {
  return parseMilestones(milestonesIn(isPlain(value) ? value.roles : undefined)).problems.map((problem) => {
    const path = problem.where.split(/[.[\]]+/).filter((part) => part !== '').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
    return { path: ['roles', ...IN_ROLES.slice(0, -1), ...path], message: milestoneWarning(problem) };
  });
}
