import { builtInRole } from '../../model/roles/built-in-roles.ts';

/** How a role is called by people, as far as its name alone tells. */
export function roleLabel(name: string): string {
  return builtInRole(name)?.label ?? name;
}
