/** One thing that is wrong with what somebody wrote: where, and what to write instead. */
export interface Problem {
  /** Such as `tasks[2].timeout`; empty for the whole. */
  readonly where: string;
  readonly message: string;
  /** File and line, such as `review.prompt.md:3`, when it stands in another file than the one at hand. */
  readonly place?: string;
}

export function formatProblem({ where, message, place }: Problem): string {
  const said = where === '' ? message : `\`${where}\`: ${message}`;
  return place === undefined ? said : `${place}: ${said}`;
}

/** The parts of where a problem is: `schedules[0].daily` → `schedules`, 0, `daily`. */
export function pathOf(where: string): readonly (string | number)[] {
  return [...where.matchAll(/[^.[\]]+/g)].map(([part]) => (/^\d+$/.test(part) ? Number(part) : part));
}
