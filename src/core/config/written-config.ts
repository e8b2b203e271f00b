import { CONFIG_FILES, CONFIG_VERSION, type ConfigFile } from './config-files.ts';
import { configFields, fieldOf } from './config-values.ts';
import { rolesInFull } from './written-roles.ts';

/** The text of a new configuration file: what is in force now, setting by setting. `inForce` gives a setting's value, `undefined` for none. */
export function newConfigText(file: ConfigFile, inForce: (key: string) => unknown): string {
  const config: Record<string, unknown> = {};
  for (const key of configFields(file)) {
    const value = inFull(key, inForce(key));
    if (value !== undefined) put(config, fieldOf(file, key)!.map(String), value);
  }
  return configText(config);
}

/** A list that is empty is written too: it is there to be filled. */
function inFull(key: string, value: unknown): unknown {
  if (key === 'schedules') return value ?? [];
  return key === 'roles.definitions' ? rolesInFull(value) : value;
}

/** The text of a configuration file of today's version. */
export function configText(config: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify({ version: CONFIG_VERSION, ...config }, null, 2)}\n`;
}

/** Where VS Code finds the schema of a file, below the extension. */
export function schemaPath(file: ConfigFile): string {
  return `schemas/${CONFIG_FILES[file].replace(/\.json$/, '.schema.json')}`;
}

function put(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [name = '', ...rest] = path;
  if (rest.length === 0) target[name] = value;
  else put((target[name] ??= {}) as Record<string, unknown>, rest, value);
}
