import * as z from 'zod/mini';
import type { Milestone } from '../model/roles/milestone.ts';
import type { Problem } from '../spec/problem.ts';
import { problemsOf } from '../spec/problems-of.ts';
import { err, ok, type Result } from '../base/result.ts';

const text = z.string().check(z.trim(), z.minLength(1, 'expected a text that is not empty'));

const raw = z.strictObject({
  name: text,
  due: z.optional(z.iso.date('expected a date such as `2030-01-31`')),
  tasks: z.optional(z.array(text)),
  tags: z.optional(z.array(text)),
});

const FIELDS = Object.keys(raw.def.shape);

/** Milestones as a person wrote them in the options of the role `project_management`, or all that is wrong with them. */
export function parseMilestones(written: unknown): Result<readonly Milestone[], readonly Problem[]> {
  if (written === undefined) return ok([]);
  if (!Array.isArray(written)) return err([{ where: 'milestones', message: 'expected a list of milestones' }]);
  const problems: Problem[] = [];
  const milestones: Milestone[] = [];
  for (const [index, each] of (written as readonly unknown[]).entries()) {
    const where = `milestones[${index}]`;
    const parsed = raw.safeParse(each);
    if (!parsed.success) problems.push(...problemsOf(parsed.error.issues, each, where, FIELDS));
    else if ((parsed.data.tasks ?? []).length + (parsed.data.tags ?? []).length === 0) problems.push({ where, message: 'expected `tasks` (names, `*` stands for any text) or `tags`, by which its tasks are found' });
    else if (milestones.some(({ name }) => name === parsed.data.name)) problems.push({ where: `${where}.name`, message: `there is another milestone \`${parsed.data.name}\`; give each a name of its own` });
    else milestones.push({ name: parsed.data.name, tasks: parsed.data.tasks ?? [], tags: parsed.data.tags ?? [], ...(parsed.data.due !== undefined && { due: parsed.data.due }) });
  }
  return problems.length > 0 ? err(problems) : ok(milestones);
}
