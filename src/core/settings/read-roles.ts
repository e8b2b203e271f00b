import { parseBytes } from '../base/units.ts';
import { builtInRole } from '../model/roles/built-in-roles.ts';
import type { Json } from '../base/json.ts';
import { DEFAULT_PRIORITY, parsePriority } from '../model/priority.ts';
import { ROLE_NAME, type Role } from '../model/roles/role.ts';
import { ENGINE_SETTINGS } from './setting-keys.ts';
import type { SettingReader } from './setting-reader.ts';

/** What a role of the user's own has where it says nothing. */
function plain(name: string): Role {
  const label = name.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
  return { name, label, purpose: '', priority: DEFAULT_PRIORITY, requirement: { cores: 0.5, memory: 128e6 }, enabled: true, options: {}, source: 'configuration' };
}

/** Roles that the settings name: changes to the built-in ones, and the user's own. */
export function readRoles(reader: SettingReader): readonly Role[] {
  return reader.entries(ENGINE_SETTINGS.rolesDefinitions).flatMap(([name, value]) => {
    const place = `${ENGINE_SETTINGS.rolesDefinitions}.${name}`;
    if (!ROLE_NAME.test(name)) {
      reader.report(place, name, 'named in lower case with `_`, such as `nightly_checks`', 'the role is left out');
      return [];
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      reader.report(place, value, 'an object such as `{ "priority": 3 }`', 'the role is left out');
      return [];
    }
    return [readRole(reader, place, value as Readonly<Record<string, unknown>>, builtInRole(name) ?? plain(name))];
  });
}

function readRole(reader: SettingReader, place: string, given: Readonly<Record<string, unknown>>, base: Role): Role {
  const field = <T>(name: string, found: unknown, safe: T, read: (found: unknown) => T | undefined, expected: string): T => {
    if (found === undefined) return safe;
    const value = read(found);
    if (value === undefined) reader.report(`${place}.${name}`, found, expected, `\`${JSON.stringify(safe)}\` is used`);
    return value ?? safe;
  };
  const { label, purpose, priority, requirement, enabled, command, options, ...others } = given;
  for (const [name, found] of Object.entries(others))
    reader.report(
      `${place}.${name}`,
      found,
      'left out; a role has `label`, `purpose`, `priority`, `requirement`, `enabled`, `command` and `options`',
      'it is ignored',
    );
  const needs = (typeof requirement === 'object' && requirement !== null ? requirement : {}) as Readonly<Record<string, unknown>>;
  const argv = field<readonly string[] | undefined>(
    'command',
    command,
    base.command,
    (found) => (Array.isArray(found) && found.length > 0 && found.every((part) => typeof part === 'string') ? found : undefined),
    'a list such as `["python3", "checks.py"]`',
  );
  return {
    ...base,
    source: 'configuration',
    label: field('label', label, base.label, text, 'a text'),
    purpose: field('purpose', purpose, base.purpose, text, 'a text'),
    priority: field(
      'priority',
      priority,
      base.priority,
      (found) => (typeof found === 'number' || typeof found === 'string' ? parsePriority(found) : undefined),
      'a number (lower runs first), `high`, `normal` or `low`',
    ),
    enabled: field('enabled', enabled, base.enabled, (found) => (typeof found === 'boolean' ? found : undefined), '`true` or `false`'),
    requirement: {
      cores: field(
        'requirement.cores',
        needs.cores,
        base.requirement.cores,
        (found) => (typeof found === 'number' && found > 0 ? found : undefined),
        'a number of cores > 0',
      ),
      memory: field('requirement.memory', needs.memory, base.requirement.memory, bytes, 'a size such as `512 MB`'),
    },
    ...(argv !== undefined && { command: argv }),
    options: {
      ...base.options,
      ...field(
        'options',
        options,
        {},
        (found) =>
          typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Readonly<Record<string, Json>>) : undefined,
        'an object',
      ),
    },
  };
}

function text(found: unknown): string | undefined {
  return typeof found === 'string' && found.trim() !== '' ? found : undefined;
}

function bytes(found: unknown): number | undefined {
  if (typeof found !== 'number' && typeof found !== 'string') return undefined;
  const parsed = parseBytes(found);
  return parsed.ok && parsed.value > 0 ? parsed.value : undefined;
}
