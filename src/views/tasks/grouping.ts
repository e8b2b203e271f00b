/** What the rows of the task tree are grouped by. */
export type Grouping = 'state' | 'batch' | 'type' | 'role' | 'agent' | 'milestone';

export const GROUPINGS: readonly Grouping[] = ['state', 'batch', 'type', 'role', 'agent', 'milestone'];

export function isGrouping(value: unknown): value is Grouping {
  return GROUPINGS.includes(value as Grouping);
}
