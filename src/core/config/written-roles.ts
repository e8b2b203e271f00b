import { BUILT_IN_ROLES } from '../model/roles/built-in-roles.ts';
import type { Role } from '../model/roles/role.ts';
import { isPlain } from './translate.ts';

const MB = 1e6;

/** Definitions of roles with all that the built-in ones have where nobody says otherwise, so that a file shows what can be changed. */
export function rolesInFull(given: unknown): Readonly<Record<string, unknown>> {
  const said = isPlain(given) ? given : {};
  const builtIn = BUILT_IN_ROLES.map((role): [string, unknown] => {
    const own = said[role.name];
    return [role.name, { ...written(role), ...(isPlain(own) && own) }];
  });
  return { ...Object.fromEntries(builtIn), ...Object.fromEntries(Object.entries(said).filter(([name]) => !BUILT_IN_ROLES.some((role) => role.name === name))) };
}

function written({ enabled, priority, requirement }: Role): Readonly<Record<string, unknown>> {
  return { enabled, priority, requirement: { cores: requirement.cores, memory: `${requirement.memory / MB} MB` } };
}
