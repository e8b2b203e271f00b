import * as z from 'zod/mini';
import type { Milestone } from '../model/roles/milestone.ts';
import { formatProblem, type Problem } from './problem.ts';
import { problemsOf } from './problems-of.ts';

const text = z.string().check(z.trim(), z.minLength(1, 'expected a text that is not empty'));

const raw = z.strictObject({
  name: text,
  due: z.optional(z.iso.date('expected a date such as `2030-01-31`')),
  tasks: z.optional(z.array(text)),
  tags: z.optional(z.array(text)),
});

const LIST = 'milestones';
const FIELDS = Object.keys(raw.def.shape);

export interface ParsedMilestones {
  readonly milestones: readonly Milestone[];
  /** Of those that are left out. */
  readonly problems: readonly Problem[];
}

/** Milestones as a person wrote them in the options of the role `project_management`. One that is wrong says nothing of the others. */
export function parseMilestones(written: unknown): ParsedMilestones {
  if (written === undefined) return { milestones: [], problems: [] };
  if (!Array.isArray(written)) return { milestones: [], problems: [{ where: LIST, message: 'expected a list of milestones' }] };
  const problems: Problem[] = [];
  const milestones: Milestone[] = [];
  const names = new Set<string>();
  for (const [index, each] of (written as readonly unknown[]).entries()) {
    const where = `${LIST}[${index}]`;
    const parsed = raw.safeParse(each);
    if (!parsed.success) problems.push(...problemsOf(parsed.error.issues, each, where, FIELDS));
    else if ((parsed.data.tasks ?? []).length + (parsed.data.tags ?? []).length === 0) problems.push({ where, message: 'expected `tasks` (names, `*` stands for any text) or `tags`, by which its tasks are found' });
    else if (names.has(parsed.data.name)) problems.push({ where: `${where}.name`, message: `there is another milestone \`${parsed.data.name}\`; give each a name of its own` });
    else {
      names.add(parsed.data.name);
      milestones.push({ name: parsed.data.name, tasks: parsed.data.tasks ?? [], tags: parsed.data.tags ?? [], ...(parsed.data.due !== undefined && { due: parsed.data.due }) });
    }
  }
  return { milestones, problems };
}

/** What is wrong, and what becomes of it. */
export function milestoneWarning(problem: Problem): string {
  return `${formatProblem(problem)}; ${problem.where === LIST ? 'no milestone is in force' : 'this milestone is left out'}`;
}
