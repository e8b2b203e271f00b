import { formatProblem, pathOf } from '../spec/problem.ts';
import { parseMilestones } from '../spec/parse-milestones.ts';
import { putAt, valueAt } from './config-unit.ts';
import type { JsonPath } from './json-places.ts';
import type { Config } from './fallen-back.ts';
import { isPlain } from './translate.ts';

const IN_ROLES = ['project_management', 'options', 'milestones'] as const;
const IN_FILE = ['roles', ...IN_ROLES] as const;

/** What roles, as somebody wrote them, say of milestones; `undefined` when nothing. */
export function milestonesIn(roles: unknown): unknown {
  return valueAt(roles, IN_ROLES);
}

/** A file of roles without the milestones in it that are wrong: in place of each stands the one of its name that was there before. Pure. */
export function mendMilestones(config: Config, before: Config | undefined): { readonly config: Config; readonly wrong: readonly { readonly path: JsonPath; readonly message: string }[] } {
  const written = valueAt(config, IN_FILE);
  const { milestones, problems } = parseMilestones(written);
  if (problems.length === 0) return { config, wrong: [] };
  const known = valueAt(before, IN_FILE);
  const list = (Array.isArray(known) ? known : []) as readonly unknown[];
  const names = new Set<string | undefined>(milestones.map(({ name }) => name));
  const entries = (Array.isArray(written) ? written : []) as readonly unknown[];
  const wrong = new Set(problems.map(({ where }) => indexIn(where)));
  const bad = new Set(entries.filter((_, index) => wrong.has(index)).map(nameOf));
  // One without a name may be any of those that are not there.
  const isNameless = !Array.isArray(written) || bad.has(undefined);
  const kept = list.filter((entry) => !names.has(nameOf(entry)) && (isNameless || bad.has(nameOf(entry))));
  const keptNames = new Set(kept.map(nameOf));
  const mended = structuredClone(config) as Record<string, unknown>;
  const right = [...entries.filter((_, index) => !wrong.has(index)), ...kept];
  putAt(mended, IN_FILE, right.length === 0 ? undefined : right);
  return {
    config: mended,
    wrong: problems.map((problem) => {
      const index = indexIn(problem.where);
      const stays = index === undefined ? kept.length > 0 : keptNames.has(nameOf(entries[index]));
      const instead = index === undefined ? (stays ? 'the milestones that were there before stay in force' : 'no milestone is in force') : stays ? 'as it was before, it stays in force' : 'this milestone is left out';
      return { path: [...IN_FILE.slice(0, -1), ...pathOf(problem.where)], message: `${formatProblem(problem)}; ${instead}` };
    }),
  };
}

function nameOf(entry: unknown): string | undefined {
  const name = isPlain(entry) ? entry.name : undefined;
  return typeof name === 'string' && name.trim() !== '' ? name.trim() : undefined;
}

function indexIn(where: string): number | undefined {
  return pathOf(where).find((part) => typeof part === 'number');
}
