import { CONFIG_FILES, CONFIG_VERSION, type ConfigFile } from './config-files.ts';
import { configFields, fieldOf } from './config-values.ts';

/** The text of a new configuration file: what is in force now, setting by setting. `inForce` gives a setting's value, `undefined` for none. */
export function newConfigText(file: ConfigFile, inForce: (key: string) => unknown): string {
  const config: Record<string, unknown> = {};
  for (const key of configFields(file)) {
    const value = inForce(key);
    if (value !== undefined) put(config, fieldOf(file, key)!.map(String), value);
  }
  return configText(config);
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
